package realm

import (
	"context"

	"github.com/grantproof/grantproof/impl/wire"
)

// Stop says that the servers of the realm are about to stop: they answer, and
// are not ready any more.
func (r *Realm) Stop() { r.stopping.Store(true) }

// Ready tells whether the servers of the realm can answer; else it is why they
// cannot.
func (r *Realm) Ready(ctx context.Context) *wire.Error {
	if r.stopping.Load() {
		return notReady("the server is about to stop")
	}
	if len(r.Keys.Keys()) == 0 {
		return notReady("there is no key to sign with")
	}
	if _, err := r.Store().Marked(ctx, "nothing: this asks whether the store answers"); err != nil {
		return notReady("the store does not answer")
	}
	return nil
}

func notReady(why string) *wire.Error {
	refused := wire.Unavailable()
	refused.Description = why
	return refused
}
