package steps

import (
	"context"
	"strconv"

	"github.com/grantproof/grantproof/harness/world"
)

// limitGivens are about asking too much.
var _ = phrases(Given, []step{
	{says: `the client has requested (\d+) tokens`, do: hasRequestedTokens},
})

// hasRequestedTokens: whatever came of it.
func hasRequestedTokens(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	times, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	for range times {
		if err := w.RequestToken(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}
