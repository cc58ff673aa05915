package sql

import (
	"path/filepath"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// Names that are made up do not fill the table, and push out neither what is
// known nor what is locked.
func TestAttemptsAreBounded(t *testing.T) {
	db, err := Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "store.db"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	const most = 100
	s, ctx, now := &Store{db: db}, t.Context(), time.Now()
	if _, err := s.exec(ctx, `INSERT INTO attempts (realm, hash, pending, pending_until, wrong, wrong_until, known_until, expires_at)
		WITH RECURSIVE made(up) AS (SELECT 1 UNION ALL SELECT up + 1 FROM made WHERE up < $2)
		SELECT $1, 'hash ' || up, 0, 0, 1, $3, 0, $3 FROM made`, most, milliseconds(now.Add(2*time.Hour))); err != nil {
		t.Fatal(err)
	}
	locked, known := store.Attempt{Key: token.HashOf("locked"), Most: 2, At: now, Lease: time.Second}, token.HashOf("known")
	for range 2 {
		if reserved, err := s.Reserve(ctx, locked); err != nil || !reserved.Allowed {
			t.Fatalf("%+v, %v", reserved, err)
		}
		if err := s.Settle(ctx, locked, now.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Know(ctx, known, now.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := s.trimAttempts(ctx, most); err != nil {
		t.Fatal(err)
	}
	var kept int
	if err := s.get(ctx, `SELECT count(*) FROM attempts WHERE realm = $1`, nil, &kept); err != nil || kept != most {
		t.Errorf("%d keys are kept, %v", kept, err)
	}
	until, err := s.KnownUntil(ctx, known)
	if err != nil || until.IsZero() {
		t.Errorf("what was known is known until %v, %v", until, err)
	}
	if reserved, err := s.Reserve(ctx, locked); err != nil || reserved.Allowed {
		t.Errorf("what was locked is %+v, %v", reserved, err)
	}
}

// Attempts that were in flight when the server was killed are not in the way of
// the next one, and those that were wrong still count.
func TestAttemptsAfterCrash(t *testing.T) {
	location := "sqlite:" + filepath.Join(t.TempDir(), "store.db")
	attempt := store.Attempt{Key: token.HashOf("key"), Most: 2, At: time.Now(), Lease: time.Hour}
	for i, want := range []store.Reserved{{Allowed: true}, {Allowed: true, Wrong: 1}, {Wrong: 2}} {
		db, err := Open(t.Context(), location, Options{})
		if err != nil {
			t.Fatal(err)
		}
		s := db.Realm("")
		got, err := s.Reserve(t.Context(), attempt)
		if err != nil || got.Allowed != want.Allowed || got.Wrong != want.Wrong {
			t.Errorf("start %d: %+v, %v; want %+v", i, got, err, want)
		}
		if got.Allowed {
			if err := s.Settle(t.Context(), attempt, attempt.At.Add(time.Hour)); err != nil {
				t.Fatal(err)
			}
			if _, err := s.Reserve(t.Context(), attempt); err != nil { // Nobody settles this one.
				t.Fatal(err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
