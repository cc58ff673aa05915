package proving

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
)

// Each altered system is judged once, at its place; what cannot run is named.
func TestEach(t *testing.T) {
	only := []string{"authorization_server/pkce.feature"}
	configs := []harness.Config{{Only: only}, {Only: only, Faults: []string{"code-verifier-not-checked"}}}
	failed := map[int]bool{}
	if err := Each(t.Context(), configs, func(i int, altered report.Report) { failed[i] = !report.OK(altered) }); err != nil || len(failed) != 2 || failed[0] || !failed[1] {
		t.Errorf("failed: %v; %v", failed, err)
	}
	unknown := []harness.Config{{Only: []string{"no_such_scenario"}, Faults: []string{"a-fault"}, Variants: []string{"a-variant"}}}
	err := Each(t.Context(), unknown, func(int, report.Report) { t.Error("a run that did not start is judged") })
	if err == nil || !strings.HasPrefix(err.Error(), "a-fault, a-variant: ") {
		t.Errorf("an unknown scenario: %v", err)
	}
	ended, end := context.WithCancel(t.Context())
	end()
	if err := Each(ended, configs, func(int, report.Report) {}); !errors.Is(err, context.Canceled) && !errors.Is(err, harness.ErrInterrupted) {
		t.Errorf("an ended proof: %v", err)
	}
}

// Those with most to look at begin, and keep their places.
func TestLongestFirst(t *testing.T) {
	few, most := []string{"a"}, []string{"a", "b", "c"}
	configs := []harness.Config{{Only: few}, {Only: most}, {}, {Only: few}}
	if order := longestFirst(configs); !slices.Equal(order, []int{2, 1, 0, 3}) {
		t.Errorf("the order is %v", order)
	}
}
