package acts

import (
	"context"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// ObtainToken obtains an access token, as a Given: by client credentials, or,
// where the server has none for the client, with the approval of the resource
// owner.
func ObtainToken(ctx context.Context, w *world.World, table world.Table) error {
	if w.Client != nil && !w.Run.Setting.ClientCredentials(w, w.Client) {
		if err := approve(ctx, w); err != nil {
			return err
		}
		return ObtainTokens(ctx, w, table)
	}
	if err := RequestToken(ctx, w, table); err != nil {
		return err
	}
	return check.TokenIssued(w.Last.Exchange)
}

// RequestAnyToken asks for a token by client credentials, or, where the server
// does not offer them, by a code that the resource owner approved, departing from
// a valid request in what table says.
func RequestAnyToken(ctx context.Context, w *world.World, table world.Table) error {
	if w.Client == nil || w.Run.Setting.ClientCredentials(w, nil) {
		return RequestToken(ctx, w, table)
	}
	if err := approve(ctx, w); err != nil {
		return err
	}
	assertion := w.Grant.Assertion
	if err := ObtainCode(ctx, w, nil); err != nil {
		return err
	}
	w.Grant.Assertion = assertion
	return RedeemCode(ctx, w, table)
}
