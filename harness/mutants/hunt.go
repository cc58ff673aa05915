// Package mutants owns the proof by mechanical mutants: it forces each condition of the
// reference system false and true, one at a time, and looks for a scenario or a unit test
// that notices. All mutants are one build: the conditions are wrapped in a copy of the
// code, and the environment of a process chooses the mutant. Package mutation owns the
// proof by faults, which somebody named.
package mutants

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// Hunt says which mutants are tried and how.
type Hunt struct {
	Root     string        // The top folder of the module.
	Below    []string      // Files and folders whose mutants are tried; none for all.
	Sample   int           // How many are tried, chosen by Seed; 0 for all.
	Seed     uint64        //
	Time     time.Duration // After which no further one is begun; 0 for no end.
	Parallel int           // How many are tried at once.
	Known    []Result      // Mutants that were tried before.
	Excuses  []Excuse
	// Tell is told what is done before the first mutant is tried.
	Tell func(what string)
	// Begun is told how many mutants there are to try.
	Begun func(count int)
	// Finished is told of each result, by one goroutine at a time.
	Finished func(Result)
}

// Result is what became of a mutant.
type Result struct {
	Mutant
	Outcome Outcome `json:"outcome"`
	By      string  `json:"by,omitempty"` // The scenario or the test that noticed it, or the excuse.
	Reached int     `json:"reached"`      // How many scenarios and tests could have noticed it.
}

// Outcome is who noticed a mutant.
type Outcome string

// The outcomes.
const (
	BySuite  Outcome = "noticed by the suite"
	ByTests  Outcome = "noticed by unit tests"
	Excused  Outcome = "excused"
	Survived Outcome = "survived"
	Needless Outcome = "excused, but noticed" // The excuse is to be removed.
)

// Run builds the mutants and tries them. It returns the results in the order of the files.
func (h Hunt) Run(ctx context.Context) ([]Result, error) {
	h.Tell("building")
	b, err := newBuild(ctx, h.Root)
	if b != nil {
		defer b.close()
	}
	if err != nil {
		return nil, err
	}
	chosen := h.choose(b.mutants)
	packages := packagesOf(chosen)
	if err := b.buildTests(ctx, packages); err != nil {
		return nil, err
	}
	h.Tell("looking at which scenarios and tests reach which conditions")
	found, err := b.look(ctx, packages)
	if err != nil {
		return nil, err
	}
	h.Begun(len(chosen))
	results, err := h.try(ctx, b, found, chosen)
	for _, known := range h.Known {
		results = append(results, excuse(known, h.Excuses))
	}
	return inOrder(b.mutants, results), err
}

// choose leaves out what is known and what is not asked for.
func (h Hunt) choose(all []Mutant) []Mutant {
	known := map[string]bool{}
	for _, result := range h.Known {
		known[result.String()] = true
	}
	chosen := slices.DeleteFunc(slices.Clone(all), func(m Mutant) bool {
		return known[m.String()] || len(h.Below) > 0 && !slices.ContainsFunc(h.Below, func(below string) bool { return strings.HasPrefix(m.File, below) })
	})
	if h.Sample == 0 || h.Sample >= len(chosen) {
		return chosen
	}
	rand.New(rand.NewPCG(h.Seed, 0)).Shuffle(len(chosen), func(i, j int) { chosen[i], chosen[j] = chosen[j], chosen[i] })
	return chosen[:h.Sample]
}

func packagesOf(mutants []Mutant) []string {
	var names []string
	for _, m := range mutants {
		if !slices.Contains(names, m.Package()) {
			names = append(names, m.Package())
		}
	}
	return names
}

// inOrder sorts results by the mutants of the code; those that are gone are left out.
func inOrder(all []Mutant, results []Result) []Result {
	byName := map[string]Result{}
	for _, result := range results {
		byName[result.String()] = result
	}
	var sorted []Result
	for _, m := range all {
		if result, tried := byName[m.String()]; tried {
			sorted = append(sorted, result)
		}
	}
	return sorted
}

func (h Hunt) try(ctx context.Context, b *build, found survey, mutants []Mutant) ([]Result, error) {
	began := time.Now()
	var results []Result
	var telling sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(h.Parallel)
	for _, m := range mutants {
		if h.Time > 0 && time.Since(began) > h.Time {
			break
		}
		group.Go(func() error {
			result, err := b.tryOne(ctx, found, m)
			if err != nil || ctx.Err() != nil {
				return errors.Join(err, ctx.Err())
			}
			telling.Lock()
			defer telling.Unlock()
			result = excuse(result, h.Excuses)
			results = append(results, result)
			h.Finished(result)
			return nil
		})
	}
	return results, group.Wait()
}

// tryOne shows a mutant to the scenarios that can notice it, then to the unit tests.
func (b *build) tryOne(ctx context.Context, found survey, m Mutant) (Result, error) {
	scenarios, tests := found.witnesses(m), found.unitTests(m)
	result := Result{Mutant: m, Outcome: Survived, Reached: len(scenarios) + len(tests)}
	by, err := b.suiteNotices(ctx, m, sound{Scenarios: scenarios, Rules: found.sound.Rules})
	if err != nil || by != "" {
		result.Outcome, result.By = BySuite, by
		return result, err
	}
	if len(tests) > 0 {
		if output, err := execute(b.only(ctx, m.Package(), tests...), m.setting()); err != nil {
			result.Outcome, result.By = ByTests, failedTest(output)
		}
	}
	return result, nil
}

func (b *build) suiteNotices(ctx context.Context, m Mutant, before sound) (by string, err error) {
	if len(before.Scenarios) == 0 {
		return "", nil
	}
	asked, err := json.Marshal(before)
	if err != nil {
		return "", err
	}
	command := exec.CommandContext(ctx, b.worker, "-watch")
	command.Stdin = bytes.NewReader(asked)
	output, err := execute(command, m.setting())
	if err != nil { // Of a worker that crashed.
		return "a crash", nil
	}
	return strings.TrimSpace(string(output)), nil
}

// failedTest is the first test that an output says to have failed.
func failedTest(output []byte) string {
	for line := range strings.Lines(string(output)) {
		if name, failed := strings.CutPrefix(line, "--- FAIL: "); failed {
			name, _, _ = strings.Cut(name, " ")
			return name
		}
	}
	return "a crash"
}
