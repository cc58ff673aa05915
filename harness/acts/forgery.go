package acts

import (
	"context"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/harness/world"
)

// forgeryGrantsNothing: no code is issued, unless the form carries all that it takes.
// Such a form is approved without a cookie of the resource owner as well, so that it
// is an approval of the one who signed in to see it (RFC 6749 section 10.12,
// https://www.rfc-editor.org/rfc/rfc6749#section-10.12).
func forgeryGrantsNothing(ctx context.Context, w *world.World) error {
	err := noCodeIssued(ctx, w)
	if tried := world.Part[withoutCookies](w); err != nil && tried != nil && tried.granted {
		return nil
	}
	return err
}

// withoutCookies is what became of a form that a browser without cookies sent.
type withoutCookies struct{ granted bool }

func tryWithoutCookies(ctx context.Context, w *world.World, target string) error {
	page, err := pageOfAnotherSession(ctx, w)
	if err != nil {
		return err
	}
	bare := w.Fork()
	bare.Browser = w.Browser.Another()
	if visit := bare.Browser.Decide(page, useragent.Approves); visit != nil {
		err = Visit(ctx, bare, *visit, target)
	}
	world.Put(w, &withoutCookies{bare.Last.Returned.Get("code") != ""})
	return err
}

// pageOfAnotherSession is the page that asks for consent in another browser:
// all that a forger can see of it.
func pageOfAnotherSession(ctx context.Context, w *world.World) (*exchange.Exchange, error) {
	forger := w.Fork()
	forger.Browser = w.Browser.Another()
	if err := HasSignedIn(ctx, forger); err != nil {
		return nil, err
	}
	return forger.Browser.Shown, nil
}
