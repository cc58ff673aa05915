package mutation_test

import (
	"slices"
	"testing"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/mutation"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/impl/fault"
)

func catalogue() []mutation.Fault {
	var faults []mutation.Fault
	for _, f := range fault.Catalogue() {
		faults = append(faults, mutation.Fault{Name: string(f.Name), Role: f.Role, Violates: f.Violates, Summary: f.Summary})
	}
	return faults
}

// Every fault of the catalogue is killed for the requirements that it violates.
func TestProve(t *testing.T) {
	results, err := mutation.Prove(t.Context(), catalogue(), func(mutation.Result) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, result := range results {
		if !result.Killed() {
			t.Errorf("%s survived: no scenario failed that cites %v (others: %v)", result.Name, result.Unseen, result.Others)
		}
		if len(result.Strays) > 0 {
			t.Errorf("%s: unrelated scenarios changed: %v", result.Name, result.Strays)
		}
	}
}

// unproven are the MUSTs with a scenario that no fault violates. The list only
// shrinks.
var unproven = []string{}

func TestUnproven(t *testing.T) {
	result, err := harness.Run(t.Context(), harness.Config{})
	if err != nil {
		t.Fatal(err)
	}
	violated := map[string]bool{}
	for _, f := range catalogue() {
		for _, id := range f.Violates {
			violated[id] = true
		}
	}
	for _, requirement := range result.Requirements {
		listed := slices.Contains(unproven, requirement.ID)
		if requirement.Verdict != nil && requirement.Level == "must" && !violated[requirement.ID] && !listed {
			t.Errorf("%s (%s) has scenarios and no fault that violates it", requirement.ID, requirement.Says)
		}
		if listed && violated[requirement.ID] {
			t.Errorf("%s is proven now; take it off the list", requirement.ID)
		}
	}
	if !report.OK(result) {
		t.Error(report.Counts(result))
	}
}
