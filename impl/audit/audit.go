// Package audit owns the record of decisions that matter for security: JSON
// lines at once, and a table in the store a moment later. An event says what
// was decided about whom and why, and never holds a secret, a code, a token or
// an assertion: there is no field for one.
//
// It does not decide, and does not know what a realm is besides its name.
package audit

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/grantproof/grantproof/impl/printable"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// Log is where the events of all realms go; nil is nowhere.
type Log struct {
	Lines slog.Handler      // See Lines; nil for none.
	Seen  func(store.Event) // Hears of every event; nil for nobody.
	// Kept is how long an event stays in the table; 0 keeps none there.
	Kept time.Duration
	// Required refuses decisions while no event can be kept; see Keeps.
	Required bool

	unwritten atomic.Bool // Whether the last line could not be written.
}

// Lines writes each event as one line of JSON, in which a terminal obeys nothing.
func Lines(w io.Writer) slog.Handler {
	return slog.NewJSONHandler(printable.NewWriter(w), &slog.HandlerOptions{ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
		switch {
		case len(groups) > 0:
		case a.Key == slog.MessageKey:
			a.Key = "event"
		case a.Key == slog.LevelKey:
			return slog.Attr{}
		}
		return a
	}})
}

// Trail is the log of one realm; nil is silent.
type Trail struct {
	log   *Log
	realm string
	now   func() time.Time
	table *table // nil where the realm keeps none.
}

// Trail returns the log of a realm, by its clock, which keeps a table in events
// unless that is nil.
func (l *Log) Trail(realm string, now func() time.Time, events store.Events) *Trail {
	if l == nil {
		return nil
	}
	t := &Trail{log: l, realm: realm, now: now}
	if events != nil && l.Kept > 0 {
		t.table = &table{store: events}
	}
	return t
}

type aboutKey struct{}

// Of returns the context of a request with an event to fill in, for About.
func Of(r *http.Request) context.Context {
	about := &store.Event{Address: r.RemoteAddr}
	if host, _, err := net.SplitHostPort(r.RemoteAddr); err == nil {
		about.Address = host
	}
	return context.WithValue(r.Context(), aboutKey{}, about)
}

// About is whom the request behind ctx is about. Whoever finds that out fills
// it in, and what is told later of the request says it.
func About(ctx context.Context) *store.Event {
	if about, ok := ctx.Value(aboutKey{}).(*store.Event); ok {
		return about
	}
	return &store.Event{}
}

// Tell records that something was decided about whom About says.
func (t *Trail) Tell(ctx context.Context, name, reason string) {
	if t == nil {
		return
	}
	event := *About(ctx)
	event.Name, event.Reason = name, reason
	t.Record(ctx, event)
}

// Decided records that something was allowed, or, where err says so, refused. A
// request beyond a limit is none of these: the limit records that by itself, and
// now and then only, so that a flood of requests does not flood the record.
func (t *Trail) Decided(ctx context.Context, allowed, refused string, err error) {
	limited := new(wire.Error)
	switch {
	case err == nil:
		t.Tell(ctx, allowed, "")
	case errors.As(err, &limited) && limited.StatusCode() == http.StatusTooManyRequests:
	default:
		t.Tell(ctx, refused, Reason(err))
	}
}

// Reason is the error code of a refusal, or that the fault is ours.
func Reason(err error) string {
	if refused := new(wire.Error); errors.As(err, &refused) {
		return refused.Code
	}
	if errors.Is(err, store.ErrUnavailable) {
		return "store_unavailable"
	}
	return "server_error"
}

// Record records an event that is about whom it says itself; its times are
// filled in.
func (t *Trail) Record(ctx context.Context, event store.Event) {
	if t == nil {
		return
	}
	event.At = t.now()
	event.ExpiresAt = event.At.Add(t.log.Kept)
	t.say(ctx, event)
	if t.table != nil {
		t.table.add(event)
	}
}

// Note says that something happened which whoever did it has put into the table
// already.
func (t *Trail) Note(ctx context.Context, name, reason string) {
	if t != nil {
		t.say(ctx, store.Event{At: t.now(), Name: name, Reason: reason})
	}
}

// ByCommand puts into the table what a command did.
func ByCommand(ctx context.Context, events store.Events, did store.Event, now time.Time) error {
	did.At, did.ExpiresAt, did.Address = now, now.Add(Kept), "command"
	return events.PutEvents(ctx, []store.Event{did})
}

// Kept is how long events are kept where nobody says otherwise.
const Kept = 30 * 24 * time.Hour

func (t *Trail) say(ctx context.Context, event store.Event) {
	t.log.write(ctx, t.realm, event)
	if t.log.Seen != nil {
		t.log.Seen(event)
	}
}

// Write writes the line of an event of the root realm that was recorded before.
func (l *Log) Write(event store.Event) { l.write(context.Background(), "", event) }

func (l *Log) hasLines() bool {
	return l.Lines != nil && l.Lines.Enabled(context.Background(), slog.LevelInfo)
}

func (l *Log) write(ctx context.Context, realm string, event store.Event) {
	if !l.hasLines() {
		return
	}
	line := slog.NewRecord(event.At, slog.LevelInfo, event.Name, 0)
	for _, field := range [][2]string{
		{"realm", realm}, {"client_id", event.ClientID}, {"user_id", event.UserID}, {"grant_id", event.GrantID},
		{"grant_type", event.GrantType}, {"remote_address", event.Address}, {"reason", event.Reason},
	} {
		if field[1] != "" {
			line.AddAttrs(slog.String(field[0], field[1]))
		}
	}
	l.unwritten.Store(l.Lines.Handle(ctx, line) != nil)
}
