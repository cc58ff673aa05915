package steps

import (
	"context"

	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about the authorization servers among which a client finds its way.
var (
	_ = phrases(Given, []step{
		{says: `the MCP server has moved to another authorization server`, do: hasMoved},
		{says: `the MCP server names an authorization server without metadata`, do: namesSilentServer},
	})
)

func hasMoved(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.MoveTools(ctx)
}

func namesSilentServer(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.NameSilentServer(ctx)
}
