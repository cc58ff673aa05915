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
	{says: `no answer (holds a token|has a header from a parameter)`, do: noAnswer},
	{says: `no answer sends the user agent to "([^"]*)"`, do: sendsNobodyTo},
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

func noAnswer(_ context.Context, w *world.World, args []string, _ world.Table) error {
	if args[0] == "holds a token" {
		return noTokenInAny(w)
	}
	return noHeaderInjected(w)
}

func noHeaderInjected(w *world.World) error {
	for _, e := range w.Log.All() {
		if e.Answer.Get(world.InjectedHeader) != "" {
			return check.Fail("a header "+world.InjectedHeader+" from a parameter; "+check.Describe(e), "no header from a parameter")
		}
	}
	return nil
}

func noTokenInAny(w *world.World) error {
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
