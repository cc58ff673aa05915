package acts

import (
	"context"

	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about the authorization servers among which a client finds its way.
var (
	_ = phrases(Given, []step{
		{says: `the MCP server (has moved to another authorization server|names an authorization server without metadata)`, do: namesOther},
	})
)

func namesOther(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if args[0] == "has moved to another authorization server" {
		return MoveTools(ctx, w)
	}
	return NameSilentServer(ctx, w)
}
