package steps

import (
	"context"
	"fmt"
	"strconv"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/world"
)

// callsWithUnknownKeys: each token names a key of its own that nobody has.
func callsWithUnknownKeys(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	times, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	for i := range times {
		token, err := w.Mint(ctx, control.MintRequest{Header: &map[string]any{"kid": fmt.Sprintf("unknown-%d", i)}})
		if err != nil {
			return err
		}
		w.Grant.AccessToken = token
		if err := w.CallResource(ctx, nil); err != nil {
			return err
		}
	}
	return nil
}
