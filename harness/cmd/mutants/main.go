// Command mutants proves that each condition of the reference system counts: it forces
// each false and true and looks for a scenario or a unit test that notices. `make mutants`
// runs it in the top folder of a clone.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"runtime"
	"slices"
	"time"

	"github.com/grantproof/grantproof/harness/mutants"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/impl/printable"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "mutants:", err)
		os.Exit(1)
	}
}

type asked struct {
	survey, watch    bool
	again            bool
	sample, parallel int
	seed             uint64
	time             time.Duration
	least            float64
	report, resume   string
}

func run(ctx context.Context, arguments []string) error {
	var a asked
	flags := flag.NewFlagSet("mutants", flag.ContinueOnError)
	flags.BoolVar(&a.survey, "survey", false, "run the suite of a build with mutants and write what it saw, for this command itself")
	flags.BoolVar(&a.watch, "watch", false, "run scenarios with one mutant, for this command itself")
	flags.IntVar(&a.sample, "sample", 0, "try `N` mutants, chosen by the seed; 0 for all")
	flags.Uint64Var(&a.seed, "seed", 1, "choose the sample by `N`")
	flags.IntVar(&a.parallel, "parallel", runtime.NumCPU(), "try `N` mutants at once")
	flags.DurationVar(&a.time, "for", 0, "begin no further mutant after `DURATION`; 0 for no end")
	flags.Float64Var(&a.least, "least", 100, "fail if less than `PERCENT` are noticed or excused")
	flags.StringVar(&a.report, "report", "", "write what became of each mutant to `FILE.json`")
	flags.StringVar(&a.resume, "resume", "", "leave out the mutants that the report `FILE.json` knows, and keep its results")
	flags.BoolVar(&a.again, "again", false, "with -resume, try the survivors of the report again")
	if err := flags.Parse(arguments); err != nil {
		return err
	}
	switch {
	case a.survey:
		return mutants.Survey(ctx, os.Stdout)
	case a.watch:
		return mutants.Watch(ctx, os.Stdin, os.Stdout)
	}
	return a.hunt(ctx, flags.Args())
}

func (a asked) hunt(ctx context.Context, below []string) error {
	excuses, err := mutants.Excuses()
	if err != nil {
		return err
	}
	known, err := a.known()
	if err != nil {
		return err
	}
	tried := 0
	progress := &report.Count{Out: os.Stdout, Noun: "mutants"}
	results, err := mutants.Hunt{
		Root: ".", Below: below, Sample: a.sample, Seed: a.seed, Time: a.time, Parallel: a.parallel, Known: known, Excuses: excuses,
		Tell:     func(what string) { fmt.Fprintln(os.Stderr, what) },
		Begun:    func(count int) { progress.Total = count },
		Finished: func(r mutants.Result) { tried++; progress.Finished(r.Outcome != mutants.Survived) },
	}.Run(ctx)
	progress.End()
	if results == nil {
		return err
	}
	proof := mutants.NewProof(results)
	if tried < progress.Total {
		fmt.Printf("%d of %d mutants were tried; -resume continues\n", tried, progress.Total)
	}
	mutants.WriteProof(printable.NewWriter(os.Stdout), proof)
	return errors.Join(err, a.write(proof), a.judge(proof.Total()))
}

func (a asked) judge(total mutants.Sum) error {
	if total.Share() < a.least {
		return fmt.Errorf("%.1f %% of the mutants are noticed or excused, less than %g %%", total.Share(), a.least)
	}
	return nil
}

func (a asked) write(proof mutants.Proof) error {
	if a.report == "" {
		return nil
	}
	file, err := mutants.Create(a.report)
	if err != nil {
		return err
	}
	return file.Write(proof)
}

// known are the results of the report that is resumed.
func (a asked) known() ([]mutants.Result, error) {
	if a.resume == "" {
		return nil, nil
	}
	text, err := os.ReadFile(a.resume)
	if err != nil {
		return nil, err
	}
	var proof mutants.Proof
	if err := json.Unmarshal(text, &proof); err != nil {
		return nil, fmt.Errorf("%s: %w", a.resume, err)
	}
	if a.again {
		proof.Mutants = slices.DeleteFunc(proof.Mutants, func(r mutants.Result) bool { return r.Outcome == mutants.Survived })
	}
	return proof.Mutants, nil
}
