package sql

import (
	"context"
	"slices"

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

// GrantsOf implements store.Grants.
func (s *Store) GrantsOf(ctx context.Context, userID string) ([]store.Grant, error) {
	grants, err := documents[store.Grant](ctx, s, `SELECT document FROM grants WHERE realm = $1 AND user_id = $2 AND revoked = FALSE`, userID)
	slices.SortStableFunc(grants, func(a, b store.Grant) int { return b.CreatedAt.Compare(a.CreatedAt) })
	return grants, err
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
