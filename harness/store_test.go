package harness_test

import (
	"path/filepath"
	"testing"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
)

// The reference system passes on SQLite what it passes in memory, in another
// order (seed 2 of TestRandomOrder).
func TestSQLiteStore(t *testing.T) {
	if testing.Short() {
		t.Skip("a whole run; make full has it on every store")
	}
	result, err := harness.Run(t.Context(), harness.Config{Store: "sqlite:" + filepath.Join(t.TempDir(), "store.db"), Seed: 2, Concurrency: 32})
	if err != nil {
		t.Fatal(err)
	}
	allPass(t, result)
	harness.InRandomOrder(t, result)
}

// allPass asserts what harness.Test does: every scenario that applies passes.
func allPass(t *testing.T, result report.Report) {
	t.Helper()
	for _, row := range report.Rows(result) {
		if row.Verdict == report.Failed || row.Verdict == report.Inconclusive {
			t.Errorf("%s: %s", row.Headline(), row.Reason)
		}
	}
}
