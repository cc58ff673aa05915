package steps

import (
	"context"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about the authorization servers among which a client finds its way.
var (
	_ = phrases(Given, []step{
		{says: `the MCP server has moved to another authorization server`, do: hasMoved},
		{says: `the MCP server names an authorization server without metadata`, do: namesSilentServer},
	})
	_ = phrases(Then, []step{
		{says: `the metadata document of the agent has`, table: words.Published, do: agentDocumentHas},
		{says: `the agent asked that authorization server for`, table: words.Paths, do: askedSilentServer},
	})
)

func agentDocumentHas(_ context.Context, w *world.World, _ []string, table world.Table) error {
	document, err := w.ClientDocument()
	if err != nil {
		return err
	}
	return members(w, document, table)
}

func hasMoved(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.MoveTools(ctx)
}

func namesSilentServer(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.NameSilentServer(ctx)
}

func askedSilentServer(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	var want []string
	for _, row := range table {
		want = append(want, row.Value)
	}
	// On a failure the older revision is tried, from the beginning.
	if got := w.AskedSilentServer(); len(got) < len(want) || !slices.Equal(got[:len(want)], want) {
		return check.Fail("requests to "+strings.Join(got, ", "), "requests to "+strings.Join(want, ", "))
	}
	return nil
}
