package sql

import (
	"context"
	"errors"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// PutCode implements store.Codes.
func (s *Store) PutCode(ctx context.Context, code store.Code) error {
	_, err := s.exec(ctx, `INSERT INTO codes (realm, hash, used, expires_at, document) VALUES ($1, $2, FALSE, $3, $4)
		ON CONFLICT (realm, hash) DO UPDATE SET used = FALSE, expires_at = excluded.expires_at, document = excluded.document`,
		code.Hash[:], milliseconds(code.ExpiresAt), document{code})
	return err
}

// Code implements store.Codes.
func (s *Store) Code(ctx context.Context, hash token.Hash) (store.Code, error) {
	var code store.Code
	err := s.get(ctx, `SELECT document FROM codes WHERE realm = $1 AND hash = $2`, []any{hash[:]}, document{&code})
	return code, err
}

// TakeCode implements store.Codes.
func (s *Store) TakeCode(ctx context.Context, hash token.Hash) (store.Code, error) {
	var code store.Code
	err := s.take(ctx, `UPDATE codes SET used = TRUE WHERE realm = $1 AND hash = $2 AND NOT used
		RETURNING document`, []any{hash[:]}, document{&code})
	if !errors.Is(err, store.ErrNotFound) {
		return code, err
	}
	if code, err = s.Code(ctx, hash); err == nil {
		err = store.ErrUsed
	}
	return code, err
}
