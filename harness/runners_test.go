package harness

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/cucumber/godog"

	"github.com/grantproof/grantproof/features"
	"github.com/grantproof/grantproof/harness/plan"
	"github.com/grantproof/grantproof/harness/report"
)

// Whoever runs the scenarios finds the same: what godog's own runner and
// formatter say of each scenario is what the report says, with a sound system
// and with a broken one. With godog a scenario also fails where it breaks a rule
// for every exchange, of which the report has a row of its own.
func TestRunnersAgree(t *testing.T) {
	if testing.Short() {
		t.Skip("two runs of the suite by godog alone; make full has it")
	}
	for name, test := range map[string]struct {
		faults []string
		ours   func() (report.Report, error)
	}{
		"sound":  {nil, SoundRun},
		"broken": {brokenFaults, func() (report.Report, error) { broken, err := brokenRun(); return broken.Report, err }},
	} {
		t.Run(name, func(t *testing.T) {
			ours, err := test.ours()
			if err != nil {
				t.Fatal(err)
			}
			theirs := byGodog(t, Config{Faults: test.faults})
			broke := ruleBreakers(ours)
			for _, scenario := range ours.Scenarios {
				want := map[report.Verdict]string{report.Passed: "passed", report.Failed: "failed", report.Inconclusive: "failed"}[scenario.Verdict]
				// A MAY that is not done ends its scenario early, too.
				if want == "" || scenario.Note != nil && strings.HasPrefix(*scenario.Note, "optional") {
					want = "skipped"
				}
				if want == "passed" && broke[scenario.ID] {
					want = "failed"
				}
				if got := theirs[scenario.ID]; got != want {
					t.Errorf("%s is %s in the report, and %q with godog", scenario.ID, scenario.Verdict, got)
				}
			}
			if len(theirs) != len(ours.Scenarios) {
				t.Errorf("godog ran %d scenarios, the report has %d", len(theirs), len(ours.Scenarios))
			}
		})
	}
}

// ruleBreakers are the scenarios that break a rule which is a MUST.
func ruleBreakers(r report.Report) map[string]bool {
	broke := map[string]bool{}
	for _, rule := range r.Rules {
		for _, offender := range rule.Offenders {
			broke[offender.Scenario] = broke[offender.Scenario] || rule.Verdict == report.Failed
		}
	}
	return broke
}

// byGodog runs the scenarios as `go tool godog` does and returns the worst
// status of the steps of each.
func byGodog(t *testing.T, config Config) map[string]string {
	t.Helper()
	suite, err := NewSuite(t.Context(), config)
	if err != nil {
		t.Fatal(err)
	}
	defer suite.Close()
	var output bytes.Buffer
	godog.TestSuite{
		ScenarioInitializer: suite.InitializeScenario,
		Options:             &godog.Options{Format: "cucumber", Output: &output, NoColors: true, Strict: true, FS: features.FS, Paths: []string{"."}, Concurrency: 1},
	}.Run()
	var features []struct {
		URI      string
		Elements []struct {
			Name  string
			Steps []struct{ Result struct{ Status string } }
		}
	}
	if err := json.Unmarshal(output.Bytes(), &features); err != nil {
		t.Fatal(err)
	}
	statuses := map[string]string{}
	for _, feature := range features {
		for _, element := range feature.Elements {
			statuses[plan.IDOf(feature.URI, element.Name)] = "passed"
			for _, step := range element.Steps {
				if status := step.Result.Status; status == "failed" || status == "undefined" || status == "skipped" && statuses[plan.IDOf(feature.URI, element.Name)] == "passed" {
					statuses[plan.IDOf(feature.URI, element.Name)] = status
				}
			}
		}
	}
	return statuses
}
