package sql

import (
	"cmp"
	"context"
	"database/sql"
	"slices"
	"time"

	"github.com/grantproof/grantproof/impl/store"
)

// Client implements store.Clients.
func (s *Store) Client(ctx context.Context, id string) (store.Client, error) {
	var client store.Client
	var unused int64
	err := s.get(ctx, `SELECT document, unused_until FROM clients WHERE realm = $1 AND id = $2`, []any{id}, document{&client}, &unused)
	return until(client, unused), err
}

// until is a client as its document has it, with the column that decides about
// its end.
func until(client store.Client, unused int64) store.Client {
	if milliseconds(client.UnusedUntil) != unused {
		client.UnusedUntil = timeOf(unused)
	}
	return client
}

// PutClient implements store.Clients.
func (s *Store) PutClient(ctx context.Context, client store.Client) error {
	_, err := s.exec(ctx, `INSERT INTO clients (realm, id, unused_until, document) VALUES ($1, $2, $3, $4)
		ON CONFLICT (realm, id) DO UPDATE SET document = excluded.document,
			unused_until = CASE WHEN clients.unused_until = 0 THEN 0 ELSE excluded.unused_until END`,
		client.ID, milliseconds(client.UnusedUntil), document{client})
	return err
}

// KeepClient implements store.Clients.
func (s *Store) KeepClient(ctx context.Context, id string, until time.Time) error {
	_, err := s.exec(ctx, `UPDATE clients SET unused_until = $3 WHERE realm = $1 AND id = $2 AND unused_until <> 0`, id, milliseconds(until))
	return err
}

// ChangeClient implements store.Clients.
func (s *Store) ChangeClient(ctx context.Context, id string, change func(*store.Client) error) error {
	return changeDocument(ctx, row{s, "clients", id}, change)
}

// Clients implements store.Clients; they come in the order of their ids, byte
// by byte, which is not every database's order.
func (s *Store) Clients(ctx context.Context) ([]store.Client, error) {
	clients, err := list(ctx, s, func(rows *sql.Rows) (store.Client, error) {
		var client store.Client
		var unused int64
		err := rows.Scan(document{&client}, &unused)
		return until(client, unused), err
	}, `SELECT document, unused_until FROM clients WHERE realm = $1`)
	slices.SortFunc(clients, func(a, b store.Client) int { return cmp.Compare(a.ID, b.ID) })
	return clients, err
}

// sweepClients forgets the clients that were never used. What is granted to one
// in this moment ends with it.
func (s *Store) sweepClients(ctx context.Context, now time.Time) error {
	_, err := s.exec(ctx, `DELETE FROM clients WHERE realm = $1 AND unused_until > 0 AND unused_until < $2`, now.UnixMilli())
	return err
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
