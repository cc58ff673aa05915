package acts

import (
	"context"
	"errors"
	"strconv"
	"sync"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/generated/report"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about the agent and the tools of the MCP server of the documented
// system, and about agents as clients of an MCP server.
var _ = phrases(When, []step{
	{says: `the agent runs "([^"]*)"(?: (\d+) times at once)?`, with: words.Arguments, done: `the agent has run "([^"]*)"(?: (\d+) times at once)?`, do: agentRuns},
	{says: `the client (lists the MCP tools|calls the MCP tool "([^"]*)")`, with: words.Arguments, do: callsTool},
	{says: `the agent (connects to the MCP server|calls the MCP tool "([^"]*)")`, do: agentConnects},
	{says: `every agent calls the MCP tool "([^"]*)" (\d+) times at once`, done: `every agent has called the MCP tool "([^"]*)" (\d+) times at once`, do: everyAgentCalls,
		once: "one scenario has several agents"},
})

func agentRuns(ctx context.Context, w *world.World, args []string, table world.Table) error {
	if args[1] != "" {
		return agentRunsAtOnce(ctx, w, args)
	}
	arguments := map[string]string{}
	for _, row := range table {
		arguments[row.Name] = row.Value
	}
	return RunAgent(ctx, w, args[0], arguments)
}

// agentRunsAtOnce: the callers share one agent, and so one token.
func agentRunsAtOnce(ctx context.Context, w *world.World, args []string) error {
	times, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	if err := PrepareAgent(w); err != nil {
		return err
	}
	problems := make([]error, times)
	var group sync.WaitGroup
	for i := range times {
		caller := w.Fork()
		group.Go(func() {
			problems[i] = RunAgent(ctx, caller, args[0], nil)
			problems[i] = errors.Join(problems[i], caller.Last.Problem)
		})
	}
	group.Wait()
	w.Last = world.Result{Kind: world.AgentResult, Problem: errors.Join(problems...)}
	return nil
}

func callsTool(ctx context.Context, w *world.World, args []string, table world.Table) error {
	if err := Connect(ctx, w); err != nil {
		return err
	}
	if args[1] == "" {
		return ListTools(ctx, w)
	}
	arguments := map[string]any{}
	for _, row := range table {
		if row.Value != "(omitted)" {
			arguments[row.Name] = row.Value
		}
	}
	return CallTool(ctx, w, args[1], arguments)
}

func agentConnects(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if args[1] == "" {
		return ConnectMCPClient(ctx, w)
	}
	return CallByMCPClient(ctx, w, args[1])
}

func everyAgentCalls(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	times, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	return CallAtOnce(ctx, w, args[0], times)
}

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
