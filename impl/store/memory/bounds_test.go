package memory

import (
	"encoding/binary"
	"errors"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// Visitors without a name do not fill the memory, and sign nobody out who is
// signed in.
func TestSessionsAreBounded(t *testing.T) {
	s, now := New(), time.Unix(1000, 0)
	signedIn := store.Session{Hash: token.HashOf("signed in"), ExpiresAt: now.Add(12 * time.Hour)}
	if err := s.PutSession(t.Context(), signedIn); err != nil {
		t.Fatal(err)
	}
	for i := range 2 * maxSessions {
		visitor := store.Session{ExpiresAt: now.Add(time.Duration(i))}
		binary.BigEndian.PutUint64(visitor.Hash[:], uint64(i))
		if err := s.PutSession(t.Context(), visitor); err != nil {
			t.Fatal(err)
		}
	}
	if len(s.sessions) > maxSessions {
		t.Errorf("%d sessions are kept", len(s.sessions))
	}
	if _, err := s.Session(t.Context(), signedIn.Hash); err != nil {
		t.Errorf("who was signed in: %v", err)
	}
}

// Long sessions do not fill the memory either, and what is forgotten no longer
// counts.
func TestSessionBytesAreBounded(t *testing.T) {
	s, now := New(), time.Unix(1000, 0)
	for i := range 3 * maxSessionBytes >> 20 {
		visitor := store.Session{Hash: token.Hash{byte(i), byte(i >> 8)}, ExpiresAt: now.Add(time.Duration(i)), Data: make([]byte, 1<<20)}
		if err := s.PutSession(t.Context(), visitor); err != nil {
			t.Fatal(err)
		}
		if s.sessionBytes > maxSessionBytes || s.sessionBytes != len(s.sessions)<<20 {
			t.Fatalf("%d bytes are kept of %d sessions", s.sessionBytes, len(s.sessions))
		}
	}
	if err := s.Sweep(t.Context(), now.Add(time.Hour)); err != nil || s.sessionBytes != 0 || len(s.sessions) != 0 {
		t.Errorf("%d bytes are kept of %d sessions that are over: %v", s.sessionBytes, len(s.sessions), err)
	}
}

func TestEventsAreBounded(t *testing.T) {
	s, now := New(), time.Unix(1000, 0)
	for i := range maxEvents + 5 {
		if err := s.PutEvents(t.Context(), []store.Event{{At: now.Add(time.Duration(i)), ExpiresAt: now.Add(time.Hour)}}); err != nil {
			t.Fatal(err)
		}
	}
	if events, _ := s.Events(t.Context(), time.Time{}); len(events) != maxEvents || !events[0].At.Equal(now.Add(5)) {
		t.Errorf("%d events, the oldest of %v", len(events), events[0].At)
	}
}

// Names that are made up do not fill the memory, and push out neither what is
// known nor what is locked.
func TestAttemptsAreBounded(t *testing.T) {
	s, ctx := New(), t.Context()
	at := store.Attempt{Key: token.HashOf("locked"), Most: 1, At: time.Unix(1000, 0), Lease: time.Second}
	known := token.HashOf("known")
	reserve := func() store.Reserved {
		reserved, err := s.Reserve(ctx, at)
		if err != nil {
			t.Fatal(err)
		}
		return reserved
	}
	reserve()
	if err := errors.Join(s.Settle(ctx, at, at.At.Add(time.Hour)), s.Know(ctx, known, at.At.Add(time.Hour))); err != nil {
		t.Fatal(err)
	}
	locked := at.Key
	for i := range store.MaxAttempts + 5 {
		binary.BigEndian.PutUint64(at.Key[:], uint64(i))
		reserve()
	}
	if len(s.attempts) > store.MaxAttempts {
		t.Errorf("%d keys are kept", len(s.attempts))
	}
	at.Key = locked
	if until, err := s.KnownUntil(ctx, known); err != nil || until.IsZero() || reserve().Allowed {
		t.Errorf("what was known is known until %v, %v; what was locked is %+v", until, err, s.attempts[locked])
	}
}
