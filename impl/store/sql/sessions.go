package sql

import (
	"context"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// Session implements store.Sessions.
func (s *Store) Session(ctx context.Context, hash token.Hash) (store.Session, error) {
	session := store.Session{Hash: hash}
	var expires int64
	err := s.get(ctx, `SELECT data, expires_at FROM sessions WHERE realm = $1 AND hash = $2`, []any{hash[:]}, &session.Data, &expires)
	session.ExpiresAt = timeOf(expires)
	return session, err
}

// PutSession implements store.Sessions.
func (s *Store) PutSession(ctx context.Context, session store.Session) error {
	_, err := s.exec(ctx, `INSERT INTO sessions (realm, hash, expires_at, data) VALUES ($1, $2, $3, $4)
		ON CONFLICT (realm, hash) DO UPDATE SET expires_at = excluded.expires_at, data = excluded.data`,
		session.Hash[:], milliseconds(session.ExpiresAt), append([]byte{}, session.Data...))
	return err
}

// DeleteSession implements store.Sessions.
func (s *Store) DeleteSession(ctx context.Context, hash token.Hash) error {
	_, err := s.exec(ctx, `DELETE FROM sessions WHERE realm = $1 AND hash = $2`, hash[:])
	return err
}
