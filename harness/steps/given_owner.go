package steps

import (
	"context"
	"strconv"

	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/harness/world"
)

func registeredItself(ctx context.Context, w *world.World, args []string, table world.Table) error {
	return w.RegisterItself(ctx, args[0] == "confidential", table)
}

func signsInAnd(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return w.Ask(ctx, useragent.Person{Decision: useragent.Decision(args[0])})
}

// hasNotSignedIn has a person before the browser who only looks.
func hasNotSignedIn(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.Ask(ctx, useragent.Person{})
}

func hasSignedIn(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.HasSignedIn(ctx)
}

func hasApproved(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.HasApproved(ctx, table)
}

func signsInWrongly(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.Ask(ctx, useragent.Person{Password: proof.Random(), Decision: useragent.Approves})
}

func hasGuessed(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	times, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	return w.Guess(ctx, times, false)
}

func endsAccess(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.OnAccount(ctx, "/account/grants", false)
}

func signsOut(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.SignOut(ctx)
}
