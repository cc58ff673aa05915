package harness

import (
	"errors"
	"strings"
	"time"

	"github.com/grantproof/grantproof/harness/plan"
	"github.com/grantproof/grantproof/harness/report"
)

// excuses tells whether the baseline knows that a scenario or rule fails.
func (s *Suite) excuses(id string) bool {
	known, ok := s.config.Baseline[id]
	return ok && !known.Expired(time.Now())
}

// excuse turns a failure that the baseline knows into an expected one, unless
// its time is up: all of it, or what fails of the requirements that the entry names.
func (s *Suite) excuse(id string, o *outcome) {
	known, ok := s.config.Baseline[id]
	if !ok || o.verdict != report.Failed {
		return
	}
	if known.Expired(time.Now()) {
		o.note = "the baseline excused it until " + known.Until
		return
	}
	remains := false
	for i, each := range o.obligations {
		switch {
		case each.Verdict == report.Failed && known.Covers(each.Requirement):
			o.obligations[i].Verdict, o.obligations[i].Verdicts = report.ExpectedFailure, nil
		case each.Verdict == report.Failed:
			remains = true
		}
	}
	if remains {
		o.note = "the baseline excuses " + strings.Join(known.Requirements, ", ") + " alone"
		return
	}
	o.verdict, o.verdicts, o.reason = report.ExpectedFailure, nil, known.Reason
}

const stale = "the baseline expects it to fail, and it does not any more; take the entry out"

// accuse fails what the baseline expects to fail and does not: the entry is
// stale, and would hide the next failure. A rule may be broken by any other
// scenario, so that it is accused at the end of the run (accuseRule).
func (s *Suite) accuse(scenario *plan.Scenario, o *outcome) error {
	if _, ok := s.config.Baseline[scenario.ID]; !ok || scenario.Rule || o.verdict != report.Passed && o.verdict != report.Warned {
		return nil
	}
	*o = outcome{verdict: report.Failed, reason: stale}
	return errors.New(o.String())
}

// accuseRule fails a rule that the baseline expects to be broken and that
// nothing broke, where everything ran that could.
func (s *Suite) accuseRule(row *report.Rule) {
	if _, ok := s.config.Baseline[row.ID]; ok && row.Verdict == report.Passed && len(s.Plan.Selected()) == len(s.Plan.Scenarios) && len(s.results.scenarios) == len(s.Plan.Scenarios) {
		row.Verdict, row.Reason = report.Failed, optional(stale)
	}
}
