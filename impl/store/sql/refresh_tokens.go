package sql

import (
	"context"
	"errors"
	"time"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// RefreshToken implements store.RefreshTokens.
func (s *Store) RefreshToken(ctx context.Context, hash token.Hash) (store.RefreshToken, error) {
	var refresh store.RefreshToken
	var used int64
	err := s.get(ctx, `SELECT document, used_at FROM refresh_tokens WHERE realm = $1 AND hash = $2`, []any{hash[:]}, document{&refresh}, &used)
	refresh.UsedAt = timeOf(used)
	return refresh, err
}

// PutRefreshToken implements store.RefreshTokens.
func (s *Store) PutRefreshToken(ctx context.Context, refresh store.RefreshToken) error {
	_, err := s.exec(ctx, `INSERT INTO refresh_tokens (realm, hash, used_at, expires_at, document) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (realm, hash) DO UPDATE SET used_at = excluded.used_at, expires_at = excluded.expires_at, document = excluded.document`,
		refresh.Hash[:], milliseconds(refresh.UsedAt), milliseconds(refresh.ExpiresAt), document{refresh})
	return err
}

// TakeRefreshToken implements store.RefreshTokens.
func (s *Store) TakeRefreshToken(ctx context.Context, hash token.Hash, at time.Time) (store.RefreshToken, error) {
	var refresh store.RefreshToken
	err := s.take(ctx, `UPDATE refresh_tokens SET used_at = $3 WHERE realm = $1 AND hash = $2 AND used_at = 0
		RETURNING document`, []any{hash[:], milliseconds(at)}, document{&refresh})
	if !errors.Is(err, store.ErrNotFound) {
		refresh.UsedAt = at
		return refresh, err
	}
	refresh, err = s.RefreshToken(ctx, hash)
	if err == nil {
		err = store.ErrUsed
	}
	return refresh, err
}
