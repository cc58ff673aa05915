package harness_test

import (
	"fmt"
	"os"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/grantproof/grantproof/harness"
)

// BenchmarkRun is a whole run against the embedded fixture, at different
// concurrencies.
func BenchmarkRun(b *testing.B) {
	for _, concurrency := range []int{1, 2, 4, 8, 16} {
		b.Run(fmt.Sprintf("concurrency=%d", concurrency), func(b *testing.B) {
			run(b, 1, concurrency)
		})
	}
}

// BenchmarkScenarios grows: the time of a scenario should not.
func BenchmarkScenarios(b *testing.B) {
	for _, times := range []int{1, 2, 4, 8} {
		b.Run(fmt.Sprintf("runs=%d", times), func(b *testing.B) { run(b, times, 0) })
	}
}

func run(b *testing.B, times, concurrency int) {
	var durations []float64
	scenarios := 0
	for b.Loop() {
		durations, scenarios = nil, 0
		for range times {
			result, err := harness.Run(b.Context(), harness.Config{Concurrency: concurrency})
			if err != nil {
				b.Fatal(err)
			}
			scenarios += len(result.Scenarios)
			for _, scenario := range result.Scenarios {
				durations = append(durations, scenario.DurationMs)
			}
		}
	}
	slices.Sort(durations)
	b.ReportMetric(float64(scenarios), "scenarios")
	b.ReportMetric(durations[len(durations)/2], "median-ms")
	b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N)/float64(scenarios), "µs/scenario")
	b.ReportMetric(peak(), "peak-MB")
}

var highWater = regexp.MustCompile(`VmHWM:\s+(\d+) kB`)

// peak is the most memory that the process had so far, in MB; 0 where nobody
// tells.
func peak() float64 {
	status, err := os.ReadFile("/proc/self/status")
	match := highWater.FindSubmatch(status)
	if err != nil || match == nil {
		return 0
	}
	kilobytes, _ := strconv.ParseFloat(string(match[1]), 64)
	return kilobytes / 1024
}
