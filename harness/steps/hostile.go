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
	{says: `the client (uses the method "([A-Z]+)" at every endpoint|puts garbage into every parameter|uses every endpoint, rightly and wrongly)`, do: everywhere},
	{says: `a link asks every endpoint to send the user agent to "([^"]*)"`, do: naming((*world.World).AskToRedirect), once: "one scenario asks every endpoint"},
})

var _ = phrases(Then, []step{
	{says: `no answer (holds a token|has a header from a parameter|sends the user agent to "([^"]*)")`, do: noAnswer},
})

var errNothingSent = errors.New("nothing was sent yet that could be judged")

func everywhere(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	switch {
	case args[1] != "":
		return w.UseMethod(ctx, args[1])
	case args[0] == "puts garbage into every parameter":
		return w.PutGarbage(ctx)
	}
	return everyEndpoint(ctx, w)
}

func sendsNobodyTo(w *world.World, address string) error {
	if len(w.Last.All) == 0 {
		return errNothingSent
	}
	for _, e := range w.Last.All {
		for _, header := range []string{"Location", "Refresh"} {
			if to := e.Answer.Get(header); strings.HasPrefix(to, address) || header == "Refresh" && strings.Contains(to, address) {
				return check.Fail(header+": "+to+" from "+e.URL, "no redirect to "+address)
			}
		}
	}
	return nil
}

func noAnswer(_ context.Context, w *world.World, args []string, _ world.Table) error {
	switch args[0] {
	case "holds a token":
		return noTokenInAny(w)
	case "has a header from a parameter":
		return noHeaderInjected(w)
	}
	return sendsNobodyTo(w, args[1])
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

// everyEndpoint has a conversation with every endpoint in which every kind of
// answer occurs, for the rules that hold for all of them.
func everyEndpoint(ctx context.Context, w *world.World) error {
	random := func(name string) world.Table { return world.Table{{Name: name, Value: "(random)"}} }
	omitted := func(name string) world.Table { return world.Table{{Name: name, Value: "(omitted)"}} }
	return errors.Join(
		w.Fetch(ctx, w.MetadataURL()),
		w.RequestToken(ctx, nil),
		w.RequestToken(ctx, omitted("scope")),
		w.RequestToken(ctx, random("client_secret")),
		w.RequestToken(ctx, omitted("client_secret")),
		w.RequestToken(ctx, omitted("grant_type")),
		w.RequestToken(ctx, world.Table{{Name: "scope", Value: "(twice)"}}),
		w.RequestToken(ctx, world.Table{{Name: "(body)", Value: "%zz=%00\xff&&=;"}}),
		w.CallResource(ctx, nil),
		w.CallResource(ctx, omitted("access_token")),
		w.CallResource(ctx, random("access_token")),
		w.CallResource(ctx, world.Table{{Name: "access_token", Value: "(in the query)"}}),
		w.Introspect(ctx, w.ResourceClient(), nil),
		w.Authorize(ctx, random("redirect_uri")),
		w.Authorize(ctx, omitted("code_challenge")),
		w.Authorize(ctx, nil),
		w.RedeemCode(ctx, random("code_verifier")),
	)
}
