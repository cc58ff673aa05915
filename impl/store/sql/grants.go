package sql

import (
	"context"

	"github.com/grantproof/grantproof/impl/store"
)

// Grant implements store.Grants.
func (s *Store) Grant(ctx context.Context, id string) (store.Grant, error) {
	var grant store.Grant
	var revoked bool
	err := s.get(ctx, `SELECT document, revoked FROM grants WHERE realm = $1 AND id = $2`, []any{id}, document{&grant}, &revoked)
	grant.Revoked = revoked
	return grant, err
}

// PutGrant implements store.Grants.
func (s *Store) PutGrant(ctx context.Context, grant store.Grant) error {
	_, err := s.exec(ctx, `INSERT INTO grants (realm, id, client_id, user_id, revoked, expires_at, document) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (realm, id) DO UPDATE SET client_id = excluded.client_id, user_id = excluded.user_id, revoked = excluded.revoked,
			expires_at = excluded.expires_at, document = excluded.document`,
		grant.ID, grant.ClientID, grant.UserID, grant.Revoked, milliseconds(grant.ExpiresAt), document{grant})
	return err
}

// RevokeGrant implements store.Grants.
func (s *Store) RevokeGrant(ctx context.Context, id string) error {
	_, err := s.exec(ctx, `UPDATE grants SET revoked = TRUE WHERE realm = $1 AND id = $2`, id)
	return err
}
