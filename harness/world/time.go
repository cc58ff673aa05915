package world

import (
	"context"
	"fmt"
	"net/http"
	"time"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/generated/report"
	"github.com/grantproof/grantproof/harness/check"
)

// LongestWait is how long a slow run waits for one thing.
const LongestWait = 15 * time.Minute

// Affords returns nil where a run can let that much time pass, else why it does
// not: the clock of a realm is moved, another target has to be waited for.
func (r *Run) Affords(wait time.Duration) *check.NotApplicable {
	seconds := int64(wait.Seconds())
	lack := &check.NotApplicable{Class: report.LacksTime, Lacks: fmt.Sprintf("%d seconds", seconds)}
	switch {
	case wait == 0 || r.Target.Control.URL != "":
		return nil
	case wait > LongestWait:
		lack.Reason = fmt.Sprintf("it needs %d seconds of waiting, and --slow waits for %.0f at most", seconds, LongestWait.Seconds())
	case !r.Slow:
		lack.Reason = fmt.Sprintf("it needs %d seconds of waiting; run with --slow", seconds)
	default:
		return nil
	}
	return lack
}

// Pass lets seconds pass in the realm, or waits for them at a target without a
// control plane.
func (w *World) Pass(ctx context.Context, seconds int64) error {
	if err := w.Ensure(ctx); err != nil {
		return err
	}
	if w.control == nil {
		return w.wait(ctx, time.Duration(seconds)*time.Second)
	}
	passed, err := w.control.AdvanceClockWithResponse(ctx, w.Realm.ID, control.AdvanceClockJSONRequestBody{Seconds: seconds})
	if err != nil {
		return err
	}
	if passed.StatusCode() != http.StatusNoContent {
		return refusedByControl("the passing of time", passed.HTTPResponse, passed.Body)
	}
	w.Realm.Ahead += seconds
	return nil
}

// leeway is what a resource may allow for clocks that differ, usually no more
// than a few minutes (RFC 9068 section 4,
// https://www.rfc-editor.org/rfc/rfc9068#section-4).
const leeway = 3 * time.Minute

// Expire lets the time of the access token pass: that of the fixture is an hour.
func (w *World) Expire(ctx context.Context) error {
	switch {
	case w.control != nil:
		return w.Pass(ctx, 3601)
	case w.Grant.Lifetime <= 0:
		return &check.NotApplicable{Reason: "the authorization server does not say how long its access tokens live", Lacks: "expires_in"}
	}
	return w.wait(ctx, w.Grant.Lifetime+leeway)
}

func (w *World) wait(ctx context.Context, wait time.Duration) error {
	if lack := w.Run.Affords(wait); lack != nil {
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
