package acts

import (
	"context"
	"net/http"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// ObtainTokens obtains tokens for a resource owner, as a Given; table deviates
// from a valid authorization request.
func ObtainTokens(ctx context.Context, w *world.World, table world.Table) error {
	if err := ObtainCode(ctx, w, table); err != nil {
		return err
	}
	if err := RedeemCode(ctx, w, nil); err != nil {
		return err
	}
	return check.TokenIssued(w.Last.Exchange)
}

// RequestUserInfo asks who the user of the access token is.
func RequestUserInfo(ctx context.Context, w *world.World, table world.Table) error {
	address, err := w.Endpoint("userinfo_endpoint")
	if err != nil {
		return err
	}
	request := exchange.Request{Endpoint: exchange.UserInfo, Method: http.MethodGet, URL: address, Header: http.Header{}}
	table, err = respelled(w, table, "access_token")
	if err != nil {
		return err
	}
	present(w, &request, table)
	about, _ := split(table)
	about.apply(&request)
	return Do(ctx, w, world.ResourceResponse, request)
}

// keepIdentity keeps the ID token of an answer, and the one before it.
func keepIdentity(w *world.World, raw string) {
	w.Grant.EarlierIDToken, w.Grant.IDToken = w.Grant.IDToken, raw
	w.Log.Secret(raw)
}

// Subject is the user that the newest ID token is about; empty without one.
func Subject(w *world.World) string {
	identity, err := proof.Parse(w.Grant.IDToken)
	if err != nil {
		return ""
	}
	subject, _ := identity.Claims["sub"].(string)
	return subject
}
