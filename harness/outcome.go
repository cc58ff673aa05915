package harness

import (
	"errors"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/steps"
)

// outcome is a verdict with its reason.
type outcome struct {
	verdict  report.Verdict
	step     string
	expected []string
	actual   string
	kind     string
	reason   string
	note     string
}

// outcomeOf decides the verdict of what a step found: a MUST that fails is
// failed, a SHOULD warned, a MAY passed with a note. What a Given or a When
// could not bring about leaves the scenario inconclusive.
func outcomeOf(keyword steps.Keyword, text string, err error, level string) outcome {
	o := outcome{step: string(keyword) + " " + text}
	var failure *check.Failure
	var notApplicable *check.NotApplicable
	var inconclusive *check.Inconclusive
	switch {
	case errors.As(err, &notApplicable):
		o.verdict, o.reason = report.NotApplicable, notApplicable.Reason
	case errors.As(err, &inconclusive):
		o.verdict, o.reason = report.Inconclusive, inconclusive.Reason
	case keyword == steps.Then && errors.As(err, &failure):
		o.verdict, o.expected, o.actual, o.kind = verdictOf(level), failure.Expected, failure.Actual, failure.Kind
		if o.verdict == report.Passed {
			o.note = "optional, and not done: " + failure.Error()
		}
	default:
		o.verdict, o.reason = report.Inconclusive, err.Error()
	}
	return o
}

func verdictOf(level string) report.Verdict {
	switch level {
	case "should":
		return report.Warned
	case "may":
		return report.Passed
	}
	return report.Failed
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
