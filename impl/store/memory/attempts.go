package memory

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"time"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// counted is what is remembered under one key of attempts.
type counted struct {
	pending, wrong                       int
	pendingUntil, wrongUntil, knownUntil time.Time
}

func (c counted) expires() time.Time {
	return slices.MaxFunc([]time.Time{c.pendingUntil, c.wrongUntil, c.knownUntil}, time.Time.Compare)
}

// at drops what no longer counts.
func (c counted) at(now time.Time) counted {
	if !c.pendingUntil.After(now) {
		c.pending = 0
	}
	if !c.wrongUntil.After(now) {
		c.wrong = 0
	}
	return c
}

// Reserve implements store.Attempts.
func (s *Store) Reserve(_ context.Context, attempt store.Attempt) (store.Reserved, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.attempts[attempt.Key].at(attempt.At)
	reserved := store.Reserved{Allowed: c.pending+c.wrong < attempt.Most, Wrong: c.wrong, WrongUntil: c.wrongUntil, KnownUntil: c.knownUntil}
	if reserved.Allowed {
		c.pending, c.pendingUntil = c.pending+1, attempt.At.Add(attempt.Lease)
		s.putAttempts(attempt.Key, c)
	}
	return reserved, nil
}

// Settle implements store.Attempts.
func (s *Store) Settle(_ context.Context, attempt store.Attempt, wrongUntil time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c, ok := s.attempts[attempt.Key]
	if !ok {
		return nil
	}
	c.pending = max(0, c.pending-1)
	if !wrongUntil.IsZero() {
		if !c.wrongUntil.After(attempt.At) {
			c.wrong = 0
		}
		c.wrong, c.wrongUntil = c.wrong+1, wrongUntil
	}
	s.attempts[attempt.Key] = c
	return nil
}

// Know implements store.Attempts.
func (s *Store) Know(_ context.Context, key token.Hash, until time.Time) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.attempts[key]
	c.wrong, c.knownUntil = 0, until
	s.putAttempts(key, c)
	return nil
}

// KnownUntil implements store.Attempts.
func (s *Store) KnownUntil(_ context.Context, key token.Hash) (time.Time, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.attempts[key].knownUntil, nil
}

// putAttempts makes room for a new key where there is none: it forgets the
// tenth of the keys that matters least.
func (s *Store) putAttempts(key token.Hash, c counted) {
	if _, found := s.attempts[key]; !found && len(s.attempts) >= store.MaxAttempts {
		keys := slices.SortedFunc(maps.Keys(s.attempts), func(a, b token.Hash) int {
			one, other := s.attempts[a], s.attempts[b]
			return cmp.Or(one.knownUntil.Compare(other.knownUntil), cmp.Compare(one.wrong, other.wrong), one.expires().Compare(other.expires()))
		})
		for _, old := range keys[:store.MaxAttempts/10] {
			delete(s.attempts, old)
		}
	}
	s.attempts[key] = c
}
