package realm

import (
	"bytes"
	"context"
	"log/slog"
	"sync"

	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/wire"
)

// Journal is the lines that are logged about a realm, bounded; the zero value
// is ready.
type Journal struct {
	mu    sync.Mutex
	lines []string
}

const journalSize = 400

func (j *Journal) add(line string) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if len(j.lines) == journalSize {
		j.lines = j.lines[1:]
	}
	j.lines = append(j.lines, line)
}

// Lines returns what was logged, the oldest first.
func (j *Journal) Lines() []string {
	j.mu.Lock()
	defer j.mu.Unlock()
	return append([]string{}, j.lines...)
}

// Logger returns a logger that hands on to base, and besides keeps what is
// logged while a request to a realm is answered in the realm's journal.
func Logger(base *slog.Logger) *slog.Logger { return slog.New(journaling{Handler: base.Handler()}) }

type journaling struct {
	slog.Handler
	attributes []slog.Attr
}

// Enabled implements slog.Handler: a journal keeps every level.
func (journaling) Enabled(context.Context, slog.Level) bool { return true }

// WithAttrs implements slog.Handler.
func (h journaling) WithAttrs(attributes []slog.Attr) slog.Handler {
	return journaling{h.Handler.WithAttrs(attributes), append(h.attributes[:len(h.attributes):len(h.attributes)], attributes...)}
}

// Handle implements slog.Handler.
func (h journaling) Handle(ctx context.Context, record slog.Record) error {
	if r, ok := ctx.Value(contextKey{}).(*Realm); ok && r.ID != "" {
		kept := record.Clone()
		kept.AddAttrs(h.attributes...)
		var line bytes.Buffer
		if err := slog.NewTextHandler(&line, nil).Handle(ctx, kept); err != nil {
			return err
		}
		r.Journal.add(line.String())
	}
	if !h.Handler.Enabled(ctx, record.Level) {
		return nil
	}
	return h.Handler.Handle(ctx, record)
}

// Access logs the requests that a realm's servers answer.
func Access(log *slog.Logger) func(context.Context, wire.Seen) {
	return func(ctx context.Context, seen wire.Seen) {
		log.DebugContext(ctx, "request answered", Logged.In(From(ctx))(seen)...)
	}
}

// Logged is what is logged of a request: never its parameters, which hold secrets (RFC
// 6749 section 10.3, https://www.rfc-editor.org/rfc/rfc6749#section-10.3).
var Logged = rule.New(func(seen wire.Seen) []any {
	return []any{"role", seen.Role, "method", seen.Method, "path", seen.Path, "status", seen.Status}
})
