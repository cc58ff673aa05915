package report

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

func TestDifferences(t *testing.T) {
	before := runOf(map[string]Verdict{"same": Passed, "breaks": Passed, "mended": Failed, "known": Failed, "known-mended": ExpectedFailure, "gone": Failed, "undecided": Warned, "worse": Inconclusive})
	after := runOf(map[string]Verdict{"same": Passed, "breaks": Failed, "mended": Passed, "known": ExpectedFailure, "known-mended": Warned, "new": Passed, "new-failing": Failed, "undecided": Inconclusive, "worse": Failed})
	after.Rules = []Rule{{ID: "same", Verdict: Failed}} // Not the scenario of that id.
	c := Differences(before, after)
	for name, group := range map[string]struct {
		changes []Change
		want    []string
	}{
		"newly failing": {c.NewlyFailing, []string{"breaks", "new-failing", "same", "undecided"}},
		"fixed":         {c.Fixed, []string{"known-mended", "mended"}},
		"other":         {c.Other, []string{"known", "worse"}},
		"added":         {c.Added, []string{"new"}},
		"removed":       {c.Removed, []string{"gone"}},
	} {
		var ids []string
		for _, change := range group.changes {
			ids = append(ids, change.ID)
		}
		if slices.Sort(ids); !slices.Equal(ids, group.want) {
			t.Errorf("%s: %v, want %v", name, ids, group.want)
		}
	}
	for form, write := range changesWriters {
		var page bytes.Buffer
		if err := write(&page, c); err != nil {
			t.Fatal(err)
		}
		for _, part := range []string{"4 newly failing, 2 fixed, 2 changed otherwise, 1 added, 1 removed", "breaks", "gone", "not there"} {
			if !strings.Contains(page.String(), part) {
				t.Errorf("the %s does not say %q:\n%s", form, part, page.String())
			}
		}
	}
	if same := Differences(before, before); len(same.Groups()) > 0 || same.Summary() != "nothing changed" {
		t.Errorf("a report and itself: %s", same.Summary())
	}
}

// What an interrupted run did not come to is no change, and every form warns of it.
func TestDifferencesOfInterruptedRuns(t *testing.T) {
	complete := runOf(map[string]Verdict{"a": Passed, "b": Passed, "c": Failed})
	part := runOf(map[string]Verdict{"a": Failed})
	part.Interrupted, part.NotRun = new(true), new(2)
	later, earlier := Differences(complete, part), Differences(part, complete)
	if later.Summary() != "1 newly failing" || earlier.Summary() != "1 newly failing, 1 fixed" {
		t.Errorf("interrupted after: %s; before: %s", later.Summary(), earlier.Summary())
	}
	for name, c := range map[string]Changes{"after": later, "before": earlier} {
		said := map[string]string{}
		var page bytes.Buffer
		ChangesTerminal(&page, c)
		said["terminal"] = page.String()
		for form, write := range changesWriters {
			page.Reset()
			if err := write(&page, c); err != nil {
				t.Fatal(err)
			}
			said[form] = page.String()
		}
		for form, text := range said {
			if !strings.Contains(text, "the run "+name+" was interrupted before its end: 2 of the selected scenarios") {
				t.Errorf("the %s does not warn: %s", form, text)
			}
		}
	}
	if warnings := Differences(complete, complete).Warnings(); warnings != nil {
		t.Errorf("complete runs: %q", warnings)
	}
}

func runOf(verdicts map[string]Verdict) Report {
	r := Report{Version: 1, Scenarios: []Scenario{}}
	for id, verdict := range verdicts {
		r.Scenarios = append(r.Scenarios, Scenario{ID: id, Name: id, Verdict: verdict})
	}
	Summarize(&r)
	return r
}
