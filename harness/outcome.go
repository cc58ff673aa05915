package harness

import (
	"cmp"
	"errors"
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
	verdict  report.Verdict
	verdicts map[string]report.Verdict // By profile, of what failed.
	step     string
	expected []string
	actual   string
	kind     string
	reason   string
	class    check.Class // Of the reason, where it is not applicable.
	lacks    string
	note     string
}

// outcomeOf decides the verdict of what a step found, under each profile: a
// MUST that fails is failed, a SHOULD warned, a MAY passed with a note. What a
// Given or a When could not bring about leaves the scenario inconclusive.
func outcomeOf(keyword acts.Keyword, text string, err error, levels map[string]string) outcome {
	o := outcome{step: string(keyword) + " " + text}
	var failure *check.Failure
	var notApplicable *check.NotApplicable
	var inconclusive *check.Inconclusive
	switch {
	case errors.As(err, &notApplicable):
		o.verdict, o.reason = report.NotApplicable, notApplicable.Reason
		o.class, o.lacks = cmp.Or(notApplicable.Class, generated.LacksCapability), notApplicable.Lacks
	case errors.As(err, &inconclusive):
		o.verdict, o.reason = report.Inconclusive, inconclusive.Reason
	case keyword == acts.Then && errors.As(err, &failure):
		o.verdict, o.verdicts = judge(levels)
		o.expected, o.actual, o.kind = failure.Expected, failure.Actual, failure.Kind
		switch o.verdict {
		case report.Passed:
			o.note = "optional, and not done: " + failure.Error()
		case report.NotApplicable:
			o.class, o.reason = generated.LacksProfile, "no selected profile requires it"
		}
	default:
		o.verdict, o.reason = report.Inconclusive, err.Error()
	}
	return o
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
	for _, verdict := range verdicts {
		if verdict != o.verdict {
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
