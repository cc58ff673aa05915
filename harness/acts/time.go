package acts

import (
	"context"
	"strconv"

	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about time that passes.
var _ = phrases(Given, []step{
	{says: `(\d+) seconds have passed`, waits: true, do: secondsHavePassed},
	{says: `the access token has expired`, do: hasExpired},
})

func hasExpired(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.Run.Setting.Expire(ctx, w)
}

func secondsHavePassed(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	seconds, err := strconv.ParseInt(args[0], 10, 64)
	if err != nil {
		return err
	}
	return w.Pass(ctx, seconds)
}
