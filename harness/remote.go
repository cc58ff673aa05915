package harness

import (
	"context"
	"errors"
	"time"

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
	if r.target.Control.URL == "" && len(faults) > 0 {
		return nil, errors.New("faults are switched on in the reference system; the target has no control plane")
	}
	return run, run.Discover(ctx)
}

// Close leaves the system as it is.
func (r remote) Close() error { return nil }
