package world

import (
	"context"
	"slices"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/useragent"
)

// ObtainToken obtains an access token, as a Given: by client credentials, or,
// where the server has none for the client, with the approval of the resource
// owner.
func (w *World) ObtainToken(ctx context.Context, table Table) error {
	if !w.actsForItself() {
		return w.obtainApproved(ctx, table)
	}
	if err := w.RequestToken(ctx, table); err != nil {
		return err
	}
	return check.TokenIssued(w.Last.Exchange)
}

// RequestAnyToken asks for a token by client credentials, or, where the server
// does not offer them, by a code that the resource owner approved, departing from
// a valid request in what table says.
func (w *World) RequestAnyToken(ctx context.Context, table Table) error {
	if w.control != nil || w.Client == nil || w.Run.Capabilities["client_credentials"] {
		return w.RequestToken(ctx, table)
	}
	w.seatAnybody(ctx)
	assertion := w.Grant.Assertion
	if err := w.ObtainCode(ctx, nil); err != nil {
		return err
	}
	w.Grant.Assertion = assertion
	return w.RedeemCode(ctx, table)
}

// actsForItself tells whether the client gets tokens without a resource owner.
// Where there is a control plane, the scenario registers what it means.
func (w *World) actsForItself() bool {
	if w.control != nil || w.Client == nil {
		return true
	}
	grants := w.Client.GrantTypes
	return w.Run.Capabilities["client_credentials"] && (len(grants) == 0 || slices.Contains(grants, "client_credentials"))
}

func (w *World) obtainApproved(ctx context.Context, table Table) error {
	w.seatAnybody(ctx)
	return w.ObtainTokens(ctx, table)
}

// seatAnybody has the resource owner approve, if nobody is before the browser.
// Where the target names nobody who signs in, it is left to the server, which may
// approve at once.
func (w *World) seatAnybody(ctx context.Context) {
	if w.Browser.Person == nil {
		_ = w.seat(ctx, useragent.Person{Decision: useragent.Approves})
	}
}
