package report

import (
	"bytes"
	"strings"
	"testing"
)

// The card of a scenario shows what it found about each requirement that it cites: one
// that failed beside one that was kept.
func TestCardShowsVerdictOfEachRequirement(t *testing.T) {
	r := Report{
		Scenarios: []Scenario{{
			ID: "a#b", Name: "A refusal", Verdict: Failed, Requirements: []string{"refused", "code"}, Actual: new("another code"),
			Obligations: &[]Obligation{{Requirement: "refused", Verdict: Passed}, {Requirement: "code", Verdict: Failed}},
		}, {ID: "a#c", Name: "Another", Verdict: Warned, Requirements: []string{"refused"}}},
		Requirements: []Requirement{{ID: "refused", Level: "must", Says: "It is refused."}, {ID: "code", Level: "must", Says: "The code is right."}},
	}
	var page bytes.Buffer
	if err := writeHTML(&page, r); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`<span class="verdict passed">passed</span> <span class="level">must</span>It is refused.`,
		`<span class="verdict failed">failed</span> <span class="level">must</span>The code is right.`,
		`<span class="verdict warned">warned</span> <span class="level">must</span>It is refused.`,
	} {
		if strings.Count(page.String(), want) != 1 {
			t.Errorf("the page has no %s:\n%s", want, page.String())
		}
	}
}
