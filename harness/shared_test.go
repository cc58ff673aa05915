package harness

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/report"
)

// SoundRun is the report about the reference system, in the order of the files.
// Every test that looks at one shares it.
var SoundRun = sync.OnceValues(func() (report.Report, error) { return Run(context.Background(), Config{}) })

// brokenFaults: some change verdicts, and some give secrets away.
var brokenFaults = []string{
	"code-accepted-twice", "lifetime-missing", "unregistered-scope-granted",
	"configuration-told", "secrets-logged", "client-secrets-shown", "secret-in-tool-error", "token-in-request-url",
}

// brokenRun is the report about a broken system, with what it gives away.
var brokenRun = sync.OnceValues(func() (observedRun, error) {
	var mu sync.Mutex
	seen := observedRun{}
	look := func(row report.Scenario, log *exchange.Log) {
		text, err := json.Marshal(row)
		mu.Lock()
		defer mu.Unlock()
		if err != nil {
			seen.leaks = append(seen.leaks, fmt.Sprintf("%s: %v", row.ID, err))
		}
		for _, secret := range log.Secrets() {
			seen.secrets++
			if strings.Contains(string(text), secret) {
				seen.leaks = append(seen.leaks, fmt.Sprintf("%s: the report holds a secret that begins with %s", row.ID, secret[:4]))
			}
		}
	}
	var err error
	seen.Report, err = Run(context.Background(), Config{Faults: brokenFaults, examined: look})
	return seen, err
})

// observedRun is a report, how many secrets its scenarios had, and which of them
// it holds.
type observedRun struct {
	report.Report
	secrets int
	leaks   []string
}

// InRandomOrder asserts that a run in another order, on another store or beside
// other runs has the verdicts of SoundRun.
func InRandomOrder(t *testing.T, result report.Report) {
	t.Helper()
	first, err := SoundRun()
	if err != nil {
		t.Fatal(err)
	}
	if len(result.Scenarios) != len(first.Scenarios) {
		t.Fatalf("%d scenarios, in the order of the files %d", len(result.Scenarios), len(first.Scenarios))
	}
	for i, scenario := range result.Scenarios {
		if was := first.Scenarios[i]; scenario.ID != was.ID || scenario.Verdict != was.Verdict {
			t.Errorf("%s is %s, and in the order of the files %s was %s: %s", scenario.ID, scenario.Verdict, was.ID, was.Verdict, text(scenario.Reason))
		}
	}
}
