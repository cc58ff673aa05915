// Package report owns what is said about a run: the counts, the worst of
// several verdicts, and the forms in which people and programs read it. It
// judges nothing.
package report

import (
	"slices"

	generated "github.com/grantproof/grantproof/generated/report"
)

// The report and its parts are those of api/report.yaml.
type (
	Report      = generated.Report
	Scenario    = generated.Scenario
	Rule        = generated.Rule
	Offender    = generated.Offender
	Requirement = generated.Requirement
	Obligation  = generated.Obligation
	Exchange    = generated.Exchange
	Verdict     = generated.Verdict
	Level       = generated.Level
)

// The verdicts, the best first.
const (
	Passed          = generated.Passed
	NotApplicable   = generated.NotApplicable
	ExpectedFailure = generated.ExpectedFailure
	Warned          = generated.Warned
	Inconclusive    = generated.Inconclusive
	Failed          = generated.Failed
)

// EveryExchange stands for the role in the rows of the rules that hold for all.
const EveryExchange = "every-exchange"

var bySeverity = []Verdict{Passed, NotApplicable, ExpectedFailure, Warned, Inconclusive, Failed}

// Worst returns the worse of two verdicts. What passed where it applies is not
// made worse by a scenario that does not apply.
func Worst(a, b Verdict) Verdict {
	switch {
	case a == "" || a == NotApplicable && b == Passed:
		return b
	case b == "" || b == NotApplicable && a == Passed:
		return a
	case slices.Index(bySeverity, a) > slices.Index(bySeverity, b):
		return a
	}
	return b
}

// Summarize counts the verdicts of scenarios and rules, and why those that do
// not apply do not.
func Summarize(r *Report) {
	var s generated.Summary
	add := func(verdict Verdict) {
		s.Total++
		switch verdict {
		case Passed:
			s.Passed++
		case Failed:
			s.Failed++
		case Warned:
			s.Warned++
		case Inconclusive:
			s.Inconclusive++
		case NotApplicable:
			s.NotApplicable++
		case ExpectedFailure:
			s.ExpectedFailure++
		}
	}
	for _, scenario := range r.Scenarios {
		add(scenario.Verdict)
	}
	for _, rule := range r.Rules {
		add(rule.Verdict)
	}
	r.Summary = s
	r.NotApplicable = new(lacksOf(*r))
}

// Empty tells whether nothing of what was selected applies to the target.
func Empty(s generated.Summary) bool { return s.Total == s.NotApplicable }

// OK tells whether nothing failed and nothing was left undecided.
func OK(r Report) bool { return sound(r.Summary) }

func sound(s generated.Summary) bool { return s.Failed == 0 && s.Inconclusive == 0 }

// Verdicts returns the worst verdict that the scenarios and rules found of a
// requirement, by its id.
func Verdicts(r Report) map[string]Verdict {
	worst := map[string]Verdict{}
	for _, row := range Rows(r) {
		for _, each := range row.Obligations {
			worst[each.Requirement] = Worst(worst[each.Requirement], each.Verdict)
		}
	}
	return worst
}

// obligationsOf are the requirements of a scenario or rule with their verdicts.
func obligationsOf(obligations *[]Obligation, requirements []string, verdict Verdict) []Obligation {
	if obligations != nil {
		return *obligations
	}
	var all []Obligation
	for _, id := range requirements {
		all = append(all, Obligation{Requirement: id, Verdict: verdict})
	}
	return all
}
