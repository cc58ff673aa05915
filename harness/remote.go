package harness

import (
	"context"
	"errors"

	"github.com/grantproof/grantproof/harness/setting"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/harness/world"
)

// remote is a system that somebody else started.
type remote struct {
	target target.Target
	window useragent.Window
}

// Begin looks at the target.
func (r remote) Begin(ctx context.Context, altered world.Altered) (*world.Run, error) {
	if r.target.Control.URL == "" && !altered.Nothing() {
		return nil, errors.New("faults and variants are switched on in the reference system; the target has no control plane")
	}
	run := world.NewRun(r.target, setting.Of(r.target))
	run.Altered = altered
	if r.target.ResourceOwner.Browser == "manual" {
		run.Window = r.window
	}
	return run, run.Discover(ctx)
}

// Close leaves the system as it is.
func (r remote) Close() error { return nil }
