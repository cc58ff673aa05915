package harness

import "testing"

// Whatever the servers give away, the report does not: no secret of a scenario
// is in its row.
func TestReportHoldsNoSecret(t *testing.T) {
	broken, err := brokenRun()
	if err != nil {
		t.Fatal(err)
	}
	for _, leak := range broken.leaks {
		t.Error(leak)
	}
	if broken.secrets < 1000 {
		t.Errorf("only %d secrets were looked for", broken.secrets)
	}
}
