// Package proving owns the course that both proofs share: the verdicts about the sound
// reference system first, then those about it with something switched on, each time in
// a system of its own. What is switched on and what the verdicts prove is for package
// mutation and package fairness.
package proving

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
)

// Sound runs the complete suite without anything of a kind switched on. Nothing follows
// from a suite that fails then.
func Sound(ctx context.Context, kind string) (report.Report, error) {
	sound, err := harness.Run(ctx, harness.Config{})
	if err == nil && !report.OK(sound) {
		err = fmt.Errorf("the suite fails without any %s (%s); mend that first", kind, report.Counts(sound))
	}
	return sound, err
}

// Each runs the suite by each of configs, some at once, and tells judge about the
// reports as they come, one at a time. Those with most scenarios begin, so that no
// processor waits for the last one.
func Each(ctx context.Context, configs []harness.Config, judge func(i int, altered report.Report)) error {
	var judging sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(2 * runtime.NumCPU()) // Some faults make a client wait.
	for _, i := range longestFirst(configs) {
		config := configs[i]
		group.Go(func() error {
			altered, err := harness.Run(ctx, config)
			if err != nil {
				return fmt.Errorf("%s: %w", strings.Join(slices.Concat(config.Faults, config.Variants), ", "), err)
			}
			judging.Lock()
			defer judging.Unlock()
			judge(i, altered)
			return nil
		})
	}
	return group.Wait()
}

// longestFirst is the order of configs by how many scenarios they select; one that
// selects none has all of them.
func longestFirst(configs []harness.Config) []int {
	length := func(i int) int {
		if n := len(configs[i].Only); n > 0 {
			return n
		}
		return math.MaxInt
	}
	order := make([]int, len(configs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(length(b), length(a)) })
	return order
}
