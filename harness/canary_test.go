package harness

import (
	"encoding/json"
	"strings"
	"sync"
	"testing"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/report"
)

// Whatever the servers give away, the report does not: no secret of a scenario
// is in its row.
func TestReportHoldsNoSecret(t *testing.T) {
	var mu sync.Mutex
	checked := 0
	look := func(row report.Scenario, log *exchange.Log) {
		text, err := json.Marshal(row)
		mu.Lock()
		defer mu.Unlock()
		if err != nil {
			t.Error(err)
		}
		for _, secret := range log.Secrets() {
			checked++
			if strings.Contains(string(text), secret) {
				t.Errorf("%s: the report holds a secret that begins with %s", row.ID, secret[:4])
			}
		}
	}
	faults := []string{"configuration-told", "secrets-logged", "client-secrets-shown", "secret-in-tool-error", "token-in-request-url"}
	if _, err := Run(t.Context(), Config{Faults: faults, examined: look}); err != nil {
		t.Fatal(err)
	}
	if checked < 1000 {
		t.Errorf("only %d secrets were looked for", checked)
	}
}
