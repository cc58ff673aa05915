package world

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
)

// The revisions of MCP on which scenarios speak.
const (
	Stateful  = "2025-11-25"
	Stateless = "2026-07-28"
)

// revisions are those on which an MCP server answers. Nobody says so before it
// is asked with a token.
type revisions struct {
	once   sync.Once
	spoken []string
}

// Speak chooses the revision of the protocol. Only a realm of ours is known to
// speak each.
func (w *World) Speak(ctx context.Context, revision string) error {
	Part[ToolServer](w).Revision = revision
	if w.control != nil {
		return nil
	}
	if spoken := w.Run.spokenRevisions(ctx); !slices.Contains(spoken, revision) {
		return &check.NotApplicable{Reason: fmt.Sprintf("the MCP server does not speak the revision %s; it speaks %s", revision, strings.Join(spoken, " and "))}
	}
	return nil
}

func (r *Run) newestRevision(ctx context.Context) string {
	spoken := r.spokenRevisions(ctx)
	return spoken[len(spoken)-1]
}

// spokenRevisions is tried once. A server that declines each is taken to speak
// each, so that its refusals are seen.
func (r *Run) spokenRevisions(ctx context.Context) []string {
	r.revisions.once.Do(func() {
		all := []string{Stateful, Stateless}
		r.revisions.spoken = slices.DeleteFunc(slices.Clone(all), func(revision string) bool { return r.declines(ctx, revision) })
		if len(r.revisions.spoken) == 0 {
			r.revisions.spoken = all
		}
	})
	return r.revisions.spoken
}

// declines tells whether the MCP server refuses a message for its revision: not
// for the token, which is valid, and not because it fails.
func (r *Run) declines(ctx context.Context, revision string) bool {
	fresh := r.New()
	defer fresh.Close(ctx)
	if fresh.ProtectTools(ctx) != nil || fresh.registerAny(ctx) != nil {
		return false
	}
	Part[ToolServer](fresh).Revision = revision
	_ = fresh.CallTools(ctx, nil)
	var last *exchange.Exchange
	for _, e := range fresh.Log.All() {
		if e.Endpoint == exchange.MCP {
			last = e
		}
	}
	if last == nil || check.MCPResult(last) == nil {
		return false
	}
	switch last.Status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		return false
	}
	return last.Status < http.StatusInternalServerError
}
