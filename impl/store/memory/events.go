package memory

import (
	"context"
	"slices"
	"time"

	"github.com/grantproof/grantproof/impl/store"
)

// maxEvents is how many events are kept: beyond it, the oldest is forgotten.
const maxEvents = 10_000

// ring holds the newest events.
type ring struct {
	kept []store.Event
	next int // Where the next one goes once it is full.
}

func (r *ring) put(event store.Event) {
	if len(r.kept) < maxEvents {
		r.kept = append(r.kept, event)
		return
	}
	r.kept[r.next] = event
	r.next = (r.next + 1) % maxEvents
}

// all are the events, the oldest first.
func (r *ring) all() []store.Event {
	all := slices.Concat(r.kept[r.next:], r.kept[:r.next])
	slices.SortStableFunc(all, func(a, b store.Event) int { return a.At.Compare(b.At) })
	return all
}

func (r *ring) sweep(now time.Time) {
	if expired := func(e store.Event) bool { return e.ExpiresAt.Before(now) }; slices.ContainsFunc(r.kept, expired) {
		r.kept, r.next = slices.DeleteFunc(r.all(), expired), 0
	}
}

// PutEvents implements store.Events.
func (s *Store) PutEvents(_ context.Context, events []store.Event) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, event := range events {
		s.events.put(event)
	}
	return nil
}

// Events implements store.Events.
func (s *Store) Events(_ context.Context, since time.Time) ([]store.Event, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(s.events.all(), func(e store.Event) bool { return e.At.Before(since) }), nil
}
