package doctor

import (
	"cmp"
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// mcpServer begins a session without a token, and lists the tools with one.
func (e *examination) mcpServer(ctx context.Context) {
	if e.run.Target.MCPServer.URL == "" {
		return
	}
	f := Finding{Name: "MCP server", Status: OK, Key: "mcp_server.url", Tried: "initialize without a token"}
	e.initialize(ctx, &f)
	e.found(f)
	if f.Status != Error {
		e.found(e.tools(ctx))
	}
}

func (e *examination) initialize(ctx context.Context, f *Finding) {
	w, err := e.world(ctx, nil)
	if err == nil {
		err = acts.ProtectTools(ctx, w)
	}
	if err == nil {
		world.Part[acts.ToolServer](w).Revision = acts.Stateful
		f.Tried += " at " + world.Part[acts.ToolServer](w).URL
		err = acts.Initialize(ctx, w, world.Table{{Name: "access_token", Value: "(omitted)"}})
	}
	if err != nil {
		f.Status, f.CameBack, f.Change = Error, err.Error(), explain(err).change
		return
	}
	answer := w.Last.Exchange
	f.CameBack = check.Describe(answer)
	challenge, unchallenged := check.Challenge(answer, "Bearer")
	switch {
	case answer.Status == http.StatusUnauthorized && unchallenged == nil:
		f.CameBack += " and a challenge"
		if challenge["resource_metadata"] != "" {
			f.CameBack += " that names " + challenge["resource_metadata"]
		}
	case answer.Status == http.StatusUnauthorized:
		f.CameBack += " without a Bearer challenge, which the run will judge"
	case check.MCPResult(answer) == nil:
		f.Status, f.CameBack = Warning, "a session, without a token"
		f.Change = "the server is not protected; if it should be, start the run: it reports this failure of the server"
	case answer.Status == http.StatusNotFound, answer.Status == http.StatusMethodNotAllowed, answer.IsHTML():
		f.Status, f.Change = Error, "there is no MCP server at this URL; give the URL of the endpoint with its path, often /mcp"
	default:
		f.Status, f.Change = Warning, "expected 401 with a challenge, or a session; check that this is the endpoint of an MCP server over HTTP"
	}
}

// tools looks for the tools of the target file among those that are listed.
func (e *examination) tools(ctx context.Context) Finding {
	known := e.run.Target.MCPServer.Tools
	scope := ""
	if len(known) > 0 {
		scope = known[0].Scope
	}
	f := Finding{Name: "MCP tools", Status: OK, Key: "mcp_server.tools", Tried: "tools/list with a token"}
	held, err := e.obtain(ctx, scope, func(ctx context.Context, w *world.World) error { return acts.ProtectTools(ctx, w) })
	if err != nil {
		f.Status, f.CameBack = Warning, "no token: "+err.Error()
		f.Change = "configure a client that gets a token for the MCP server, or correct the scope of the first tool"
		e.blame(&f, err)
		return f
	}
	names, err := acts.ToolNames(ctx, held.World)
	if err != nil {
		f.Status, f.CameBack = Error, strings.ReplaceAll(err.Error(), "\n", "; ")
		f.Key, f.Change = "mcp_server.url", "the MCP server refuses a token of this authorization server: check that it is configured for this issuer, and that the token is issued for it (resource)"
		return f
	}
	f.CameBack = strings.Join(names, ", ")
	for i, tool := range known {
		if !slices.Contains(names, tool.Name) {
			f.Status, f.Key = Error, fmt.Sprintf("mcp_server.tools.%d.name", i)
			f.Change = fmt.Sprintf("the server has no tool %q; write a tool that it lists", tool.Name)
			return f
		}
	}
	if len(known) == 0 {
		f.Status, f.Key = Warning, "mcp_server"
		f.Change = "add a harmless tool, such as tools: [{name: " + harmlessTool(names) + ", arguments: {}, scope: \"" + cmp.Or(held.Grant.Scope, "…") + "\"}], so that calls are examined too"
	}
	f.unusedScope(held.actor, scope)
	return f
}

// readers are how names of tools begin that change nothing.
var readers = []string{"list", "get", "read", "search", "find", "show", "whoami"}

// harmlessTool is the first name of a tool that sounds as if it changed nothing; …
// where none does.
func harmlessTool(names []string) string {
	for _, name := range names {
		for _, reader := range readers {
			if strings.HasPrefix(strings.ToLower(name), reader) {
				return name
			}
		}
	}
	return "…"
}
