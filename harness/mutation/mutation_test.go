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

// tried: one fault in so many is tried here; `grantproof prove` tries them all,
// as `make full` does.
const tried = 20

// Faults of the catalogue are killed for the requirements that they violate.
func TestProve(t *testing.T) {
	var sample []mutation.Fault
	for i, fault := range catalogue() {
		if i%tried == 0 {
			sample = append(sample, fault)
		}
	}
	for _, result := range proved(t, sample) {
		if !result.Killed() {
			t.Errorf("%s survived: no scenario failed that cites %v (others: %v)", result.Name, result.Unseen, result.Others)
		}
		if len(result.Strays) > 0 {
			t.Errorf("%s: unrelated scenarios changed: %v", result.Name, result.Strays)
		}
	}
}

// A fault survives that does not violate all that it claims to.
func TestSurvivor(t *testing.T) {
	claims := catalogue()[slices.IndexFunc(catalogue(), func(f mutation.Fault) bool { return f.Name == string(fault.CodeAcceptedTwice) })]
	claims.Violates = append(slices.Clone(claims.Violates), "rfc6749-5.2/basic-challenge")
	result := proved(t, []mutation.Fault{claims})[0]
	if result.Killed() || !slices.Equal(result.Unseen, claims.Violates[len(claims.Violates)-1:]) || len(result.Killers) == 0 {
		t.Errorf("unseen is %v, and the killers are %v", result.Unseen, result.Killers)
	}
}

func proved(t *testing.T, faults []mutation.Fault) []mutation.Result {
	t.Helper()
	results, err := mutation.Prove(t.Context(), faults, func(mutation.Result) {})
	if err != nil {
		t.Fatal(err)
	}
	return results
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
