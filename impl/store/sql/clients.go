package sql

import (
	"cmp"
	"context"
	"slices"

	"github.com/grantproof/grantproof/impl/store"
)

// Client implements store.Clients.
func (s *Store) Client(ctx context.Context, id string) (store.Client, error) {
	var client store.Client
	err := s.get(ctx, `SELECT document FROM clients WHERE realm = $1 AND id = $2`, []any{id}, document{&client})
	return client, err
}

// PutClient implements store.Clients.
func (s *Store) PutClient(ctx context.Context, client store.Client) error {
	_, err := s.exec(ctx, `INSERT INTO clients (realm, id, document) VALUES ($1, $2, $3)
		ON CONFLICT (realm, id) DO UPDATE SET document = excluded.document`, client.ID, document{client})
	return err
}

// ChangeClient implements store.Clients.
func (s *Store) ChangeClient(ctx context.Context, id string, change func(*store.Client) error) error {
	return changeDocument(ctx, row{s, "clients", id}, change)
}

// Clients implements store.Clients; they come in the order of their ids, byte
// by byte, which is not every database's order.
func (s *Store) Clients(ctx context.Context) ([]store.Client, error) {
	clients, err := documents[store.Client](ctx, s, `SELECT document FROM clients WHERE realm = $1`)
	slices.SortFunc(clients, func(a, b store.Client) int { return cmp.Compare(a.ID, b.ID) })
	return clients, err
}

// DeleteClient implements store.Clients. The grants go first: should the rest
// not come about, the client is there to be deleted again.
func (s *Store) DeleteClient(ctx context.Context, id string) error {
	if _, err := s.exec(ctx, `UPDATE grants SET revoked = TRUE WHERE realm = $1 AND client_id = $2`, id); err != nil {
		return err
	}
	_, err := s.exec(ctx, `DELETE FROM clients WHERE realm = $1 AND id = $2`, id)
	return err
}
