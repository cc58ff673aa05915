package fairness

import (
	"strconv"
	"testing"

	"github.com/grantproof/grantproof/harness/report"
)

// Each company is tried once, and those with most to look at begin.
func TestLongestFirst(t *testing.T) {
	sound := report.Report{Scenarios: []report.Scenario{{ID: "other", Requirements: []string{"y"}}}}
	for i := range 40 {
		sound.Scenarios = append(sound.Scenarios, report.Scenario{ID: strconv.Itoa(i), Requirements: []string{"x"}})
	}
	companies := []Company{{{Name: "few", Tempts: []string{"y"}}}, {{Name: "most", Tempts: []string{"x"}}}, {{Name: "few"}, {Name: "few too", Tempts: []string{"y"}}}}
	for whole, want := range map[bool][]int{false: {1, 0, 2}, true: {2, 1, 0}} {
		for i, trial := range longestFirst(companies, whole, sound) {
			if trial.of != want[i] {
				t.Errorf("whole %v: company %d is number %d, want %d", whole, trial.of, i, want[i])
			}
		}
	}
}
