package token

import (
	"context"
	"sync"
	"time"

	"golang.org/x/time/rate"
)

// Refetch fetches something anew for all who miss something in it. They share a fetch,
// however long it takes. After a few fetches there is one in each interval, so that
// made-up key IDs do not turn this server into a flood of requests.
type Refetch struct {
	owner context.Context // Its end ends every fetch.
	fetch func(context.Context) error
	limit *rate.Limiter

	mu      sync.Mutex
	begun   int       // How many fetches have begun.
	running *fetching // nil for none.
}

// fetching is one fetch; err may be read once it is done.
type fetching struct {
	number int
	done   chan struct{}
	err    error
}

// refetches is how many fetches there may be without an interval between them.
const refetches = 2

// NewRefetch returns a Refetch that lives until ctx ends.
func NewRefetch(ctx context.Context, interval time.Duration, fetch func(context.Context) error) *Refetch {
	return &Refetch{owner: ctx, fetch: fetch, limit: rate.NewLimiter(rate.Every(interval), refetches)}
}

// Until waits until found tells so, or a fetch has ended that began after the call: one
// that began before may be older than what is missed. It waits for none where the limit
// allows none. It returns the error of the fetch.
func (r *Refetch) Until(ctx context.Context, found func() bool) error {
	r.mu.Lock()
	before := r.begun
	r.mu.Unlock()
	for {
		f := r.current()
		if f == nil {
			return nil
		}
		select {
		case <-f.done:
		case <-ctx.Done():
			return ctx.Err()
		}
		if f.number > before || found() {
			return f.err
		}
	}
}

// Begin has a fetch begin, and waits for nothing.
func (r *Refetch) Begin() { r.current() }

// current is the fetch that runs; one begins where none does and the limit allows it.
func (r *Refetch) current() *fetching {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.running == nil && r.limit.Allow() {
		r.begun++
		r.running = &fetching{number: r.begun, done: make(chan struct{})}
		go r.run(r.running)
	}
	return r.running
}

func (r *Refetch) run(f *fetching) {
	f.err = r.fetch(r.owner)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.running = nil
	close(f.done)
}
