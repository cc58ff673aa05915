package store

import (
	"context"
	"time"

	"github.com/grantproof/grantproof/impl/token"
)

// Attempt is one guess at a secret, before it is judged.
type Attempt struct {
	// Key is what it is counted under. It is a hash, so that a long name fills
	// nothing and the store does not say which names were tried.
	Key token.Hash
	// Most is how many wrong attempts and attempts in flight there may be.
	Most int
	At   time.Time
	// Lease is how long judging may take. An attempt that nobody settled by then,
	// because its process ended, is in flight no longer.
	Lease time.Duration
}

// Reserved is the answer to an attempt.
type Reserved struct {
	// Allowed says that the attempt may be judged, and must be settled after it.
	Allowed bool
	// Wrong is how many wrong attempts count, until WrongUntil.
	Wrong      int
	WrongUntil time.Time
	// KnownUntil is how long the key is known; see Know.
	KnownUntil time.Time
}

// Attempts counts guesses over all replicas. An attempt is reserved before it
// is judged and settled after it, so that of many at the same time no more are
// judged than there may be.
type Attempts interface {
	// Reserve counts an attempt as in flight in one step, unless there are Most
	// already.
	Reserve(ctx context.Context, attempt Attempt) (Reserved, error)
	// Settle ends an attempt. One that was wrong counts until wrongUntil, with
	// all that were wrong before it; the zero time is one that was not.
	Settle(ctx context.Context, attempt Attempt, wrongUntil time.Time) error
	// Know remembers until a time that the secret was proven under a key, and
	// forgets what was wrong under it.
	Know(ctx context.Context, key token.Hash, until time.Time) error
	// KnownUntil is the zero time where nothing was proven.
	KnownUntil(ctx context.Context, key token.Hash) (time.Time, error)
}

// MaxAttempts bounds the keys of one realm. Beyond it those go first that are
// not known and count the fewest wrong attempts: somebody who makes names up
// guesses once at each.
const MaxAttempts = 100_000
