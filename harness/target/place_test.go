package target_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/target"
)

func TestPlaces(t *testing.T) {
	name := filepath.Join(t.TempDir(), "target.yaml")
	content := `# A comment.
name: x

authorization_server:
  issuer: https://as.example.com
resource_server:
  url: https://api.example.com
  probes:
    - {method: GET, path: /a}
    - method: GET
      path: /b
clients:
  public: {client_id: c, redirect_uris: ["http://127.0.0.1/callback"]}
  "second":
    client_id: b
`
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	places, err := target.Locate(name)
	if err != nil {
		t.Fatal(err)
	}
	for key, line := range map[string]string{
		"name": "2", "authorization_server": "4", "authorization_server.issuer": "5", "authorization_server.metadata": "4",
		"resource_server.probes.0.path": "9", "resource_server.probes.1": "10", "resource_server.probes.1.path": "11", "resource_server.probes.2.path": "8",
		"clients.public.redirect_uris": "13", "clients.second.client_id": "15", "clients.confidential": "12", "resource_owner": "1",
	} {
		if got := places.Of(key); got != name+":"+line {
			t.Errorf("%s is at %s, want line %s", key, got, line)
		}
	}
	if got := (target.Places{}).Of("name"); got != "" {
		t.Errorf("without a file a key is at %q", got)
	}
}

// A problem of a target file is said with its line.
func TestLoadTellsLines(t *testing.T) {
	name := filepath.Join(t.TempDir(), "target.yaml")
	content := "authorization_server: {issuer: as.example.com}\nclients:\n  confidential:\n    client_id: a\n    client_secret: ${GRANTPROOF_TEST_UNSET}\n"
	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := target.Load(name)
	for _, want := range []string{", line 1: authorization_server.issuer", ", line 5: clients.confidential.client_secret: the environment variable"} {
		if err == nil || !strings.Contains(err.Error(), name+want) {
			t.Errorf("the error is %v; want %q", err, want)
		}
	}
}
