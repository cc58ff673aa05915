package harness

import (
	"errors"
	"time"

	"github.com/grantproof/grantproof/harness/report"
)

// excuses tells whether the baseline knows that a scenario or rule fails.
func (s *Suite) excuses(id string) bool {
	known, ok := s.config.Baseline[id]
	return ok && !known.Expired(time.Now())
}

// excuse turns a failure that the baseline knows into an expected one, unless
// its time is up.
func (s *Suite) excuse(id string, o *outcome) {
	known, ok := s.config.Baseline[id]
	if !ok || o.verdict != report.Failed {
		return
	}
	if known.Expired(time.Now()) {
		o.note = "the baseline excused it until " + known.Until
		return
	}
	o.verdict, o.verdicts, o.reason = report.ExpectedFailure, nil, known.Reason
}

// accuse fails what the baseline expects to fail and does not: the entry is
// stale, and would hide the next failure.
func (s *Suite) accuse(id string, o *outcome) error {
	if _, ok := s.config.Baseline[id]; !ok || o.verdict != report.Passed && o.verdict != report.Warned {
		return nil
	}
	*o = outcome{verdict: report.Failed, reason: "the baseline expects it to fail, and it does not any more; take the entry out"}
	return errors.New(o.String())
}
