package realm

import (
	"context"
	"sync"
	"time"

	"github.com/grantproof/grantproof/impl/store"
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
	if err := r.probe.ask(ctx, r.Store()); err != nil {
		return notReady("the store takes nothing: it does not answer, or its disk is full")
	}
	if err := r.Audit.Keeps(); err != nil {
		return notReady("decisions cannot be recorded")
	}
	return nil
}

// probeEvery is how often the store is asked at most, so that strangers make no
// load with /ready.
const probeEvery = time.Second

// probe is what a store last said to a Probe.
type probe struct {
	mu    sync.Mutex
	asked time.Time
	err   error
}

func (p *probe) ask(ctx context.Context, s store.Store) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if now := time.Now(); p.asked.IsZero() || now.Sub(p.asked) >= probeEvery {
		p.err = s.Probe(ctx, now)
		p.asked = time.Now()
	}
	return p.err
}

// forget has the store asked again.
func (p *probe) forget() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.asked = time.Time{}
}

func notReady(why string) *wire.Error {
	refused := wire.Unavailable()
	refused.Description = why
	return refused
}
