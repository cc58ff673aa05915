package setting

import (
	"context"
	"net/http"
	"slices"
	"sync"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/world"
)

// revisions are those on which an MCP server answers, which it shows only when it
// is asked with a token.
type revisions struct {
	once   sync.Once
	spoken []string
}

// Revisions implements world.Setting: each is tried once. A server that declines
// each is taken to speak each, so that its refusals are seen.
func (f *foreign) Revisions(ctx context.Context, run *world.Run) []string {
	f.revisions.once.Do(func() {
		all := []string{acts.Stateful, acts.Stateless}
		f.revisions.spoken = slices.DeleteFunc(slices.Clone(all), func(revision string) bool { return declines(ctx, run, revision) })
		if len(f.revisions.spoken) == 0 {
			f.revisions.spoken = all
		}
	})
	return f.revisions.spoken
}

// declines tells whether the MCP server refuses its first message for its revision: not
// for the token, which is valid, not because it fails, and not for want of the method.
func declines(ctx context.Context, run *world.Run, revision string) bool {
	fresh := run.New()
	defer fresh.Close(ctx)
	if acts.ProtectTools(ctx, fresh) != nil || acts.RegisterAny(ctx, fresh) != nil {
		return false
	}
	world.Part[acts.ToolServer](fresh).Revision = revision
	_ = acts.CallTools(ctx, fresh, nil)
	var first *exchange.Exchange // Of a revision with sessions it begins one.
	for _, e := range fresh.Log.All() {
		if e.Endpoint == exchange.MCP && first == nil {
			first = e
		}
	}
	if first == nil || check.MCPResult(first) == nil {
		return false
	}
	switch first.Status {
	case http.StatusUnauthorized, http.StatusForbidden, http.StatusTooManyRequests:
		return false
	}
	return first.Status < http.StatusInternalServerError && !check.MCPUnknownMethod(first)
}
