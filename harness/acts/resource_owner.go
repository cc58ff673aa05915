package acts

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
		{says: `the resource owner has approved the client`, with: words.AuthorizationRequest, signsIn: always, do: tabled(HasApproved)},
		{says: `the resource owner reads "([^"]*)"`, do: reads},
		{says: `somebody has guessed (\d+) passwords of the resource owner`, do: hasGuessed},
	})
	_ = phrases(When, []step{
		{says: `the resource owner approves the request`, with: words.Approval, signsIn: always, do: tabled(SubmitApproval)},
	})
)

// decides has the resource owner decide without being asked, or as a person before
// the browser.
func decides(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	switch args[0] {
	case "signs in and approves":
		return Ask(ctx, w, useragent.Person{Decision: useragent.Approves})
	case "signs in and denies":
		return Ask(ctx, w, useragent.Person{Decision: useragent.Denies})
	case "signs in and approves a part":
		return Ask(ctx, w, useragent.Person{Decision: useragent.Approves, InPart: true})
	case "signs in with a wrong password":
		return Ask(ctx, w, useragent.Person{Password: proof.Random(), Decision: useragent.Approves})
	}
	return Decide(ctx, w, useragent.Decision(args[0]))
}

func hasDone(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	switch args[0] {
	case "signed in":
		return HasSignedIn(ctx, w)
	case "signed out":
		return w.Run.Setting.SignOut(ctx, w)
	case "signed out and ended all access":
		return OnAccount(ctx, w, "/sign-out", true)
	case "ended the client's access":
		return OnAccount(ctx, w, "/account/grants", false)
	}
	return Ask(ctx, w, useragent.Person{}) // A person before the browser who only looks.
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
	return Guess(ctx, w, times, false)
}
