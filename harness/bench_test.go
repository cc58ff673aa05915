package harness_test

import (
	"testing"

	"github.com/grantproof/grantproof/harness"
)

// BenchmarkRun is a whole run against the embedded fixture.
func BenchmarkRun(b *testing.B) {
	scenarios := 0
	for b.Loop() {
		result, err := harness.Run(b.Context(), harness.Config{})
		if err != nil {
			b.Fatal(err)
		}
		scenarios = result.Summary.Total
	}
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(scenarios), "µs/scenario")
}
