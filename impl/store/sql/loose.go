package sql

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
)

// durability is how a connection is told to let a commit not wait for the disk,
// and to wait again. Empty texts say that it does not wait anyway.
type durability struct{ loose, strict string }

var (
	sqliteDurability   = durability{"PRAGMA synchronous = NORMAL", "PRAGMA synchronous = FULL"}
	postgresDurability = durability{"SET synchronous_commit = off", "RESET synchronous_commit"}
)

// loosely runs a statement that may be lost with the power, though not with the
// process: a count of guesses is worth no wait for the disk at each request.
// What is committed strictly after it takes it along.
func (s *Store) loosely(ctx context.Context, do func(context.Context, *sql.Conn) error) error {
	ctx, cancel := bounded(ctx)
	defer cancel()
	connection, err := s.db.write.Conn(ctx)
	if err != nil {
		return s.failure(err)
	}
	defer connection.Close()
	if s.db.durability.loose == "" {
		return s.failure(do(ctx, connection))
	}
	if _, err := connection.ExecContext(ctx, s.db.durability.loose); err != nil {
		return s.failure(err)
	}
	err = do(ctx, connection)
	if _, failed := connection.ExecContext(ctx, s.db.durability.strict); failed != nil {
		// Nothing else may be written with this connection.
		_ = connection.Raw(func(any) error { return driver.ErrBadConn })
		err = errors.Join(err, failed)
	}
	return s.failure(err)
}

// count runs a statement of the realm loosely, and reads what it returns, if
// columns are given.
func (s *Store) count(ctx context.Context, text string, args []any, columns ...any) error {
	return s.loosely(ctx, func(ctx context.Context, connection *sql.Conn) error {
		if len(columns) > 0 {
			return connection.QueryRowContext(ctx, text, s.with(args)...).Scan(columns...)
		}
		_, err := connection.ExecContext(ctx, text, s.with(args)...)
		return err
	})
}
