package memory

import (
	"context"
	"slices"
	"time"

	"github.com/grantproof/grantproof/impl/store"
)

// maxEvents is how many events are kept: beyond it, the oldest is forgotten.
const maxEvents = 10_000

// PutEvents implements store.Events.
func (s *Store) PutEvents(_ context.Context, events []store.Event) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.events = append(s.events, events...)
	if over := len(s.events) - maxEvents; over > 0 {
		s.events = slices.Delete(s.events, 0, over)
	}
	return nil
}

// Events implements store.Events.
func (s *Store) Events(_ context.Context, since time.Time) ([]store.Event, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	found := slices.DeleteFunc(slices.Clone(s.events), func(e store.Event) bool { return e.At.Before(since) })
	slices.SortStableFunc(found, func(a, b store.Event) int { return a.At.Compare(b.At) })
	return found, nil
}
