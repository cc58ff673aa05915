package harness_test

import (
	"strings"
	"testing"
	"time"

	generated "github.com/grantproof/grantproof/generated/report"
	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
)

// Where no clock can be moved, a slow run waits for real time, and says so; a
// quick one says that it would have to.
func TestSlow(t *testing.T) {
	const file, scenario = "authorization_server/registration_management.feature", "authorization_server/registration_management#the-registration-access-token-lasts-as-long-as-the-registration"
	fixture := started(t)
	for name, test := range map[string]struct {
		seconds string
		slow    bool
		want    report.Verdict
		says    string
	}{
		"quick":             {"1", false, report.NotApplicable, "run with --slow"},
		"slow":              {"1", true, report.Passed, ""},
		"slow, but a year":  {"31536000", true, report.NotApplicable, "--slow waits for 900 at most"},
		"quick, and a year": {"31536000", false, report.NotApplicable, "--slow waits for 900 at most"},
	} {
		t.Run(name, func(t *testing.T) {
			waited := 0
			began := time.Now()
			result, err := harness.Run(t.Context(), harness.Config{
				Target: &target.Target{AuthorizationServer: target.AuthorizationServer{Issuer: fixture.Issuer}}, Only: []string{scenario},
				Features: changed(t, file, "31536000 seconds", test.seconds+" seconds"), Slow: test.slow, Waiting: func(time.Time) { waited++ },
			})
			if err != nil {
				t.Fatal(err)
			}
			row := result.Scenarios[0]
			if row.Verdict != test.want || !strings.Contains(value(row.Reason), test.says) {
				t.Errorf("it is %s (%s), want %s", row.Verdict, value(row.Reason), test.want)
			}
			passed := row.Verdict == report.Passed
			if !passed && *row.NotApplicableClass != generated.LacksTime || passed != (waited > 0) || passed && time.Since(began) < time.Second {
				t.Errorf("it waited %d times, in %s; class %v", waited, time.Since(began), row.NotApplicableClass)
			}
		})
	}
}
