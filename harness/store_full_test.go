//go:build full

package harness_test

import (
	"testing"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/impl/store/storetest"
)

// Every scenario has the same verdict whatever the realms remember with.
func TestStoresAlike(t *testing.T) {
	verdicts := map[string]map[string]report.Verdict{}
	for name, location := range map[string]string{
		"memory": "memory", "SQLite": "sqlite:" + t.TempDir() + "/store.db", "PostgreSQL": storetest.Postgres(t),
	} {
		result, err := harness.Run(t.Context(), harness.Config{Store: location})
		if err != nil {
			t.Fatal(err)
		}
		if !report.OK(result) {
			t.Errorf("the suite fails on %s", name)
		}
		verdicts[name] = map[string]report.Verdict{}
		for _, scenario := range result.Scenarios {
			verdicts[name][scenario.ID] = scenario.Verdict
		}
	}
	for name, found := range verdicts {
		for id, verdict := range found {
			if verdict != verdicts["memory"][id] {
				t.Errorf("%s is %s on %s and %s in memory", id, verdict, name, verdicts["memory"][id])
			}
		}
	}
}
