package mutation_test

import (
	"testing"

	"github.com/grantproof/grantproof/harness/mutation"
	"github.com/grantproof/grantproof/impl/fault"
)

// Every fault of the catalogue is killed for the requirement that it violates.
func TestProve(t *testing.T) {
	var faults []mutation.Fault
	for _, f := range fault.Catalogue() {
		faults = append(faults, mutation.Fault{Name: string(f.Name), Role: f.Role, Violates: f.Violates, Summary: f.Summary})
	}
	results, err := mutation.Prove(t.Context(), faults, func(mutation.Result) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, result := range results {
		if !result.Killed() {
			t.Errorf("%s survived: no scenario failed that cites %s (others: %v)", result.Name, result.Violates, result.Others)
		}
		if len(result.Strays) > 0 {
			t.Errorf("%s: unrelated scenarios changed: %v", result.Name, result.Strays)
		}
	}
}
