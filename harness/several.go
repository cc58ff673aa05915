package harness

import (
	"context"
	"errors"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"

	generated "github.com/grantproof/grantproof/generated/report"
	"github.com/grantproof/grantproof/harness/report"
)

// Examination is that of one of several targets.
type Examination struct {
	Name    string
	Config  Config
	Problem error           // Why it cannot be configured; it is not examined then.
	Began   func(total int) // Told of the number of scenarios, from several goroutines.
}

// RunAll examines several targets, some at once, and reports how each of them
// did. What one of them does, or that it cannot be examined, is no matter of
// the others. Where the run is interrupted, the report says what was found so far.
func RunAll(ctx context.Context, several []Examination, atOnce int) (report.Comparison, error) {
	began := time.Now()
	examined := make([]report.Examined, len(several))
	var running errgroup.Group
	running.SetLimit(max(1, atOnce))
	for i, examination := range several {
		running.Go(func() error {
			examined[i] = examination.run(ctx)
			return nil // What becomes of one is in its place.
		})
	}
	_ = running.Wait()
	c := report.Compare(examined)
	c.Version, c.Tool = 1, generated.Tool{Name: "grantproof", Version: version()}
	c.StartedAt, c.DurationMs = began.UTC(), milliseconds(time.Since(began))
	if ctx.Err() != nil {
		return c, ErrInterrupted
	}
	return c, nil
}

func (e Examination) run(ctx context.Context) report.Examined {
	result, absent, err := e.report(ctx)
	if err != nil && result.Interrupted == nil {
		problem := strings.ReplaceAll(strings.TrimPrefix(err.Error(), ErrConfiguration.Error()+": "), "\n", "; ")
		shown := generated.Target{Name: e.Name}
		if e.Config.Target != nil {
			shown.Flags = &e.Config.Target.Flags
		}
		return report.Examined{Name: e.Name, Problem: problem, Report: report.Report{Target: shown}}
	}
	return report.Examined{Name: e.Name, Report: result, Absent: absent}
}

// report examines the target; absent is the party that took no part, and why.
func (e Examination) report(ctx context.Context) (result report.Report, absent string, err error) {
	if e.Problem != nil {
		return result, "", e.Problem
	}
	suite, err := NewSuite(ctx, e.Config)
	if err != nil {
		return result, "", err
	}
	defer func() { err = errors.Join(err, suite.Close()) }()
	if e.Began != nil {
		e.Began(len(suite.Plan.Selected()))
	}
	result, err = suite.Run(ctx)
	return result, suite.Absent(), err
}
