package harness

import (
	"context"
	"errors"
	"net/http"
	"time"

	"golang.org/x/time/rate"

	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/world"
)

// remote is a system that somebody else started.
type remote struct{ target target.Target }

// patience is how long one request may take where the target sets no limit.
const patience = 10 * time.Second

// Begin looks at the target.
func (r remote) Begin(ctx context.Context, faults []string) (*world.Run, error) {
	timeout := r.target.Limits.Timeout
	if timeout == 0 {
		timeout = patience
	}
	run := &world.Run{Target: r.target, HTTP: world.NewHTTPClient(timeout), Faults: faults}
	if limit := r.target.Limits.RequestsPerSecond; limit > 0 {
		run.HTTP.Transport = kind{run.HTTP.Transport, rate.NewLimiter(rate.Limit(limit), limit)}
	}
	if r.target.Control.URL == "" && len(faults) > 0 {
		return nil, errors.New("faults are switched on in the reference system; the target has no control plane")
	}
	return run, run.Discover(ctx)
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

// Close leaves the system as it is.
func (r remote) Close() error { return nil }
