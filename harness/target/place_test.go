package target_test

import (
	"os"
	"path/filepath"
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
