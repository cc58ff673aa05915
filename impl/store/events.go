package store

import (
	"context"
	"time"
)

// Event is a decision that matters for security: what was decided, about whom,
// and why. It never holds a secret, a code, a token or an assertion.
type Event struct {
	At   time.Time
	Name string // Of the package audit, such as token-issued.
	// Those it is about; empty where it is about nobody of that kind.
	ClientID, UserID, GrantID string
	GrantType                 string // Of an event at the token endpoint.
	Address                   string // Where the request came from, without the port.
	Reason                    string // An error code, or a word that says why.
	ExpiresAt                 time.Time
}

// Events remembers events until they expire.
type Events interface {
	// PutEvents remembers all of them or none.
	PutEvents(ctx context.Context, events []Event) error
	// Events returns those since a time; the oldest comes first.
	Events(ctx context.Context, since time.Time) ([]Event, error)
}
