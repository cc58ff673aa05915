package main

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
)

// What a fault breaks is newly failing, with exit code 1; taken away, it is
// fixed.
func TestCompare(t *testing.T) {
	folder := t.TempDir()
	sound, broken := filepath.Join(folder, "sound.json"), filepath.Join(folder, "broken.json")
	do := func(want int, args ...string) string {
		var out, problems bytes.Buffer
		if code := execute(t.Context(), args, &out, &problems); code != want {
			t.Fatalf("%s: exit code %d, want %d: %s", args, code, want, problems.String())
		}
		return out.String()
	}
	only := []string{"run", "--only", "authorization_server/authorization_code.feature", "--report"}
	do(0, append(only, sound)...)
	do(1, append(only, broken, "--fault", "code-accepted-twice")...)
	if said := do(1, "compare", sound, broken); !strings.Contains(said, "A code that was redeemed is refused  passed → failed") || !strings.Contains(said, "newly failing") {
		t.Errorf("it said %s", said)
	}
	if said := do(0, "compare", broken, sound); !strings.Contains(said, "failed → passed") || !strings.Contains(said, "fixed") {
		t.Errorf("it said %s", said)
	}
	if said := do(0, "compare", sound, sound); !strings.Contains(said, "nothing changed") {
		t.Errorf("it said %s", said)
	}
}
