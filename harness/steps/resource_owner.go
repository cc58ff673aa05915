package steps

import (
	"context"
	"strconv"

	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about the resource owner and the browser before which it sits.
var (
	_ = phrases(Given, []step{
		{says: `the resource owner (approves|denies|signs in and approves|signs in and denies|signs in and approves a part|signs in with a wrong password)`, signsIn: always, do: decides},
		{says: `the resource owner has (not signed in|signed in|signed out|signed out and ended all access|ended the client's access)`, do: hasDone},
		{says: `the resource owner has approved the client`, with: words.AuthorizationRequest, signsIn: always, do: tabled((*world.World).HasApproved)},
		{says: `the resource owner reads "([^"]*)"`, do: reads},
		{says: `somebody has guessed (\d+) passwords of the resource owner`, do: hasGuessed},
	})
	_ = phrases(When, []step{
		{says: `the resource owner approves the request`, with: words.Approval, signsIn: always, do: tabled((*world.World).SubmitApproval)},
	})
)

// decides has the resource owner decide without being asked, or as a person before
// the browser.
func decides(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	switch args[0] {
	case "signs in and approves":
		return w.Ask(ctx, useragent.Person{Decision: useragent.Approves})
	case "signs in and denies":
		return w.Ask(ctx, useragent.Person{Decision: useragent.Denies})
	case "signs in and approves a part":
		return w.Ask(ctx, useragent.Person{Decision: useragent.Approves, InPart: true})
	case "signs in with a wrong password":
		return w.Ask(ctx, useragent.Person{Password: proof.Random(), Decision: useragent.Approves})
	}
	return w.Decide(ctx, useragent.Decision(args[0]))
}

func hasDone(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	switch args[0] {
	case "signed in":
		return w.HasSignedIn(ctx)
	case "signed out":
		return w.Run.Setting.SignOut(ctx, w)
	case "signed out and ended all access":
		return w.OnAccount(ctx, "/sign-out", true)
	case "ended the client's access":
		return w.OnAccount(ctx, "/account/grants", false)
	}
	return w.Ask(ctx, useragent.Person{}) // A person before the browser who only looks.
}

func reads(_ context.Context, w *world.World, args []string, _ world.Table) error {
	w.Browser.Languages = args[0]
	return nil
}

func hasGuessed(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	times, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	return w.Guess(ctx, times, false)
}
