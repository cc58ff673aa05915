package world

import (
	"context"
	"errors"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/generated/report"
	"github.com/grantproof/grantproof/harness/check"
)

// parties are the agent and the MCP server of the scenario, as they are spoken to.
type parties struct {
	agent   Agent
	session *mcp.ClientSession
	down    string // The server that does not run.
}

func (w *World) parties() *parties {
	if Part[parties](w) == nil {
		Put(w, new(parties))
	}
	return Part[parties](w)
}

// CannotReach has a server not run for the agent and the MCP server.
func (w *World) CannotReach(server string) { w.parties().down = server }

// errNotEmbedded: what is examined runs beside the embedded servers alone.
var errNotEmbedded = &check.NotApplicable{Reason: "our agent, our MCP server and clients are examined beside the embedded servers; leave the target's servers out", Class: report.LacksRole, Lacks: "embedded servers"}

// party is how the agent and the MCP server are configured: the client of the
// scenario, and the servers of its realm.
func (w *World) party() (Credentials, error) {
	if w.Run.Parties == nil {
		return Credentials{}, errNotEmbedded
	}
	if w.Client == nil {
		return Credentials{}, errNoClient
	}
	credentials := Credentials{
		ClientID: w.Client.ID, ClientSecret: w.Client.Secret, Scope: w.Client.Scope,
		AuthServer: w.Realm.Issuer, ResourceServer: w.Realm.Resource,
	}
	return credentials, nil
}

// PrepareAgent starts the agent of the scenario; it is the same one every
// time, with the token that it has.
func (w *World) PrepareAgent() error {
	parties := w.parties()
	if parties.agent != nil {
		return nil
	}
	credentials, err := w.party()
	if err != nil {
		return err
	}
	parties.agent, err = w.Run.Parties.Agent(w.Realm.ID, credentials.without(parties.down))
	return err
}

// RunAgent tells the agent of the scenario what to do.
func (w *World) RunAgent(ctx context.Context, action string, arguments map[string]string) error {
	if err := w.PrepareAgent(); err != nil {
		return err
	}
	text, problem := w.parties().agent.Run(ctx, action, arguments)
	w.Last = Result{Kind: AgentResult, Text: text, Problem: problem}
	if problem != nil {
		w.Last.Text = problem.Error()
	}
	return nil
}

// nobodyListens is a loopback port on which no server ever is.
const nobodyListens = "http://127.0.0.1:1"

func (c Credentials) without(unreachable string) Credentials {
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
func (w *World) Connect(ctx context.Context) error {
	parties := w.parties()
	if parties.session != nil {
		return nil
	}
	credentials, err := w.party()
	if err != nil {
		return err
	}
	transport, err := w.Run.Parties.MCPServer(ctx, w.Realm.ID, credentials.without(parties.down))
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
func (w *World) CallTool(ctx context.Context, name string, arguments map[string]any) error {
	result, err := w.parties().session.CallTool(ctx, &mcp.CallToolParams{Name: name, Arguments: arguments})
	w.Last = Result{Kind: ToolResult, Problem: err}
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
func (w *World) ListTools(ctx context.Context) error {
	result, err := w.parties().session.ListTools(ctx, nil)
	w.Last = Result{Kind: ToolResult, Problem: err}
	if err == nil {
		w.Last.Tools = result.Tools
	}
	return nil
}
