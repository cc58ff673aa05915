package sql

import (
	"context"

	"github.com/grantproof/grantproof/impl/store"
)

// User implements store.Users.
func (s *Store) User(ctx context.Context, id string) (store.User, error) {
	var user store.User
	err := s.get(ctx, `SELECT document FROM users WHERE realm = $1 AND id = $2`, []any{id}, document{&user})
	return user, err
}

// PutUser implements store.Users.
func (s *Store) PutUser(ctx context.Context, user store.User) error {
	_, err := s.exec(ctx, `INSERT INTO users (realm, id, document) VALUES ($1, $2, $3)
		ON CONFLICT (realm, id) DO UPDATE SET document = excluded.document`, user.ID, document{user})
	return err
}
