package acts

import (
	"context"
	"errors"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/generated/report"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// parties are the agent and the MCP server of the scenario, as they are spoken to.
type parties struct {
	agent   world.Agent
	session *mcp.ClientSession
	down    string // The server that does not run.
}

func partiesOf(w *world.World) *parties {
	if world.Part[parties](w) == nil {
		world.Put(w, new(parties))
	}
	return world.Part[parties](w)
}

// CannotReach has a server not run for the agent and the MCP server.
func CannotReach(w *world.World, server string) { partiesOf(w).down = server }

// errNotEmbedded: what is examined runs beside the embedded servers alone.
var errNotEmbedded = &check.NotApplicable{Reason: "our agent, our MCP server and clients are examined beside the embedded servers; leave the target's servers out", Class: report.LacksRole, Lacks: "embedded servers"}

// party is how the agent and the MCP server are configured: the client of the
// scenario, and the servers of its realm.
func party(w *world.World) (world.Credentials, error) {
	if w.Run.Parties == nil {
		return world.Credentials{}, errNotEmbedded
	}
	if w.Client == nil {
		return world.Credentials{}, errNoClient
	}
	credentials := world.Credentials{
		ClientID: w.Client.ID, ClientSecret: w.Client.Secret, Scope: w.Client.Scope,
		AuthServer: w.Realm.Issuer, ResourceServer: w.Realm.Resource,
	}
	return credentials, nil
}

// PrepareAgent starts the agent of the scenario; it is the same one every
// time, with the token that it has.
func PrepareAgent(w *world.World) error {
	parties := partiesOf(w)
	if parties.agent != nil {
		return nil
	}
	credentials, err := party(w)
	if err != nil {
		return err
	}
	parties.agent, err = w.Run.Parties.Agent(w.Realm.ID, without(credentials, parties.down))
	return err
}

// RunAgent tells the agent of the scenario what to do.
func RunAgent(ctx context.Context, w *world.World, action string, arguments map[string]string) error {
	if err := PrepareAgent(w); err != nil {
		return err
	}
	text, problem := partiesOf(w).agent.Run(ctx, action, arguments)
	w.Last = world.Result{Kind: world.AgentResult, Text: text, Problem: problem}
	if problem != nil {
		w.Last.Text = problem.Error()
	}
	return nil
}

// nobodyListens is a loopback port on which no server ever is.
const nobodyListens = "http://127.0.0.1:1"

func without(c world.Credentials, unreachable string) world.Credentials {
	switch unreachable {
	case "authorization server":
		c.AuthServer = nobodyListens
	case "protected resource":
		c.ResourceServer = nobodyListens
	}
	return c
}

// Connect connects to the MCP server of the scenario as a client of another
// make would, over its standard streams.
func Connect(ctx context.Context, w *world.World) error {
	parties := partiesOf(w)
	if parties.session != nil {
		return nil
	}
	credentials, err := party(w)
	if err != nil {
		return err
	}
	transport, err := w.Run.Parties.MCPServer(ctx, w.Realm.ID, without(credentials, parties.down))
	if err != nil {
		return err
	}
	client := mcp.NewClient(&mcp.Implementation{Name: "grantproof-examiner", Version: "1"}, nil)
	session, err := client.Connect(ctx, transport, nil)
	if err != nil {
		return errors.Join(errors.New("the MCP server did not complete the initialization"), err)
	}
	parties.session = session
	w.OnClose(func(context.Context) { _ = session.Close() })
	return nil
}

// CallTool calls a tool of the MCP server.
func CallTool(ctx context.Context, w *world.World, name string, arguments map[string]any) error {
	result, err := partiesOf(w).session.CallTool(ctx, &mcp.CallToolParams{Name: name, Arguments: arguments})
	w.Last = world.Result{Kind: world.ToolResult, Problem: err}
	if err != nil {
		w.Last.Text = err.Error()
		return nil
	}
	for _, content := range result.Content {
		if text, ok := content.(*mcp.TextContent); ok {
			w.Last.Text += text.Text
		}
	}
	w.Last.Tool = result
	if result.IsError {
		w.Last.Problem = errors.New(w.Last.Text)
	}
	return nil
}

// ListTools asks the MCP server which tools it has.
func ListTools(ctx context.Context, w *world.World) error {
	result, err := partiesOf(w).session.ListTools(ctx, nil)
	w.Last = world.Result{Kind: world.ToolResult, Problem: err}
	if err == nil {
		w.Last.Tools = result.Tools
	}
	return nil
}
