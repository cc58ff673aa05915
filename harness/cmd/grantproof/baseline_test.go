package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl"
)

// The baseline takes up what fails, for a reason; then the run is well, until
// the failure is gone and its entry is taken out again.
func TestBaselineUpdate(t *testing.T) {
	folder := t.TempDir()
	baseline, file := filepath.Join(folder, "known.yaml"), filepath.Join(folder, "target.yaml")
	serve := func(faults ...string) {
		fixture, err := impl.Start(impl.Config{AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", Faults: faults})
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { _ = fixture.Close() })
		write(t, file, "authorization_server: {issuer: '"+fixture.Issuer+"'}\nbaseline: known.yaml\n")
	}
	do := func(want int, args ...string) string {
		t.Helper()
		var out, problems bytes.Buffer
		if code := execute(t.Context(), append(args, "--target", file), &out, &problems); code != want {
			t.Errorf("%s: exit code %d, want %d: %s%s", args, code, want, out.String(), problems.String())
		}
		return out.String() + problems.String()
	}
	serve("metadata-as-text")
	if said := do(2, "baseline", "update"); !strings.Contains(said, "need a reason") {
		t.Errorf("without a reason it said %s", said)
	}
	write(t, baseline, "# Ours.\n\n- {id: authorization_server/pkce#nonsense, reason: gone}\n")
	do(2, "run")
	said := do(0, "baseline", "update", "--reason", "the proxy changes the type")
	if !strings.Contains(said, "dropped  authorization_server/pkce#nonsense") || !strings.Contains(said, "added    authorization_server/metadata#") {
		t.Errorf("it said %s", said)
	}
	if text, err := os.ReadFile(baseline); err != nil || !strings.HasPrefix(string(text), "# Ours.\n\n- id:") || !strings.Contains(string(text), `reason: "the proxy changes the type"`) {
		t.Errorf("the file is %s, %v", text, err)
	}
	do(0, "run")
	serve()
	do(1, "run") // Its entries are stale.
	do(0, "baseline", "update")
	do(0, "run")
}

func write(t *testing.T, file, text string) {
	t.Helper()
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
