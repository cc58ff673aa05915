package obligations_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/citation"
	"github.com/grantproof/grantproof/harness/obligations"
)

func coverage() []citation.Coverage {
	requirement := func(id string) citation.Requirement {
		return citation.Requirement{ID: id, Level: "must", Says: "It does " + id + "."}
	}
	excluded := requirement("rfc1-3/unseen")
	excluded.Excluded = "no test can see it"
	return []citation.Coverage{
		{Specification: citation.Specification{Name: "rfc1", Title: "One"}, Parts: []citation.Part{{
			Covered: []citation.Requirement{requirement("rfc1-1/a"), requirement("rfc1-1/b"), requirement("rfc1-1/c")}, Open: []citation.Requirement{requirement("rfc1-2/open")}, Excluded: []citation.Requirement{excluded},
		}}},
		{Specification: citation.Specification{Name: "rfc2", Title: "Two", LaidOut: true}},
	}
}

// The share counts what can be tested alone, and a sum closes the table.
func TestWriteCoverage(t *testing.T) {
	var out bytes.Buffer
	obligations.WriteCoverage(&out, coverage())
	lines := strings.Split(out.String(), "\n")
	for i, want := range []string{"specification share with open excl.", "rfc1 75% 3 1 1 One", "rfc2 - 0 0 0 Two (incomplete: some sections have no entries yet)", "all 75% 3 1 1"} {
		if got := strings.Join(strings.Fields(lines[i]), " "); got != want {
			t.Errorf("line %d is %q, want %q", i, got, want)
		}
	}
}

// Each obligation is shown in its state, and the flags leave one state.
func TestWrite(t *testing.T) {
	for _, test := range []struct {
		only      obligations.Only
		has, lack []string
	}{
		{obligations.Only{}, []string{"rfc1-1/a", "rfc1-2/open", "rfc1-3/unseen", "no test can see it"}, nil},
		{obligations.Only{Open: true}, []string{"rfc1-2/open"}, []string{"rfc1-1/a", "rfc1-3/unseen"}},
		{obligations.Only{Excluded: true}, []string{"rfc1-3/unseen"}, []string{"rfc1-1/a", "rfc1-2/open"}},
	} {
		var out bytes.Buffer
		if err := obligations.Write(&out, coverage(), []string{"rfc1"}, test.only); err != nil {
			t.Fatal(err)
		}
		for _, text := range test.has {
			if !strings.Contains(out.String(), text) {
				t.Errorf("%+v lacks %s", test.only, text)
			}
		}
		for _, text := range test.lack {
			if strings.Contains(out.String(), text) {
				t.Errorf("%+v has %s", test.only, text)
			}
		}
	}
	for name, want := range map[string]string{"rfc3": `did you mean "rfc1" or "rfc2"?`, "saml": "there are rfc1, rfc2", "RFC1": `did you mean "rfc1"`} {
		if err := obligations.Write(new(bytes.Buffer), coverage(), []string{name}, obligations.Only{}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
