package mutation_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/mutation"
)

// clone is a small repository with two faults, of which one replaces a rule.
var clone = map[string]string{
	"impl/fault/pkce.go": `package fault

var _ = add([]Fault{
	{
		Name:    "verifier-not-compared",
		Summary: "A verifier is not compared.",
		Rules:   comparing(always),
	},
	{
		Name:    "errors-as-text",
		Summary: "Errors are text.",
	},
})

func comparing(how any) any { return instead(authserver.CodeVerifierMatches, how) }
`,
	"impl/authserver/pkce.go":   "package authserver\n\n// CodeVerifierMatches compares.\nvar CodeVerifierMatches = rule.New(matches)\n",
	"impl/authserver/grants.go": "package authserver\n",
	"features/errors.feature":   "@must @rfc6749-5.2/json\nScenario: Errors are JSON\n",
}

func TestChanged(t *testing.T) {
	faults := []mutation.Fault{{Name: "verifier-not-compared", Violates: []string{"rfc7636-4.6/verifier-mismatch"}}, {Name: "errors-as-text", Violates: []string{"rfc6749-5.2/json"}}}
	for name, test := range map[string]struct {
		file, from, to string
		faults         []string
	}{
		"the literal of one":        {"impl/fault/pkce.go", "Errors are text.", "Errors are plain text.", []string{"errors-as-text"}},
		"a line that goes":          {"impl/fault/pkce.go", "\t\tSummary: \"A verifier is not compared.\",\n", "", []string{"verifier-not-compared"}},
		"the file of a rule":        {"impl/authserver/pkce.go", "compares", "compares them", []string{"verifier-not-compared"}},
		"a file without a rule":     {"impl/authserver/grants.go", "package", "// It changes.\npackage", nil},
		"a feature that cites it":   {"features/errors.feature", "JSON", "JSON objects", []string{"errors-as-text"}},
		"a file that git knows not": {"features/new.feature", "", "@rfc7636-4.6/verifier-mismatch\n", []string{"verifier-not-compared"}},
	} {
		t.Run(name, func(t *testing.T) {
			root := t.TempDir()
			for file, content := range clone {
				write(t, filepath.Join(root, file), content)
			}
			for _, arguments := range [][]string{{"init", "-q"}, {"add", "."}, {"-c", "user.name=a", "-c", "user.email=a@example.com", "commit", "-q", "-m", "Begin"}} {
				if output, err := exec.CommandContext(t.Context(), "git", append([]string{"-C", root}, arguments...)...).CombinedOutput(); err != nil {
					t.Fatalf("git %v: %s", arguments, output)
				}
			}
			write(t, filepath.Join(root, test.file), strings.Replace(clone[test.file], test.from, test.to, 1))
			changed, err := mutation.Changed(t.Context(), root, "HEAD", faults)
			var names []string
			for _, fault := range changed {
				names = append(names, fault.Name)
			}
			if !slices.Equal(names, test.faults) || (err == nil) != (test.faults != nil) {
				t.Errorf("got %q, %v", names, err)
			}
		})
	}
}

func write(t *testing.T, file, content string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
		t.Fatal(err)
	}
}
