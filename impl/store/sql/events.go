package sql

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/grantproof/grantproof/impl/store"
)

// eventsAtOnce is how many events one statement writes.
const eventsAtOnce = 500

// PutEvents implements store.Events. What is more than one statement takes is
// refused, so that it is all or nothing.
func (s *Store) PutEvents(ctx context.Context, events []store.Event) error {
	if len(events) == 0 {
		return nil
	}
	if len(events) > eventsAtOnce {
		return fmt.Errorf("%d events are put at once; %d are the most", len(events), eventsAtOnce)
	}
	var rows []string
	var args []any
	for _, event := range events {
		n := len(args) + 2 // $1 is the realm.
		rows = append(rows, fmt.Sprintf("($1, $%d, $%d, $%d)", n, n+1, n+2))
		args = append(args, milliseconds(event.At), milliseconds(event.ExpiresAt), document{event})
	}
	_, err := s.exec(ctx, `INSERT INTO events (realm, at, expires_at, document) VALUES `+strings.Join(rows, ", "), args...)
	return err
}

// Events implements store.Events.
func (s *Store) Events(ctx context.Context, since time.Time) ([]store.Event, error) {
	events, err := documents[store.Event](ctx, s, `SELECT document FROM events WHERE realm = $1 AND at >= $2`, since.UnixMilli())
	slices.SortStableFunc(events, func(a, b store.Event) int { return a.At.Compare(b.At) })
	return events, err
}
