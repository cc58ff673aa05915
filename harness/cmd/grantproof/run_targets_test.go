package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl"
)

// One target that cannot be examined ends the run with exit code 2, after the
// others were examined; one with a failure ends it with 1.
func TestRunTargets(t *testing.T) {
	fixture, err := impl.Start(impl.Config{AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", Faults: []string{"metadata-as-text"}})
	if err != nil {
		t.Fatal(err)
	}
	defer fixture.Close()
	folder := t.TempDir()
	file := func(name, text string) {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	run := func() (int, string) {
		var out, problems bytes.Buffer
		code := execute(t.Context(), []string{"run", "--targets", folder, "--only", "authorization_server/metadata.feature", "--report", filepath.Join(folder, "c.md")}, &out, &problems)
		return code, out.String() + problems.String()
	}
	file("broken.target.yaml", "authorization_server: {issuer: '"+fixture.Issuer+"'}\n")
	if code, said := run(); code != 1 || !strings.Contains(said, "grantproof run --target "+filepath.Join(folder, "broken.target.yaml")) {
		t.Errorf("exit code %d: %s", code, said)
	}
	file("wrong.target.yaml", "nonsense: yes\n")
	code, said := run()
	if code != 2 || !strings.Contains(said, "1 of 2 targets could not start: wrong") || !strings.Contains(said, "broken  ") {
		t.Errorf("exit code %d: %s", code, said)
	}
	if comparison, err := os.ReadFile(filepath.Join(folder, "c.md")); err != nil || !strings.Contains(string(comparison), "2 targets compared") {
		t.Errorf("the comparison: %v\n%s", err, comparison)
	}
}

// A run in which nothing applied to the target is no success.
func TestRunOfNothing(t *testing.T) {
	fixture, err := impl.Start(impl.Config{AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	defer fixture.Close()
	var out, problems bytes.Buffer
	code := execute(t.Context(), []string{"run", "--no-doctor", "--issuer", fixture.Issuer, "--only", "mcp_server/token_required.feature"}, &out, &problems)
	if code != 2 || !strings.Contains(problems.String(), "nothing was examined") || !strings.Contains(out.String(), "not applicable") {
		t.Errorf("exit code %d: %s%s", code, out.String(), problems.String())
	}
}

// A target with a party that takes no part ends the run with exit code 2, said once and
// before what failed at the others.
func TestRunTargetsWithAbsentParty(t *testing.T) {
	folder := t.TempDir()
	for name, command := range map[string]string{"gone": "[\"true\"]", "gone-too": "[sh, -c, \"exit 3\"]"} {
		content := "name: " + name + "\nmcp_client: {command: " + command + "}\n"
		if err := os.WriteFile(filepath.Join(folder, name+".target.yaml"), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	comparison := filepath.Join(folder, "c.md")
	var out, problems bytes.Buffer
	code := execute(t.Context(), []string{"run", "--targets", folder, "--only", "mcp_client/discovery.feature", "--report", comparison}, &out, &problems)
	if code != 2 || !strings.Contains(problems.String(), "a party took no part in the run at gone, gone-too") {
		t.Errorf("exit code %d: %s", code, problems.String())
	}
	for _, reason := range []string{"ended with exit code 0 and sent nothing", "(exit status 3)"} {
		if strings.Count(out.String(), reason) != 1 || !strings.Contains(out.String(), "requirements left open for this reason") {
			t.Errorf("the absence is not said once: %s", out.String())
		}
	}
	if written, err := os.ReadFile(comparison); err != nil || !strings.Contains(string(written), "sent nothing") {
		t.Errorf("the comparison: %v\n%s", err, written)
	}
}
