package world

import (
	"context"

	"github.com/grantproof/grantproof/harness/check"
)

// ObtainToken obtains an access token, as a Given: by client credentials, or,
// where the server has none for the client, with the approval of the resource
// owner.
func (w *World) ObtainToken(ctx context.Context, table Table) error {
	if w.Client != nil && !w.Run.Setting.ClientCredentials(w, w.Client) {
		if err := w.approve(ctx); err != nil {
			return err
		}
		return w.ObtainTokens(ctx, table)
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
	if w.Client == nil || w.Run.Setting.ClientCredentials(w, nil) {
		return w.RequestToken(ctx, table)
	}
	if err := w.approve(ctx); err != nil {
		return err
	}
	assertion := w.Grant.Assertion
	if err := w.ObtainCode(ctx, nil); err != nil {
		return err
	}
	w.Grant.Assertion = assertion
	return w.RedeemCode(ctx, table)
}
