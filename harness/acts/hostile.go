package acts

import (
	"context"
	"errors"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about all requests that a client can send, and those that no well-meaning
// client sends.
var _ = phrases(When, []step{
	{says: `the client (uses the method "([A-Z]+)" at every endpoint|puts garbage into every parameter|uses every endpoint, rightly and wrongly|uses its refresh tokens at once, twice and late)`, do: everywhere},
	{says: `a link asks every endpoint to send the user agent to "([^"]*)"`, do: naming(AskToRedirect)},
})

var _ = phrases(Then, []step{
	{says: `no answer (holds a token|has a header from a parameter|opens the protected resource|sends the user agent to "([^"]*)")`, do: noAnswer},
})

var errNothingSent = errors.New("nothing was sent yet that could be judged")

func everywhere(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	switch {
	case args[1] != "":
		return UseMethod(ctx, w, args[1])
	case args[0] == "puts garbage into every parameter":
		return PutGarbage(ctx, w)
	case args[0] == "uses its refresh tokens at once, twice and late":
		return agentsRefresh(ctx, w)
	}
	return everyEndpoint(ctx, w)
}

func sendsNobodyTo(w *world.World, address string) error {
	answers := w.Last.All
	if len(answers) == 0 && w.Last.Exchange != nil {
		answers = []*exchange.Exchange{w.Last.Exchange}
	}
	if len(answers) == 0 {
		return errNothingSent
	}
	for _, e := range answers {
		for _, header := range []string{"Location", "Refresh"} {
			if to := e.Answer.Get(header); strings.HasPrefix(to, address) || header == "Refresh" && strings.Contains(to, address) {
				return check.Fail(header+": "+to+" from "+e.URL, "no redirect to "+address)
			}
		}
	}
	return nil
}

func noAnswer(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	switch args[0] {
	case "holds a token":
		return noTokenInAny(w)
	case "has a header from a parameter":
		return noHeaderInjected(w)
	case "opens the protected resource":
		return givesNothing(ctx, w)
	}
	to, err := targetOf(w, args[1])
	if err != nil {
		return err
	}
	return sendsNobodyTo(w, to)
}

func noHeaderInjected(w *world.World) error {
	for _, e := range w.Log.All() {
		if e.Answer.Get(InjectedHeader) != "" {
			return check.Fail("a header "+InjectedHeader+" from a parameter; "+check.Describe(e), "no header from a parameter")
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
// wherePossible leaves out an endpoint that the server does not have.
func wherePossible(err error) error {
	if unfit := new(check.NotApplicable); errors.As(err, &unfit) {
		return nil
	}
	return err
}

func everyEndpoint(ctx context.Context, w *world.World) error {
	random := func(name string) world.Table { return world.Table{{Name: name, Value: "(random)"}} }
	omitted := func(name string) world.Table { return world.Table{{Name: name, Value: "(omitted)"}} }
	return errors.Join(
		Consult(ctx, w, w.MetadataURL()),
		RequestToken(ctx, w, nil),
		RequestToken(ctx, w, omitted("scope")),
		RequestToken(ctx, w, random("client_secret")),
		RequestToken(ctx, w, omitted("client_secret")),
		RequestToken(ctx, w, omitted("grant_type")),
		RequestToken(ctx, w, world.Table{{Name: "scope", Value: "(twice)"}}),
		RequestToken(ctx, w, world.Table{{Name: "(body)", Value: "%zz=%00\xff&&=;"}}),
		CallResource(ctx, w, nil),
		CallResource(ctx, w, omitted("access_token")),
		CallResource(ctx, w, random("access_token")),
		CallResource(ctx, w, world.Table{{Name: "access_token", Value: "(in the query)"}}),
		wherePossible(Introspect(ctx, w, ResourceClient(w), nil)),
		Authorize(ctx, w, random("redirect_uri")),
		Authorize(ctx, w, omitted("code_challenge")),
		Authorize(ctx, w, nil),
		RedeemCode(ctx, w, random("code_verifier")),
	)
}
