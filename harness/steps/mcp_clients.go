package steps

import (
	"context"
	"strconv"

	"github.com/grantproof/grantproof/harness/world"
)

func moreConnected(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	many, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	return w.ConnectMore(ctx, many)
}

func everyAgentCalls(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	times, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	return w.CallAtOnce(ctx, args[0], times)
}

func everyAgentHasCalled(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if err := everyAgentCalls(ctx, w, args, nil); err != nil {
		return err
	}
	return w.Last.Problem
}
