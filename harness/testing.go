package harness

import (
	"fmt"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/impl/printable"
)

// Test runs the scenarios that config selects and gives each a subtest with
// its verdict: failed and inconclusive fail it, what does not apply is skipped
// with its reason.
func Test(t *testing.T, config Config) {
	t.Helper()
	result, err := Run(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	for _, scenario := range result.Scenarios {
		t.Run(scenario.ID, func(t *testing.T) { tell(t, scenario, repeat(config, result, scenario.ID)) })
	}
	for _, rule := range result.Rules {
		t.Run("every exchange: "+rule.Name, func(t *testing.T) {
			for _, offender := range rule.Offenders {
				t.Logf("%s: %s", offender.Scenario, printable.Line(offender.Actual))
			}
			if rule.Verdict == report.Failed {
				t.Errorf("%d scenarios broke it (%s)", len(rule.Offenders), strings.Join(rule.Requirements, ", "))
			}
		})
	}
}

// repeat says how to run one scenario again: a target that is only in the
// caller's test cannot be reached from the command line.
func repeat(config Config, result report.Report, id string) string {
	if config.Target != nil && len(config.Target.Flags) == 0 {
		return fmt.Sprintf("set Only: []string{%q} in the harness.Config", id)
	}
	return report.Reproduce(result, id)
}

func tell(t *testing.T, s report.Scenario, reproduce string) {
	t.Helper()
	var reason string
	switch {
	case s.Actual != nil && s.Expected != nil:
		reason = "expected " + strings.Join(*s.Expected, " or ") + "; got " + *s.Actual
	case s.Reason != nil:
		reason = *s.Reason
	}
	reason = printable.Line(reason) // A server may have said it.
	switch s.Verdict {
	case report.Failed, report.Inconclusive:
		t.Errorf("%s: %s\n%s\nreproduce: %s", s.Verdict, reason, strings.Join(s.Requirements, ", "), reproduce)
	case report.NotApplicable, report.ExpectedFailure, report.Warned:
		t.Skipf("%s: %s", s.Verdict, reason)
	}
}
