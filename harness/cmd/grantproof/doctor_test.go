package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/doctor"
	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
)

// A mistake in a target file is found, with its line, and keeps a run from
// starting; a run that is told not to look starts.
func TestDoctor(t *testing.T) {
	fixture, err := impl.Start(impl.Config{AuthServer: "localhost:0", Policy: realm.Policy{Documented: true, Registration: realm.RegistrationOpen}})
	if err != nil {
		t.Fatal(err)
	}
	defer fixture.Close()
	file := filepath.Join(t.TempDir(), "target.yaml")
	content := "authorization_server: {issuer: " + fixture.Issuer + "}\nclients:\n  confidential:\n    client_id: mcp-task-manager\n    client_secret: \"${GRANTPROOF_TEST_SECRET}\"\n"
	if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	run := []string{"run", "--target", file, "--only", "authorization_server/metadata.feature"}
	for name, test := range map[string]struct {
		secret string
		args   []string
		code   int
		want   string
	}{
		"a mistake":                {"another-secret-77310", []string{"doctor", "--target", file}, 2, file + ":5  clients.confidential.client_secret"},
		"a run with a mistake":     {"another-secret-77310", run, 2, file + ":5  clients.confidential.client_secret"},
		"a run that does not look": {"another-secret-77310", append(run, "--no-doctor"), 0, "0 failed"},
		"no mistake":               {"mcp-secret-12345", []string{"doctor", "--target", file}, 0, "✓ clients.confidential authenticates"},
		"a run":                    {"mcp-secret-12345", run, 0, "0 failed"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Setenv("GRANTPROOF_TEST_SECRET", test.secret)
			var out, problems bytes.Buffer
			if code := execute(t.Context(), test.args, &out, &problems); code != test.code || !strings.Contains(out.String(), test.want) || strings.Contains(out.String(), test.secret) {
				t.Errorf("exit code %d, want %d and %q; it said %s%s", code, test.code, test.want, out.String(), problems.String())
			}
		})
	}
	t.Setenv("GRANTPROOF_TEST_SECRET", "another-secret-77310")
	var out, problems bytes.Buffer
	execute(t.Context(), []string{"doctor", "--target", file, "--json"}, &out, &problems)
	var findings []doctor.Finding
	if err := json.Unmarshal(out.Bytes(), &findings); err != nil || doctor.Worst(findings) != doctor.Error {
		t.Errorf("%v: %s", err, out.String())
	}
}
