package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
)

// A new user goes from init by doctor to a run, and no file is overwritten.
func TestInit(t *testing.T) {
	fixture, err := impl.Start(impl.Config{AuthServer: "localhost:0", Policy: realm.Policy{Documented: true, Registration: realm.RegistrationOpen}})
	if err != nil {
		t.Fatal(err)
	}
	defer fixture.Close()
	file := filepath.Join(t.TempDir(), "target.yaml")
	t.Setenv("OWNER", realm.DemoPassword)
	for _, step := range []struct {
		answers string
		args    []string
		code    int
		want    string
	}{
		{fixture.Issuer + "\n\n\ndemo-user\nOWNER\n", []string{"init", "-o", file}, 0, "export OWNER=…"},
		{"", []string{"doctor", "--target", file}, 0, "✓ sign-in"},
		{"", []string{"run", "--target", file, "--only", "authorization_server/pkce.feature"}, 0, "0 failed"},
		{"", []string{"init", "-o", file, "--yes", "--issuer", fixture.Issuer}, 2, "exists already"},
		{"", []string{"init", "-o", file, "--yes", "--issuer", fixture.Issuer, "--force"}, 0, "grantproof doctor --target " + file},
		{"", []string{"init", "-o", filepath.Join(t.TempDir(), "no", "such", "folder.yaml"), "--yes", "--issuer", fixture.Issuer}, 2, "cannot be written"},
	} {
		root := newRoot()
		root.SetIn(strings.NewReader(step.answers))
		var out, problems bytes.Buffer
		if code := executeRoot(t.Context(), root, step.args, &out, &problems); code != step.code || !strings.Contains(out.String()+problems.String(), step.want) {
			t.Fatalf("%s: exit code %d, want %d and %q; it said %s%s", step.args, code, step.code, step.want, out.String(), problems.String())
		}
	}
	if content, err := os.ReadFile(file); err != nil || strings.Contains(string(content), realm.DemoPassword) {
		t.Errorf("%v: %s", err, content)
	}
}
