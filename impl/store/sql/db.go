package sql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// Options say how a database is used.
type Options struct {
	// Key encrypts signing keys: 32 bytes as base64. SQLite makes a key file
	// beside the database where it is left out; PostgreSQL has no place for one.
	Key string
	// Disposable is for what is deleted soon anyway: it survives the end of the
	// process, but the last moments may be lost with the power.
	Disposable bool
	// Existing refuses to make a database, or its tables in an empty one, so that
	// a mistyped location is no empty server.
	Existing bool
	// Failed hears of each statement that the database could not carry out.
	Failed func()
}

// DB is a database of realms. It implements store.Stores.
type DB struct {
	read, write *sql.DB
	seal        *token.Sealer // nil where there is no key.
	unavailable func(error) bool
	durability  durability
	failed      func() // nil where nobody listens.
}

var _ store.Stores = (*DB)(nil)

// ErrNoStore says that there is nothing at a location where something must be.
var ErrNoStore = errors.New("there is no store yet; check the location, or make the store with `grantproof store init`")

// exists tells whether the database has the tables of a store. One that does not
// answer is for others to report.
func (db *DB) exists(ctx context.Context) bool {
	var realm string
	err := db.read.QueryRowContext(ctx, `SELECT realm FROM signing_keys LIMIT 1`).Scan(&realm)
	return err == nil || errors.Is(err, sql.ErrNoRows) || db.unavailable(err)
}

// Open opens sqlite:PATH or postgres://…, and brings the database to the newest
// schema.
func Open(ctx context.Context, location string, options Options) (*DB, error) {
	db, err := open(ctx, location, options)
	if err != nil {
		return nil, err
	}
	db.failed = options.Failed
	if options.Existing && !db.exists(ctx) {
		return nil, errors.Join(fmt.Errorf("the database has no tables: %w", ErrNoStore), db.Close())
	}
	if err := db.migrate(ctx, location); err != nil {
		return nil, errors.Join(fmt.Errorf("the database cannot be brought to this version's schema: %w", err), db.Close())
	}
	if !isPostgres(location) {
		if err := db.abandonAttempts(ctx); err != nil {
			return nil, errors.Join(err, db.Close())
		}
	}
	return db, nil
}

func open(ctx context.Context, location string, options Options) (*DB, error) {
	if path, ok := strings.CutPrefix(location, "sqlite:"); ok {
		return openSQLite(ctx, path, options)
	}
	if isPostgres(location) {
		return openPostgres(ctx, location, options)
	}
	return nil, errors.New("a store is memory, sqlite:PATH or postgres://USER:PASSWORD@HOST/DATABASE")
}

// Realm implements store.Stores.
func (db *DB) Realm(id string) store.Store { return &Store{db: db, realm: id} }

// Close implements store.Stores.
func (db *DB) Close() error {
	if db.read == db.write {
		return db.write.Close()
	}
	return errors.Join(db.read.Close(), db.write.Close())
}
