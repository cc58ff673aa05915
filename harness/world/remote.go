package world

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/time/rate"

	"github.com/grantproof/grantproof/harness/reach"
	"github.com/grantproof/grantproof/harness/target"
)

// patience is how long one request may take where the target sets no limit.
const patience = 10 * time.Second

// NewRun prepares a run against a system that somebody else started. It keeps to
// the limits of the target.
func NewRun(t target.Target, setting Setting) *Run {
	run := &Run{Target: t, Setting: setting, HTTP: NewHTTPClient(cmp.Or(t.Limits.Timeout, patience)), Reach: reach.Of(declared(t))}
	within := run.Reach.RoundTripper(run.HTTP.Transport.(*http.Transport))
	run.HTTP.Transport = &steady{RoundTripper: within, stopped: run.stopped, silent: map[string]silence{}}
	if t.Control.URL == "" { // A fixture is made to be asked.
		run.HTTP.Transport = newPace(run.HTTP.Transport, run.slowed)
	}
	if limit := t.Limits.RequestsPerSecond; limit > 0 {
		run.HTTP.Transport = kind{run.HTTP.Transport, rate.NewLimiter(rate.Limit(limit), limit)}
	}
	return run
}

func (r *Run) slowed(reason string) {
	if r.Slowed != nil {
		r.Slowed(reason)
	}
}

// declared is what a target names, and so may be asked. The metadata of the
// authorization server lead further than those of a resource.
func declared(t target.Target) reach.Declared {
	d := reach.Declared{Further: slices.Concat(t.Reach, t.ResourceOwner.Hosts, []string{t.ResourceServer.Second, t.Control.URL, t.Examiner.URL})}
	for _, server := range []string{t.AuthorizationServer.Issuer, t.MCPServer.URL, t.ResourceServer.URL} {
		if server != "" {
			d.Leading = append(d.Leading, server)
		}
	}
	for _, member := range t.AuthorizationServer.Metadata {
		if address, isText := member.(string); isText && strings.Contains(address, "://") {
			d.Further = append(d.Further, address)
		}
	}
	return d
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
