package harness_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
)

// Several targets are examined side by side: what one of them does wrong is in
// its column alone, and one that cannot be examined is told of and stops
// nobody.
func TestSeveralTargets(t *testing.T) {
	only := []string{"authorization_server/authorization_code.feature", "authorization_server/pkce.feature"}
	dead := &target.Target{AuthorizationServer: target.AuthorizationServer{Issuer: "http://127.0.0.1:1"}}
	begun := 0
	compared, err := harness.RunAll(t.Context(), []harness.Examination{
		{Name: "broken", Config: harness.Config{Only: only, Faults: []string{"code-accepted-twice"}}},
		{Name: "dead", Config: harness.Config{Only: only, Target: dead}},
		{Name: "sound", Config: harness.Config{Only: only}, Began: func(total int) { begun = total }},
	}, 2)
	if err != nil {
		t.Fatal(err)
	}
	if begun < 10 {
		t.Errorf("it began with %d scenarios", begun)
	}
	if unstarted := report.Unstarted(compared); len(unstarted) != 1 || unstarted[0] != "dead" || report.OKAll(compared) {
		t.Errorf("could not start: %v; all is well: %v", unstarted, report.OKAll(compared))
	}
	for _, requirement := range compared.Requirements {
		if requirement.ID == "rfc6749-4.1.2/single-use" {
			if requirement.Verdicts["broken"] != report.Failed || requirement.Verdicts["sound"] != report.Passed || len(requirement.Verdicts) != 2 {
				t.Errorf("the verdicts are %v", requirement.Verdicts)
			}
			if requirement.Reasons == nil || !strings.Contains((*requirement.Reasons)["broken"], "access token was issued") {
				t.Errorf("the reasons are %v", requirement.Reasons)
			}
		}
	}
	files := written(t, compared)
	for _, part := range []string{"3 targets compared", "| requirement | broken | sound |", "| **failed** | ✓ |", "could not start: the metadata of the issuer http\\://127.0.0.1\\:1", "passed wherever they were examined"} {
		if !strings.Contains(files["c.md"], part) {
			t.Errorf("the Markdown does not say %q:\n%s", part, files["c.md"])
		}
	}
	for _, part := range []string{"<title>grantproof: 3 targets compared</title>", "https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2", `<span class="verdict failed">failed</span>`, "passed wherever they were examined"} {
		if !strings.Contains(files["c.html"], part) {
			t.Errorf("the page does not say %q", part)
		}
	}
	var said bytes.Buffer
	report.ComparisonTerminal(&said, compared)
	if lines := strings.Split(strings.TrimSpace(said.String()), "\n"); !strings.HasPrefix(lines[len(lines)-3], "broken ") || !strings.HasPrefix(lines[len(lines)-1], "sound ") {
		t.Errorf("the last lines are not the counts of each target:\n%s", said.String())
	}
}

// written is a comparison in each form, by the name of the file.
func written(t *testing.T, compared report.Comparison) map[string]string {
	t.Helper()
	files, folder := map[string]string{}, t.TempDir()
	for _, name := range []string{"c.md", "c.html", "c.json"} {
		file, err := report.CreateComparison(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		if err := file.Write(compared); err != nil {
			t.Fatal(err)
		}
		content, err := os.ReadFile(filepath.Join(folder, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = string(content)
	}
	return files
}
