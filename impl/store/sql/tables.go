package sql

import (
	"context"
	"errors"
	"time"
)

// tables are all that hold rows of realms; a test finds one that is left out.
var tables = []string{
	"clients",
	"users",
	"grants",
	"codes",
	"refresh_tokens",
	"marks",
	"sessions",
	"consents",
	"tasks",
	"counters",
	"signing_keys",
	"events",
}

// expiring are those of them whose rows are worthless after expires_at.
var expiring = []string{
	"grants",
	"codes",
	"refresh_tokens",
	"marks",
	"sessions",
	"events",
}

// Sweep implements store.Store.
func (s *Store) Sweep(ctx context.Context, now time.Time) error {
	errs := []error{s.sweepClients(ctx, now)}
	for _, table := range expiring {
		_, err := s.exec(ctx, `DELETE FROM `+table+` WHERE realm = $1 AND expires_at < $2`, now.UnixMilli())
		errs = append(errs, err)
	}
	return errors.Join(errs...)
}

// Forget implements store.Stores.
func (db *DB) Forget(ctx context.Context, id string) error {
	s := &Store{db: db, realm: id}
	ctx, cancel := bounded(ctx)
	defer cancel()
	transaction, err := db.write.BeginTx(ctx, nil)
	if err != nil {
		return s.failure(err)
	}
	for _, table := range tables {
		if _, err := transaction.ExecContext(ctx, `DELETE FROM `+table+` WHERE realm = $1`, id); err != nil {
			return errors.Join(s.failure(err), transaction.Rollback())
		}
	}
	return s.failure(transaction.Commit())
}
