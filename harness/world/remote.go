package world

import (
	"cmp"
	"net/http"
	"time"

	"golang.org/x/time/rate"

	"github.com/grantproof/grantproof/harness/target"
)

// patience is how long one request may take where the target sets no limit.
const patience = 10 * time.Second

// NewRun prepares a run against a system that somebody else started. It keeps to
// the limits of the target.
func NewRun(t target.Target) *Run {
	run := &Run{Target: t, HTTP: NewHTTPClient(cmp.Or(t.Limits.Timeout, patience))}
	run.HTTP.Transport = &steady{RoundTripper: run.HTTP.Transport, silent: map[string]int{}}
	if limit := t.Limits.RequestsPerSecond; limit > 0 {
		run.HTTP.Transport = kind{run.HTTP.Transport, rate.NewLimiter(rate.Limit(limit), limit)}
	}
	return run
}

// kind sends no more requests than the target allows.
type kind struct {
	http.RoundTripper
	limiter *rate.Limiter
}

// RoundTrip implements http.RoundTripper.
func (k kind) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := k.limiter.Wait(r.Context()); err != nil {
		return nil, err
	}
	return k.RoundTripper.RoundTrip(r)
}
