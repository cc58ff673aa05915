package sql

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"testing"

	"github.com/grantproof/grantproof/impl/token"
)

// What is counted waits for no disk, and all else does afterwards, whether
// counting succeeded or not.
func TestLoosely(t *testing.T) {
	db, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "store.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	s := &Store{db: db}
	const normal, full = 1, 2
	for _, outcome := range []error{nil, errors.New("failed")} {
		var during, after int
		err := s.loosely(t.Context(), func(ctx context.Context, connection *sql.Conn) error {
			return errors.Join(outcome, connection.QueryRowContext(ctx, "PRAGMA synchronous").Scan(&during))
		})
		if (err == nil) != (outcome == nil) {
			t.Errorf("%v became %v", outcome, err)
		}
		if err := db.write.QueryRowContext(t.Context(), "PRAGMA synchronous").Scan(&after); err != nil || during != normal || after != full {
			t.Errorf("synchronous is %d while it counts and %d after it, %v; want %d and %d", during, after, err, normal, full)
		}
	}
	if err := s.Know(t.Context(), token.HashOf("key"), timeOf(1)); err != nil {
		t.Error(err)
	}
}
