package sql

import (
	"context"
	"embed"
	"io/fs"
	"time"

	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
)

//go:embed migrations/*.sql
var migrations embed.FS

// attempts is how often a SQLite database is migrated while another process
// does the same.
const attempts = 5

// migrate brings the database to the newest schema. Replicas that start at the
// same time wait for each other: PostgreSQL has locks for that, and with SQLite
// whoever comes second finds the work done.
func (db *DB) migrate(ctx context.Context, location string) error {
	dialect, options := goose.DialectSQLite3, []goose.ProviderOption(nil)
	if isPostgres(location) {
		locker, err := lock.NewPostgresSessionLocker()
		if err != nil {
			return err
		}
		dialect, options = goose.DialectPostgres, append(options, goose.WithSessionLocker(locker))
	}
	texts, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	provider, err := goose.NewProvider(dialect, db.write, texts, options...)
	if err != nil {
		return err
	}
	for attempt := range attempts {
		if _, err = provider.Up(ctx); err == nil || isPostgres(location) {
			return err
		}
		time.Sleep(time.Duration(attempt+1) * 50 * time.Millisecond)
	}
	return err
}
