package report

import (
	"bytes"
	"encoding/xml"
	"io"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"

	"github.com/grantproof/grantproof/impl/printable"
)

// copied are texts that a shell, a page or a terminal could obey, by form.
var copied = map[string]string{
	"quotes":         `it's "a" '; touch pwned; '`,
	"line breaks":    "a\ntouch pwned\r\nb\n",
	"expansions":     "$(touch pwned) `touch pwned` ${HOME} ~ * !! {a,b}",
	"operators":      "a; touch pwned & touch pwned | touch pwned > pwned #",
	"markup":         "</pre><script>alert(1)</script> ]]> &#39; &lt;b&gt;",
	"a dash":         "-rf",
	"our own flag":   "a --only b --repro c",
	"nothing":        "",
	"NUL":            "a\x00; touch pwned",
	"controls":       "\x1b[2J\x1b]52;c;eA==\a\u009b31m\x7f\b",
	"no encoding":    "a\xff\xc3(",
	"unseen letters": "\u202e\u2028\u200b\ufeff",
}

// A line that a person copies from a report does what it says and nothing else: each
// text in it is one argument, as it was shown.
func TestCopiedLines(t *testing.T) {
	for form, text := range copied {
		r := Report{
			Target: filled[Report]().Target, Faults: &[]string{text}, Variants: &[]string{text},
			Scenarios:    []Scenario{{ID: text, Name: "name", Verdict: Failed, Requirements: []string{"r"}, Expected: &[]string{"e"}, Actual: new("a")}},
			Requirements: []Requirement{{ID: "r", Says: "says"}},
		}
		r.Target.Flags = &[]string{"--target", text}
		Summarize(&r)
		shown := printable.Line(text)
		target := []string{"run", "--target", shown}
		altered := append(slices.Clone(target), "--fault", shown, "--variant", shown)
		again, script := append(slices.Clone(altered), "--only", shown), append(slices.Clone(altered), "--repro", shown)
		compared := Compare([]Examined{{Name: "target", Report: r}})
		for place, test := range map[string]struct {
			lines []string
			want  [][]string
		}{
			"terminal":            {after(t, "reproduce", func(w io.Writer) { Terminal(w, r) }), [][]string{again}},
			"changes terminal":    {after(t, "reproduce", func(w io.Writer) { ChangesTerminal(w, Differences(Report{}, r)) }), [][]string{again}},
			"comparison terminal": {after(t, "to see why:", func(w io.Writer) { ComparisonTerminal(w, compared) }), [][]string{target}},
			"junit":               {junitLines(t, r), [][]string{again}},
			"html":                {htmlLines(t, r), [][]string{again, script}},
		} {
			t.Run(place+"/"+form, func(t *testing.T) {
				if len(test.lines) != len(test.want) {
					t.Fatalf("the lines %q", test.lines)
				}
				for i, line := range test.lines {
					if got := arguments(t, line); !slices.Equal(got, test.want[i]) || !printable.Is(line) {
						t.Errorf("%s\ngives %q, want %q", line, got, test.want[i])
					}
				}
			})
		}
	}
}

// after is the rest of the lines that begin with a label.
func after(t *testing.T, label string, write func(io.Writer)) []string {
	t.Helper()
	var written bytes.Buffer
	write(&written)
	var found []string
	for line := range strings.Lines(colour.ReplaceAllString(written.String(), "")) {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(line), label); ok {
			found = append(found, strings.TrimSpace(rest))
		}
	}
	return found
}

func junitLines(t *testing.T, r Report) []string {
	t.Helper()
	return after(t, "reproduce:", func(w io.Writer) {
		var written bytes.Buffer
		if err := writers[".xml"](&written, r); err != nil {
			t.Fatal(err)
		}
		var read junitSuites
		if err := xml.Unmarshal(written.Bytes(), &read); err != nil {
			t.Fatal(err)
		}
		_, _ = io.WriteString(w, read.Suites[0].Cases[0].Failure.Text) // A buffer takes everything.
	})
}

// htmlLines are the commands of the page as a browser copies them.
func htmlLines(t *testing.T, r Report) []string {
	t.Helper()
	return after(t, "grantproof", func(w io.Writer) {
		var written bytes.Buffer
		if err := writers[".html"](&written, r); err != nil {
			t.Fatal(err)
		}
		root, err := html.Parse(&written)
		if err != nil {
			t.Fatal(err)
		}
		for node := range root.Descendants() {
			if node.Type == html.TextNode && strings.HasPrefix(node.Data, "# run it again") {
				_, _ = io.WriteString(w, strings.ReplaceAll(node.Data, "\ngrantproof", "\ngrantproof grantproof"))
			}
		}
	})
}

// arguments are what a shell gives to grantproof for a line.
func arguments(t *testing.T, line string) []string {
	t.Helper()
	folder := t.TempDir()
	command := exec.CommandContext(t.Context(), "sh")
	command.Dir, command.Stdin = folder, strings.NewReader("grantproof() { printf '%s\\0' \"$@\"; }\n"+line+"\n")
	printed, err := command.Output()
	if left, _ := filepath.Glob(filepath.Join(folder, "*")); err != nil || len(left) > 0 {
		t.Errorf("%s: %v; it left %q", line, err, left)
	}
	return strings.Split(strings.TrimSuffix(string(printed), "\x00"), "\x00")
}
