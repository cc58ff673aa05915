package steps

import (
	"context"
	"errors"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// hostileWhens are what nobody sends who means well.
var hostileWhens = []step{
	{`the client puts garbage into every parameter`, noTable, putsGarbage},
	{`the client uses the method "([A-Z]+)" at every endpoint`, noTable, usesMethod},
}

var hostileThens = []step{
	{`no answer has a header that the request put there`, noTable, noHeaderInjected},
	{`no answer holds a token`, noTable, noTokenInAny},
}

func putsGarbage(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.PutGarbage(ctx)
}

func usesMethod(ctx context.Context, w *world.World, words []string, _ world.Table) error {
	return w.UseMethod(ctx, words[0])
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
		return errors.New("nothing was sent yet that could be judged")
	}
	for _, e := range w.Last.All {
		if err := check.NoToken(e, "access_token"); err != nil {
			return check.Fail("a token at "+e.URL, "no token")
		}
	}
	return nil
}
