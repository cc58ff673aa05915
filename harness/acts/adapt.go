package acts

import (
	"context"

	"github.com/grantproof/grantproof/harness/world"
)

// does is what a phrase does with its arguments and its table.
type does func(ctx context.Context, w *world.World, args []string, table world.Table) error

// plainly is what needs neither arguments nor a table.
func plainly(do func(context.Context, *world.World) error) does {
	return func(ctx context.Context, w *world.World, _ []string, _ world.Table) error { return do(ctx, w) }
}

// tabled is what needs its table alone.
func tabled(do func(context.Context, *world.World, world.Table) error) does {
	return func(ctx context.Context, w *world.World, _ []string, table world.Table) error {
		return do(ctx, w, table)
	}
}

// naming is what needs its first argument alone.
func naming(do func(context.Context, *world.World, string) error) does {
	return func(ctx context.Context, w *world.World, args []string, _ world.Table) error {
		return do(ctx, w, args[0])
	}
}
