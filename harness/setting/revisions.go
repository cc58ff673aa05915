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

// declines tells whether the MCP server refuses a message for its revision: not
// for the token, which is valid, and not because it fails.
func declines(ctx context.Context, run *world.Run, revision string) bool {
	fresh := run.New()
	defer fresh.Close(ctx)
	if acts.ProtectTools(ctx, fresh) != nil || acts.RegisterAny(ctx, fresh) != nil {
		return false
	}
	world.Part[acts.ToolServer](fresh).Revision = revision
	_ = acts.CallTools(ctx, fresh, nil)
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
