package setting

import (
	"context"
	"fmt"
	"time"

	"github.com/grantproof/grantproof/generated/report"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// LongestWait is how long a slow run waits for one thing.
const LongestWait = 15 * time.Minute

// Affords implements world.Setting: time has to be waited for.
func (*foreign) Affords(run *world.Run, wait time.Duration) *check.NotApplicable {
	seconds := int64(wait.Seconds())
	lack := &check.NotApplicable{Class: report.LacksTime, Lacks: fmt.Sprintf("%d seconds", seconds)}
	switch {
	case wait == 0:
		return nil
	case wait > LongestWait:
		lack.Reason = fmt.Sprintf("it needs %d seconds of waiting, and --slow waits for %.0f at most", seconds, LongestWait.Seconds())
	case !run.Slow:
		lack.Reason = fmt.Sprintf("it needs %d seconds of waiting; run with --slow", seconds)
	default:
		return nil
	}
	return lack
}

// Pass implements world.Setting.
func (f *foreign) Pass(ctx context.Context, w *world.World, wait time.Duration) error {
	if lack := f.Affords(w.Run, wait); lack != nil {
		return lack
	}
	if w.Run.Waiting != nil {
		w.Run.Waiting(time.Now().Add(wait))
	}
	select {
	case <-time.After(wait):
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// leeway is what a resource may allow for clocks that differ, usually no more
// than a few minutes (RFC 9068 section 4,
// https://www.rfc-editor.org/rfc/rfc9068#section-4).
const leeway = 3 * time.Minute

// Expire implements world.Setting.
func (f *foreign) Expire(ctx context.Context, w *world.World) error {
	if w.Grant.Lifetime <= 0 {
		return &check.NotApplicable{Reason: "the authorization server does not say how long its access tokens live", Lacks: "expires_in"}
	}
	return f.Pass(ctx, w, w.Grant.Lifetime+leeway)
}
