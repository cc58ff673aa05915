package target

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/goccy/go-yaml"
)

// What people wrote between the entries stays with them.
func TestBaselineText(t *testing.T) {
	const before = `# Known failures of our server.

# The store is being replaced.
- id: m/second#x
  reason: >-
    the store forgets

    too late
  url: https://example.com/1 # A ticket.
- {id: "z/last#x", reason: later, until: "2027-01-31"}
- id: a/stale#x
  reason: mended
# The end.
`
	const after = `# Known failures of our server.

- id: "b/new#x"
  reason: "it is: so"
# The store is being replaced.
- id: m/second#x
  reason: >-
    the store forgets

    too late
  url: https://example.com/1 # A ticket.
- {id: "z/last#x", reason: later, until: "2027-01-31"}
# The end.
`
	text, err := parseBaselineText(before)
	if err != nil {
		t.Fatal(err)
	}
	text.Drop("a/stale#x")
	text.Add(Known{ID: "b/new#x", Reason: "it is: so"})
	if got := string(text.Bytes()); got != after {
		t.Errorf("the file is now\n%s", got)
	}
}

func TestBaselineTextOfOtherForms(t *testing.T) {
	for name, content := range map[string]string{
		"empty": "", "no entries": "[]\n", "a comment": "# nothing yet\n", "in one line": `[{id: b, reason: r}, {id: a, reason: "#"}]`, "a document": "---\n# comment\n- id: b\n  reason: r\n", "indented": "  - id: b\n    reason: r\n",
	} {
		text, err := parseBaselineText(content)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		count := strings.Count(content, "reason")
		text.Add(Known{ID: "c", Reason: "new"})
		again, err := parseBaselineText(string(text.Bytes()))
		if err != nil || len(again.entries) != count+1 {
			t.Errorf("%s: it became %d entries, %v\n%s", name, len(again.entries), err, text.Bytes())
		}
		if again.Drop("c"); count == 0 {
			if _, err := parseBaselineText(string(again.Bytes())); err != nil {
				t.Errorf("%s: without entries: %v\n%s", name, err, again.Bytes())
			}
		}
	}
}

// An entry is read as it was added, and adds no other one, whatever a person or a
// server put into it.
func FuzzBaselineTextAdd(f *testing.F) {
	for _, text := range []string{"plain", "it is: so # not a comment", "a\n- id: b\n  reason: c", "- {id: x}", "'\"`|>&*!%@", "\u0085x\u2028y\u2029", "\x1b[2J\x7f\u009b", "\u202e\ufeff", "${SECRET}", "null", "~", " a ", "", "👩\u200d👩\u200d👧", "\U000e0041", "\xff", "\t", "#", "true", "1e3", "a\\nb", "\r"} {
		f.Add("m/feature#scenario", text)
		f.Add("m/feature#scenario", strings.Repeat(text+"{[", 200))
		f.Add(text, "reason")
	}
	f.Fuzz(func(t *testing.T, id, reason string) {
		if !utf8.ValidString(id) || !utf8.ValidString(reason) {
			return // YAML is text.
		}
		text := &BaselineText{}
		text.Add(Known{ID: id, Reason: reason, URL: reason})
		text.Add(Known{ID: "z", Reason: "another"})
		content := text.Bytes()
		var read []Known
		if err := yaml.Unmarshal(content, &read); err != nil || len(read) != 2 || !slices.ContainsFunc(read, Known{ID: id, Reason: reason, URL: reason}.equal) {
			t.Errorf("%q %q: %v: %q\n%s", id, reason, err, read, content)
		}
		if again, err := parseBaselineText(string(content)); err != nil || len(again.entries) != 2 {
			t.Errorf("%q %q: %v\n%s", id, reason, err, content)
		}
	})
}
