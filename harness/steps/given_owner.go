package steps

import (
	"context"
	"strconv"

	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/harness/world"
)

func registeredItself(ctx context.Context, w *world.World, words []string, table world.Table) error {
	return w.RegisterItself(ctx, words[0] == "confidential", table)
}

func signsInAnd(ctx context.Context, w *world.World, words []string, _ world.Table) error {
	return w.Ask(ctx, useragent.Person{Decision: useragent.Decision(words[0])})
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

func hasGuessed(ctx context.Context, w *world.World, words []string, _ world.Table) error {
	times, err := strconv.Atoi(words[0])
	if err != nil {
		return err
	}
	return w.Guess(ctx, times, false)
}

func endsAccess(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.OnAccount(ctx, "/account/grants", false)
}

func signsOut(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.Run.Setting.SignOut(ctx, w)
}
