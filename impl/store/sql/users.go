package sql

import (
	"cmp"
	"context"
	"slices"

	"github.com/grantproof/grantproof/impl/store"
)

// User implements store.Users.
func (s *Store) User(ctx context.Context, id string) (store.User, error) {
	var user store.User
	err := s.get(ctx, `SELECT document FROM users WHERE realm = $1 AND id = $2`, []any{id}, document{&user})
	return user, err
}

// UserByName implements store.Users.
func (s *Store) UserByName(ctx context.Context, username string) (store.User, error) {
	var user store.User
	err := s.get(ctx, `SELECT document FROM users WHERE realm = $1 AND username = $2`, []any{username}, document{&user})
	return user, err
}

// Users implements store.Users; they come in the order of their names, byte by
// byte.
func (s *Store) Users(ctx context.Context) ([]store.User, error) {
	users, err := documents[store.User](ctx, s, `SELECT document FROM users WHERE realm = $1`)
	slices.SortFunc(users, func(a, b store.User) int { return cmp.Compare(a.Username, b.Username) })
	return users, err
}

// PutUser implements store.Users.
func (s *Store) PutUser(ctx context.Context, user store.User) error {
	_, err := s.exec(ctx, `INSERT INTO users (realm, id, username, document) VALUES ($1, $2, $3, $4)
		ON CONFLICT (realm, id) DO UPDATE SET username = excluded.username, document = excluded.document`, user.ID, user.Username, document{user})
	return err
}

// ChangeUser implements store.Users.
func (s *Store) ChangeUser(ctx context.Context, id string, change func(*store.User) error) error {
	return changeDocument(ctx, row{s, "users", id}, change)
}

// DeleteUser implements store.Users. The user goes last: should the rest not
// come about, the user is there to be deleted again.
func (s *Store) DeleteUser(ctx context.Context, id string) error {
	for _, text := range []string{
		`UPDATE grants SET revoked = TRUE WHERE realm = $1 AND user_id = $2`,
		`DELETE FROM consents WHERE realm = $1 AND user_id = $2`,
		`DELETE FROM users WHERE realm = $1 AND id = $2`,
	} {
		if _, err := s.exec(ctx, text, id); err != nil {
			return err
		}
	}
	return nil
}
