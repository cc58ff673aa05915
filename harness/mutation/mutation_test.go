package mutation_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

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

// sampleProof is one proof for all tests that look at one: of a sample of the
// catalogue, and of a fault that does not violate all that it claims to.
var sampleProof = sync.OnceValues(func() (mutation.Proof, error) {
	var sample []mutation.Fault
	for i, fault := range catalogue() {
		if i%tried == 0 {
			sample = append(sample, fault)
		}
	}
	return mutation.Prove(context.Background(), append(sample, boaster()), catalogue(), func(mutation.Result) {})
})

// boaster violates less than it claims to.
func boaster() mutation.Fault {
	claims := catalogue()[slices.IndexFunc(catalogue(), func(f mutation.Fault) bool { return f.Name == "code-accepted-twice" })]
	claims.Violates = append(slices.Clone(claims.Violates), "rfc6749-5.2/basic-challenge")
	return claims
}

func proved(t *testing.T) (sample mutation.Proof, boasting mutation.Result) {
	t.Helper()
	if testing.Short() {
		t.Skip("it proves one fault in twenty; make full has it, and proves them all")
	}
	proof, err := sampleProof()
	if err != nil {
		t.Fatal(err)
	}
	last := len(proof.Faults) - 1
	boasting, proof.Faults = proof.Faults[last], proof.Faults[:last]
	return proof, boasting
}

// Faults of the catalogue are killed for the requirements that they violate.
func TestProve(t *testing.T) {
	proof, _ := proved(t)
	for _, result := range proof.Faults {
		if !result.Killed() {
			t.Errorf("%s survived: no scenario failed that cites %v (others: %v)", result.Name, result.Unseen, result.Others)
		}
		if len(result.Strays) > 0 {
			t.Errorf("%s: unrelated scenarios changed: %v", result.Name, result.Strays)
		}
	}
	if !slices.Equal(proof.Unproven, unproven) {
		t.Errorf("unproven are %q, and known to be %q: a new scenario comes with its fault, and what is proven goes off the list", proof.Unproven, unproven)
	}
}

// A fault survives that does not violate all that it claims to.
func TestSurvivor(t *testing.T) {
	_, result := proved(t)
	if result.Killed() || !slices.Equal(result.Unseen, []string{"rfc6749-5.2/basic-challenge"}) || len(result.Killers) == 0 {
		t.Errorf("unseen is %v, and the killers are %v", result.Unseen, result.Killers)
	}
}

// unproven are the MUSTs with a scenario that no fault violates, each with its
// reason. The list only shrinks.
var unproven = []string{}

// The matrix shows every fault and what saw it, and loads nothing.
func TestMatrix(t *testing.T) {
	proof, _ := proved(t)
	var page, data strings.Builder
	if err := errors.Join(mutation.WriteHTML(&page, proof), report.WriteJSON(&data, proof)); err != nil {
		t.Fatal(err)
	}
	for _, fault := range proof.Faults {
		for _, part := range append(fault.Killers, fault.Name, fault.Violates[0]) {
			if !strings.Contains(page.String(), part) || !strings.Contains(data.String(), part) {
				t.Errorf("%s is not on the page, or not in the data", part)
			}
		}
	}
	if all := len(proof.Faults); proof.Killed != all || !strings.Contains(page.String(), fmt.Sprintf("%d of %d faults killed", all, all)) {
		t.Errorf("%d were killed", proof.Killed)
	}
	for _, loads := range []string{"src=", "<link", "@import", "url("} {
		if strings.Contains(page.String(), loads) {
			t.Errorf("the page has %q", loads)
		}
	}
}

// BenchmarkProve proves the whole catalogue; one turn is enough.
func BenchmarkProve(b *testing.B) {
	faults := catalogue()
	for b.Loop() {
		if _, err := mutation.Prove(b.Context(), faults, faults, func(mutation.Result) {}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(faults)), "faults")
}
