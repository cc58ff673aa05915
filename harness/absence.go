package harness

import (
	"errors"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/world"
)

// absent gives a scenario its verdict before it begins, where a party of it takes no
// part in the run.
func (r *running) absent() error {
	gone := r.suite.runOf(r.scenario.Role).Absent()
	if gone == nil {
		return nil
	}
	r.outcome = outcome{verdict: report.Inconclusive, reason: gone.Reason}
	return errors.New(r.outcome.String())
}

// blame names the party that is gone in the scenarios that ended for want of its
// answer, before it was known to be gone.
func (s *Suite) blame() {
	for i := range s.results.scenarios {
		row := &s.results.scenarios[i]
		gone := s.runOf(string(row.Role)).Absent()
		last := len(row.Exchanges) - 1
		if gone != nil && row.Verdict == report.Inconclusive && last >= 0 && row.Exchanges[last].Status == 0 {
			row.Reason = &gone.Reason
		}
	}
}

// Absent tells which party takes no part in the run, and why; empty while all do.
func (s *Suite) Absent() string {
	for _, run := range []*world.Run{s.run, s.run.Clients} {
		if run == nil {
			continue
		}
		if gone := run.Absent(); gone != nil {
			return gone.Reason
		}
	}
	return ""
}

// asked: what a target could not be asked for, because it takes no more requests, is
// not known, although it may offer it.
func asked(err error) error {
	if limited := new(check.NotApplicable); acts.IsLimited(err) && errors.As(err, &limited) {
		return &check.Inconclusive{Reason: limited.Reason}
	}
	return err
}
