package sql

import (
	"context"
	"errors"
	"time"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// What counts at the time $3: attempts in flight end with their lease, and wrong
// ones with their window.
const (
	stillPending = `CASE WHEN attempts.pending_until > $3 THEN attempts.pending ELSE 0 END`
	stillWrong   = `CASE WHEN attempts.wrong_until > $3 THEN attempts.wrong ELSE 0 END`
)

// Reserve implements store.Attempts. The row is locked while the statement
// decides, in both engines.
func (s *Store) Reserve(ctx context.Context, attempt store.Attempt) (store.Reserved, error) {
	var reserved store.Reserved
	var wrongUntil, knownUntil int64
	columns := []any{&reserved.Wrong, &wrongUntil, &knownUntil}
	err := s.count(ctx, `INSERT INTO attempts (realm, hash, pending, pending_until, wrong, wrong_until, known_until, expires_at)
		VALUES ($1, $2, 1, $4, 0, 0, 0, $4)
		ON CONFLICT (realm, hash) DO UPDATE SET
			pending = `+stillPending+` + 1, pending_until = $4, wrong = `+stillWrong+`,
			expires_at = CASE WHEN attempts.expires_at > $4 THEN attempts.expires_at ELSE $4 END
		WHERE `+stillPending+` + `+stillWrong+` < $5
		RETURNING wrong, wrong_until, known_until`,
		[]any{attempt.Key[:], milliseconds(attempt.At), milliseconds(attempt.At.Add(attempt.Lease)), attempt.Most}, columns...)
	reserved.Allowed = err == nil
	if errors.Is(err, store.ErrNotFound) {
		err = s.get(ctx, `SELECT `+stillWrong+`, wrong_until, known_until FROM attempts WHERE realm = $1 AND hash = $2`,
			[]any{attempt.Key[:], milliseconds(attempt.At)}, columns...)
	}
	if errors.Is(err, store.ErrNotFound) { // It was swept in between.
		err = nil
	}
	reserved.WrongUntil, reserved.KnownUntil = timeOf(wrongUntil), timeOf(knownUntil)
	return reserved, err
}

// Settle implements store.Attempts.
func (s *Store) Settle(ctx context.Context, attempt store.Attempt, wrongUntil time.Time) error {
	const ended = `UPDATE attempts SET pending = CASE WHEN pending > 0 THEN pending - 1 ELSE 0 END`
	if wrongUntil.IsZero() {
		return s.count(ctx, ended+` WHERE realm = $1 AND hash = $2`, []any{attempt.Key[:]})
	}
	return s.count(ctx, ended+`, wrong = `+stillWrong+` + 1, wrong_until = $4,
			expires_at = CASE WHEN expires_at > $4 THEN expires_at ELSE $4 END
		WHERE realm = $1 AND hash = $2`, []any{attempt.Key[:], milliseconds(attempt.At), milliseconds(wrongUntil)})
}

// Know implements store.Attempts.
func (s *Store) Know(ctx context.Context, key token.Hash, until time.Time) error {
	return s.count(ctx, `INSERT INTO attempts (realm, hash, pending, pending_until, wrong, wrong_until, known_until, expires_at)
		VALUES ($1, $2, 0, 0, 0, 0, $3, $3)
		ON CONFLICT (realm, hash) DO UPDATE SET wrong = 0, known_until = $3, expires_at = $3`,
		[]any{key[:], milliseconds(until)})
}

// KnownUntil implements store.Attempts.
func (s *Store) KnownUntil(ctx context.Context, key token.Hash) (time.Time, error) {
	var until int64
	err := s.get(ctx, `SELECT known_until FROM attempts WHERE realm = $1 AND hash = $2`, []any{key[:]}, &until)
	if errors.Is(err, store.ErrNotFound) {
		err = nil
	}
	return timeOf(until), err
}

// trimAttempts keeps so many keys at most; see store.MaxAttempts.
func (s *Store) trimAttempts(ctx context.Context, most int) error {
	_, err := s.exec(ctx, `DELETE FROM attempts WHERE realm = $1 AND hash IN (
		SELECT hash FROM attempts WHERE realm = $1 ORDER BY known_until DESC, wrong DESC, expires_at DESC LIMIT 1000000000 OFFSET $2)`, most)
	return err
}

// abandonAttempts ends the attempts in flight of a process that was killed. A
// SQLite database has one server, so that all of them are those of its
// predecessor; among replicas their leases end. A command that opens the database
// of a running server forgets attempts in flight too, and none that was wrong.
func (db *DB) abandonAttempts(ctx context.Context) error {
	_, err := db.write.ExecContext(ctx, `UPDATE attempts SET pending = 0 WHERE pending > 0`)
	return err
}
