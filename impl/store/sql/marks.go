package sql

import (
	"context"
	"errors"
	"time"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// Mark implements store.Marks. A name is kept as its hash, as a client may have
// chosen it, at any length.
func (s *Store) Mark(ctx context.Context, name string, until time.Time) error {
	hash := token.HashOf(name)
	made, err := s.exec(ctx, `INSERT INTO marks (realm, hash, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
		hash[:], milliseconds(until))
	if err == nil && made == 0 {
		err = store.ErrUsed
	}
	return err
}

// Marked implements store.Marks.
func (s *Store) Marked(ctx context.Context, name string) (bool, error) {
	hash := token.HashOf(name)
	var until int64
	err := s.get(ctx, `SELECT expires_at FROM marks WHERE realm = $1 AND hash = $2`, []any{hash[:]}, &until)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}
