package sql

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
)

// connections is how many a replica opens at most.
const connections = 16

func isPostgres(location string) bool {
	return strings.HasPrefix(location, "postgres://") || strings.HasPrefix(location, "postgresql://")
}

func openPostgres(ctx context.Context, location string, options Options) (*DB, error) {
	config, err := pgx.ParseConfig(location)
	if err != nil {
		return nil, fmt.Errorf("the URL of the database is not understood: %w", err)
	}
	seal, err := keySeal(options.Key)
	if err != nil {
		return nil, err
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = patience
	}
	if options.Disposable {
		config.RuntimeParams["synchronous_commit"] = "off"
	}
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(connections)
	pool.SetMaxIdleConns(connections)
	pool.SetConnMaxIdleTime(time.Minute)
	db := &DB{read: pool, write: pool, seal: seal, unavailable: postgresUnavailable}
	if !options.Disposable {
		db.durability = postgresDurability
	}
	if err := pool.PingContext(ctx); err != nil {
		// pgx tells of each address on a line of its own.
		reason := strings.Join(strings.Fields(err.Error()), " ")
		return nil, errors.Join(fmt.Errorf("the database cannot be reached: %s", reason), pool.Close())
	}
	return db, nil
}

// postgresUnavailable: what PostgreSQL itself refuses is unavailable by its
// class (https://www.postgresql.org/docs/current/errcodes-appendix.html):
// connection, rollback of a transaction, resources, operator, system. Anything
// else that fails is the way to it.
func postgresUnavailable(err error) bool {
	var refused *pgconn.PgError
	if !errors.As(err, &refused) {
		return true
	}
	switch refused.Code[:2] {
	case "08", "25", "40", "53", "57", "58":
		return true
	}
	return false
}
