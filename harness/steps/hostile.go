package steps

import (
	"context"
	"errors"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// hostileWhens are what nobody sends who means well.
var _ = phrases(When, []step{
	{says: `the client puts garbage into every parameter`, do: putsGarbage},
	{says: `a link asks every endpoint to send the user agent to "([^"]*)"`, do: asksToRedirect},
	{says: `the client uses the method "([A-Z]+)" at every endpoint`, do: usesMethod},
})

var _ = phrases(Then, []step{
	{says: `no answer has a header that the request put there`, do: noHeaderInjected},
	{says: `no answer holds a token`, do: noTokenInAny},
	{says: `no answer sends the user agent to "([^"]*)"`, do: sendsNobodyTo},
	{says: `nobody can guess a client secret of (\d+) bits`, do: secretsHardToGuess},
})

var errNothingSent = errors.New("nothing was sent yet that could be judged")

func putsGarbage(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.PutGarbage(ctx)
}

func usesMethod(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return w.UseMethod(ctx, args[0])
}

func asksToRedirect(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return w.AskToRedirect(ctx, args[0])
}

func sendsNobodyTo(_ context.Context, w *world.World, args []string, _ world.Table) error {
	if len(w.Last.All) == 0 {
		return errNothingSent
	}
	for _, e := range w.Last.All {
		for _, header := range []string{"Location", "Refresh"} {
			if to := e.Answer.Get(header); strings.HasPrefix(to, args[0]) || header == "Refresh" && strings.Contains(to, args[0]) {
				return check.Fail(header+": "+to+" from "+e.URL, "no redirect to "+args[0])
			}
		}
	}
	return nil
}

// secretsHardToGuess looks at the secrets of the clients that registered.
func secretsHardToGuess(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	w.Last.Codes = nil
	for _, e := range w.Last.All {
		object, err := check.Object(e)
		if err != nil {
			return err
		}
		if secret, ok := object["client_secret"].(string); ok {
			w.Last.Codes = append(w.Last.Codes, secret)
		}
	}
	return hardToGuess(ctx, w, []string{"client secret", args[0]}, nil)
}

func noHeaderInjected(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	for _, e := range w.Log.All() {
		if e.Answer.Get(world.InjectedHeader) != "" {
			return check.Fail("a header "+world.InjectedHeader+" from a parameter; "+check.Describe(e), "no header from a parameter")
		}
	}
	return nil
}

func noTokenInAny(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	if len(w.Last.All) == 0 {
		return errNothingSent
	}
	for _, e := range w.Last.All {
		if err := check.NoToken(e, "access_token"); err != nil {
			return check.Fail("a token at "+e.URL, "no token")
		}
	}
	return nil
}
