package acts

import (
	"context"
	"errors"
	"strconv"
	"sync"

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
