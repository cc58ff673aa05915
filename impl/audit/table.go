package audit

import (
	"context"
	"errors"
	"strconv"
	"sync"
	"time"

	"github.com/grantproof/grantproof/impl/store"
)

// The table is written apart from the answers, many events at a time, so that a
// token does not wait for a disk. A process that is killed loses the events of
// its last moment here; the lines have them.
const (
	keepEvery   = 250 * time.Millisecond
	atOnce      = 500
	mostPending = 20_000
)

// table is the events on their way into a store.
type table struct {
	store store.Events

	mu      sync.Mutex
	pending []store.Event
	lost    int
	failing bool // Whether the last flush did.
	writing sync.Mutex
}

// keeps tells whether the last events came into the store, and there is room for
// more.
func (t *table) keeps() bool {
	t.mu.Lock()
	defer t.mu.Unlock()
	return !t.failing && len(t.pending) < mostPending
}

func (t *table) failed(failing bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.failing = failing
}

func (t *table) add(event store.Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if len(t.pending) >= mostPending {
		t.lost++
		return
	}
	t.pending = append(t.pending, event)
}

// next takes the oldest events; where some were lost, one that says so.
func (t *table) next() []store.Event {
	t.mu.Lock()
	defer t.mu.Unlock()
	n := min(len(t.pending), atOnce-1)
	taken := append([]store.Event{}, t.pending[:n]...)
	if t.pending = t.pending[n:]; len(t.pending) == 0 {
		t.pending = nil
	}
	if t.lost > 0 && n > 0 {
		last := taken[n-1]
		taken = append(taken, store.Event{At: last.At, ExpiresAt: last.ExpiresAt, Name: EventsDropped, Reason: strconv.Itoa(t.lost)})
		t.lost = 0
	}
	return taken
}

// putBack keeps what could not be written for the next time.
func (t *table) putBack(events []store.Event) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.pending = append(events, t.pending...)
}

// Flush writes what waits for the table.
func (t *Trail) Flush(ctx context.Context) error {
	if t == nil || t.table == nil {
		return nil
	}
	t.table.writing.Lock()
	defer t.table.writing.Unlock()
	for {
		events := t.table.next()
		if len(events) == 0 {
			t.table.failed(false)
			return nil
		}
		if err := t.table.store.PutEvents(ctx, events); err != nil {
			t.table.putBack(events)
			t.table.failed(true)
			return err
		}
	}
}

// Keep writes the table until ctx ends, and tells problem what is in the way,
// once for each kind of trouble in a row.
func (t *Trail) Keep(ctx context.Context, problem func(error)) {
	ticker := time.NewTicker(keepEvery)
	defer ticker.Stop()
	failing := false
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		err := errors.Join(t.Flush(ctx), t.lines())
		if err != nil && !failing && !errors.Is(err, context.Canceled) {
			problem(err)
		}
		failing = err != nil
	}
}
