package sql

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/grantproof/grantproof/impl/store"
)

// patience is how long a statement may take, waiting for a connection included.
const patience = 5 * time.Second

// Store is what one realm remembers. It implements store.Store.
type Store struct {
	db    *DB
	realm string
}

var _ store.Store = (*Store)(nil)

// bounded gives a statement its time. It ends even if whoever asked is gone: a
// client must not be able to stop what follows from its request.
func bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), patience)
}

// exec runs a statement of the realm, which is its $1, and tells how many rows
// it changed.
func (s *Store) exec(ctx context.Context, text string, args ...any) (int64, error) {
	ctx, cancel := bounded(ctx)
	defer cancel()
	result, err := s.db.write.ExecContext(ctx, text, s.with(args)...)
	if err != nil {
		return 0, s.failure(err)
	}
	changed, err := result.RowsAffected()
	return changed, s.failure(err)
}

// get reads one row of the realm.
func (s *Store) get(ctx context.Context, text string, args []any, columns ...any) error {
	return s.row(ctx, s.db.read, text, args, columns)
}

// take changes one row of the realm and reads what it returns.
func (s *Store) take(ctx context.Context, text string, args []any, columns ...any) error {
	return s.row(ctx, s.db.write, text, args, columns)
}

func (s *Store) row(ctx context.Context, pool *sql.DB, text string, args, columns []any) error {
	if slices.ContainsFunc(args, noText) {
		return store.ErrNotFound
	}
	ctx, cancel := bounded(ctx)
	defer cancel()
	return s.failure(pool.QueryRowContext(ctx, text, s.with(args)...).Scan(columns...))
}

// noText: PostgreSQL holds no text with a NUL or that is not UTF-8, so that
// nothing is found by it.
func noText(arg any) bool {
	text, ok := arg.(string)
	return ok && (strings.ContainsRune(text, 0) || !utf8.ValidString(text))
}

// list reads rows of the realm.
func list[T any](ctx context.Context, s *Store, scan func(*sql.Rows) (T, error), text string, args ...any) ([]T, error) {
	ctx, cancel := bounded(ctx)
	defer cancel()
	rows, err := s.db.read.QueryContext(ctx, text, s.with(args)...)
	if err != nil {
		return nil, s.failure(err)
	}
	defer rows.Close()
	var found []T
	for rows.Next() {
		one, err := scan(rows)
		if err != nil {
			return nil, err
		}
		found = append(found, one)
	}
	return found, s.failure(rows.Err())
}

// documents reads rows that are documents alone.
func documents[T any](ctx context.Context, s *Store, text string, args ...any) ([]T, error) {
	return list(ctx, s, func(rows *sql.Rows) (one T, err error) {
		err = rows.Scan(document{&one})
		return one, err
	}, text, args...)
}

func (s *Store) with(args []any) []any { return append([]any{s.realm}, args...) }

// failure says what an error means to who asked.
func (s *Store) failure(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, sql.ErrNoRows):
		return store.ErrNotFound
	}
	if s.db.failed != nil {
		s.db.failed()
	}
	if s.db.unavailable(err) {
		return fmt.Errorf("%w: %w", store.ErrUnavailable, err)
	}
	return err
}

// milliseconds is the stored form of a time; the zero time is 0.
func milliseconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func timeOf(milliseconds int64) time.Time {
	if milliseconds == 0 {
		return time.Time{}
	}
	return time.UnixMilli(milliseconds)
}
