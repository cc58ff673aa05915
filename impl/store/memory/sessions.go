package memory

import (
	"context"
	"maps"
	"slices"
	"time"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// What visitors without a name can have remembered is bounded, in number and in
// bytes.
const (
	maxSessions     = 50_000
	maxSessionBytes = 128 << 20
)

// Session implements store.Sessions.
func (s *Store) Session(_ context.Context, hash token.Hash) (store.Session, error) {
	session, err := get(s, s.sessions, hash)
	session.Data = slices.Clone(session.Data)
	return session, err
}

// PutSession implements store.Sessions.
func (s *Store) PutSession(_ context.Context, session store.Session) error {
	session.Data = slices.Clone(session.Data)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dropSession(session.Hash)
	if len(s.sessions) >= maxSessions || s.sessionBytes+len(session.Data) > maxSessionBytes {
		s.makeRoom()
	}
	s.sessions[session.Hash] = session
	s.sessionBytes += len(session.Data)
	return nil
}

// makeRoom forgets the sessions that end first, until a tenth of the room is
// free: those of visitors who have not signed in are the shortest.
func (s *Store) makeRoom() {
	ends := slices.SortedFunc(maps.Values(s.sessions), func(a, b store.Session) int { return a.ExpiresAt.Compare(b.ExpiresAt) })
	for _, session := range ends {
		if len(s.sessions) <= maxSessions*9/10 && s.sessionBytes <= maxSessionBytes*9/10 {
			return
		}
		s.dropSession(session.Hash)
	}
}

// DeleteSession implements store.Sessions.
func (s *Store) DeleteSession(_ context.Context, hash token.Hash) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dropSession(hash)
	return nil
}

func (s *Store) dropSession(hash token.Hash) {
	s.sessionBytes -= len(s.sessions[hash].Data)
	delete(s.sessions, hash)
}

func (s *Store) sweepSessions(now time.Time) {
	for hash, session := range s.sessions {
		if session.ExpiresAt.Before(now) {
			s.dropSession(hash)
		}
	}
}
