package harness

import (
	"cmp"
	"errors"
	"slices"
	"strings"

	generated "github.com/grantproof/grantproof/generated/report"
	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/citation"
	"github.com/grantproof/grantproof/harness/plan"
	"github.com/grantproof/grantproof/harness/report"
)

// outcome is a verdict with its reason.
type outcome struct {
	verdict     report.Verdict
	verdicts    map[string]report.Verdict // By profile, of what failed.
	obligations []report.Obligation       // Each requirement with its own verdict, of what failed.
	step        string
	expected    []string
	actual      string
	kind        string
	reason      string
	class       check.Class // Of the reason, where it is not applicable.
	lacks       string
	note        string
}

// finding is a Then that did not hold.
type finding struct {
	then    int // Its number among the Thens of the scenario.
	step    string
	failure *check.Failure
}

// breaks tells whether a finding breaks an obligation: a refusal with another error
// breaks what is said about the error, and a Then what it holds.
func (f finding) breaks(o plan.Obligation) bool {
	if f.failure.Kind == check.RefusedOtherwise {
		return o.Error
	}
	return o.Then == 0 || o.Then == f.then
}

// unsettled is the outcome of a step that found nothing about the target: a Given or a
// When that could not be brought about, or what does not apply.
func unsettled(keyword acts.Keyword, text string, err error) outcome {
	o := outcome{step: string(keyword) + " " + text, verdict: report.Inconclusive}
	var notApplicable *check.NotApplicable
	var inconclusive *check.Inconclusive
	switch {
	case errors.As(err, &notApplicable):
		o.verdict, o.reason = report.NotApplicable, notApplicable.Reason
		o.class, o.lacks = cmp.Or(notApplicable.Class, generated.LacksCapability), notApplicable.Lacks
	case errors.As(err, &inconclusive):
		o.reason = inconclusive.Reason
	default:
		o.reason = err.Error()
	}
	return o
}

// outcomeOf decides the verdicts of what Thens found: each obligation that a finding
// breaks has one by its own level under each profile, a MUST failed, a SHOULD warned,
// a MAY passed with a note, and the scenario has the worst of them. What a Then would
// have held that was not reached any more is inconclusive.
func outcomeOf(findings []finding, reached int, obligations []plan.Obligation) outcome {
	told := told(findings)
	o := outcome{step: string(acts.Then) + " " + told.step, expected: told.failure.Expected, actual: told.failure.Actual, kind: told.failure.Kind}
	levels := map[string][]string{}
	for _, obligation := range obligations {
		row := report.Obligation{Requirement: obligation.ID, Verdict: report.Passed}
		switch {
		case slices.ContainsFunc(findings, func(f finding) bool { return f.breaks(obligation) }):
			var verdicts map[string]report.Verdict
			row.Verdict, verdicts = judge(obligation.Levels)
			row.Verdicts = disagreement(row.Verdict, verdicts)
			o.verdict = report.Worst(o.verdict, row.Verdict)
			for profile, level := range obligation.Levels {
				levels[profile] = append(levels[profile], level)
			}
		case obligation.Then > reached:
			row.Verdict = report.Inconclusive
		}
		o.obligations = append(o.obligations, row)
	}
	o.verdicts = worstByProfile(levels)
	switch {
	case o.verdict == "" && o.kind != check.RefusedOtherwise:
		o.verdict, o.reason = report.Inconclusive, "what the scenario is about was not reached: "+told.failure.Error()
	case o.verdict == "":
		o.verdict, o.note = report.Passed, "refused as it has to be, with an error of which no specification says what it has to be: "+told.failure.Error()
	case o.verdict == report.Passed:
		o.note = "optional, and not done: " + told.failure.Error()
	case o.verdict == report.NotApplicable:
		o.class, o.reason = generated.LacksProfile, "no selected profile requires it"
	}
	return o
}

// told is the finding of which is told: the first that is more than another error code.
func told(findings []finding) finding {
	for _, f := range findings {
		if f.failure.Kind != check.RefusedOtherwise {
			return f
		}
	}
	return findings[0]
}

func worstByProfile(levels map[string][]string) map[string]report.Verdict {
	verdicts := map[string]report.Verdict{}
	for profile, all := range levels {
		for _, level := range all {
			verdicts[profile] = report.Worst(verdicts[profile], verdictOf(level))
		}
	}
	return verdicts
}

// judge gives what failed a verdict under each profile, and the worst of them.
func judge(levels map[string]string) (report.Verdict, map[string]report.Verdict) {
	var worst report.Verdict
	verdicts := map[string]report.Verdict{}
	for profile, level := range levels {
		verdicts[profile] = verdictOf(level)
		worst = report.Worst(worst, verdicts[profile])
	}
	return worst, verdicts
}

func verdictOf(level string) report.Verdict {
	switch level {
	case "should":
		return report.Warned
	case "may":
		return report.Passed
	case citation.NotRequired:
		return report.NotApplicable
	}
	return report.Failed
}

// byProfile returns the verdicts by profile where there are different ones. What
// passed is not applicable under a profile that the scenario is not about.
func (o outcome) byProfile(s *plan.Scenario) *map[string]report.Verdict {
	verdicts := o.verdicts
	if verdicts == nil && len(s.Profiles) > 0 {
		verdicts = map[string]report.Verdict{}
		for profile, level := range s.Levels {
			verdicts[profile] = o.verdict
			if level == citation.NotRequired {
				verdicts[profile] = report.NotApplicable
			}
		}
	}
	return disagreement(o.verdict, verdicts)
}

// disagreement is the verdicts by profile where there are different ones.
func disagreement(worst report.Verdict, verdicts map[string]report.Verdict) *map[string]report.Verdict {
	for _, verdict := range verdicts {
		if verdict != worst {
			return &verdicts
		}
	}
	return nil
}

func (o outcome) fails() bool {
	return o.verdict == report.Failed || o.verdict == report.Inconclusive
}

func (o outcome) String() string {
	if o.reason != "" {
		return string(o.verdict) + ": " + o.reason
	}
	return string(o.verdict) + ": expected " + strings.Join(o.expected, " or ") + "; got " + o.actual
}
