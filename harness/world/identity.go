package world

import (
	"context"
	"net/http"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
)

// ObtainTokens obtains tokens for a resource owner, as a Given; table deviates
// from a valid authorization request.
func (w *World) ObtainTokens(ctx context.Context, table Table) error {
	if err := w.ObtainCode(ctx, table); err != nil {
		return err
	}
	if err := w.RedeemCode(ctx, nil); err != nil {
		return err
	}
	return check.TokenIssued(w.Last.Exchange)
}

// RequestUserInfo asks who the user of the access token is.
func (w *World) RequestUserInfo(ctx context.Context, table Table) error {
	address, err := w.Endpoint("userinfo_endpoint")
	if err != nil {
		return err
	}
	request := exchange.Request{Endpoint: exchange.UserInfo, Method: http.MethodGet, URL: address, Header: http.Header{}}
	table, err = w.respelled(table, "access_token")
	if err != nil {
		return err
	}
	w.present(&request, table)
	about, _ := split(table)
	about.apply(&request)
	return w.Do(ctx, ResourceResponse, request)
}

// keepIdentity keeps the ID token of an answer, and the one before it.
func (w *World) keepIdentity(raw string) {
	w.Grant.EarlierIDToken, w.Grant.IDToken = w.Grant.IDToken, raw
	w.Log.Secret(raw)
}

// Subject is the user that the newest ID token is about; empty without one.
func (w *World) Subject() string {
	identity, err := proof.Parse(w.Grant.IDToken)
	if err != nil {
		return ""
	}
	subject, _ := identity.Claims["sub"].(string)
	return subject
}
