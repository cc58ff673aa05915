package sql

import (
	"context"
	"errors"
	"time"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
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
	"attempts",
}

// expiring are those of them whose rows are worthless after expires_at.
var expiring = []string{
	"grants",
	"codes",
	"refresh_tokens",
	"marks",
	"sessions",
	"events",
	"attempts",
}

// Sweep implements store.Store.
func (s *Store) Sweep(ctx context.Context, now time.Time) error {
	errs := []error{s.sweepClients(ctx, now)}
	for _, table := range expiring {
		_, err := s.exec(ctx, `DELETE FROM `+table+` WHERE realm = $1 AND expires_at < $2`, now.UnixMilli())
		errs = append(errs, err)
	}
	return errors.Join(append(errs, s.trimAttempts(ctx, store.MaxAttempts))...)
}

// probeSize is more than any one operation writes, so that there is room for one
// where there was room for a probe. PostgreSQL packs zeros into a few bytes;
// SQLite writes all of them.
const probeSize = 32 << 10

// Probe implements store.Store. What it writes stands where a session would, by
// a hash that no secret has.
func (s *Store) Probe(ctx context.Context, now time.Time) error {
	return s.PutSession(ctx, store.Session{Hash: token.Hash{}, Data: make([]byte, probeSize), ExpiresAt: now.Add(time.Hour)})
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
