package mutants

import (
	"go/parser"
	"go/token"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

const (
	top     = "../.."
	example = "harness/mutants/testdata/decide"
)

// What is rewritten compiles, does the same as before without a mutant, and what a
// mutant says with one.
func TestRewritten(t *testing.T) {
	s, err := read(top, []string{example})
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	overlay, err := s.overlay(folder)
	if err != nil {
		t.Fatal(err)
	}
	binary := filepath.Join(folder, "decide")
	command := exec.CommandContext(t.Context(), "go", "build", "-overlay", overlay, "-o", binary, "./"+example)
	command.Dir = top
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	const sound = "yes inside true true 2 true true"
	if got := printed(t, binary); got != sound {
		t.Errorf("without a mutant it prints %s", got)
	}
	for mutant, want := range map[string]string{
		`choose: n == 1 || n == 2 && isLong("") is always false`: "no inside true true 2 true true",
		`choose: n == 1 || n == 2 && isLong("") is always true`:  sound,
		`choose: n == 1 is always false`:                         "no inside true true 2 true true",
		`choose: n == 2 && isLong("") is always false`:           sound,
		`choose: isLong("") is always true`:                      sound,
		`among: n < 1 is always true`:                            "yes outside true true 2 true true",
		`among: n > 9 is always true`:                            "yes outside true true 2 true true",
		`isLong: len(text) > 3 is always false`:                  "yes inside false true 2 true true",
		`isLong: len(text) > 3 is always true`:                   "yes inside true false 2 true true",
		`main: !isLong("no") is always false`:                    "yes inside true false 2 true true",
		`loops: turns < 2 is always false`:                       "yes inside true true 0 true true",
		`generic: a == b is always false`:                        "yes inside true true 2 false true",
	} {
		if got := printed(t, binary, settingOf(t, s, mutant)); got != want {
			t.Errorf("%s: it prints %s", mutant, got)
		}
	}
}

func settingOf(t *testing.T, s source, mutant string) string {
	t.Helper()
	for _, m := range s.mutants {
		if strings.HasSuffix(m.String(), ": "+mutant) {
			return m.setting()
		}
	}
	t.Fatalf("there is no mutant %s", mutant)
	return ""
}

func printed(t *testing.T, binary string, setting ...string) string {
	t.Helper()
	output, err := execute(exec.CommandContext(t.Context(), binary), setting...)
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(string(output))
}

// Lines of the rewritten code are those of the code, so that a crash names the line.
func TestLinesStay(t *testing.T) {
	s, err := read(top, append([]string{example}, Packages...))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range s.files {
		if _, err := parser.ParseFile(token.NewFileSet(), name, text, 0); err != nil {
			t.Error(err)
		}
		original, err := os.ReadFile(filepath.Join(top, name))
		if err != nil {
			t.Fatal(err)
		}
		if strings.Count(string(original), "\n") != strings.Count(string(text), "\n") {
			t.Errorf("%s has other lines", name)
		}
	}
}
