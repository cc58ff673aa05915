package world

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
)

// PostJSON sends members as JSON to a path of the authorization server: the
// documented token request and the documented direct approval.
func (w *World) PostJSON(ctx context.Context, path string, table Table) error {
	about, table := split(table)
	members := map[string]string{}
	for _, row := range table {
		if value := w.member(row); value != "(omitted)" {
			members[row.Name] = value
		}
	}
	body, err := json.Marshal(members)
	if err != nil {
		return err
	}
	kind, endpoint := TokenResponse, exchange.Token
	if path != "/oauth/token" {
		kind, endpoint = ResourceResponse, exchange.Endpoint("approval")
	}
	request := exchange.Request{
		Endpoint: endpoint, Method: http.MethodPost, URL: w.Realm.Issuer + path,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: body,
	}
	about.apply(&request)
	if err := w.Do(ctx, kind, request); err != nil {
		return err
	}
	w.keepCode(members)
	return nil
}

func (w *World) member(row Row) string {
	switch row.Value {
	case "(random)":
		return proof.Random()
	case "(valid)":
		return w.Valid(row.Name)
	}
	return row.Value
}

func (w *World) keepCode(members map[string]string) {
	if code, ok := w.Last.Object()["code"].(string); ok {
		w.Grant = Grant{Code: code, RedirectURI: members["redirect_uri"]}
		w.Log.Secret(code)
	}
}

// JWKSURI is what the metadata of the authorization server says, or the target
// file where nothing is published.
func (w *World) JWKSURI(ctx context.Context) (string, error) {
	if !w.Run.Capabilities["metadata"] {
		return w.Endpoint("jwks_uri")
	}
	if err := w.Fetch(ctx, w.MetadataURL()); err != nil {
		return "", err
	}
	if address, ok := w.Last.Object()["jwks_uri"].(string); ok {
		return address, nil
	}
	return "", errors.New("the metadata names no jwks_uri")
}

// The documented client for users, its redirect URI and the user: all public.
var (
	webApp = Client{ID: "web-app", Secret: "webapp-secret-abcdef", Method: "client_secret_post", GrantTypes: []string{"authorization_code"}}

	documentedRedirectURI = "http://localhost:3000/callback"
	documentedUser        = "user-123"
)

// ObtainUserToken obtains a token of the documented user by direct approval.
func (w *World) ObtainUserToken(ctx context.Context, scope string) error {
	w.Client = &webApp
	err := w.PostJSON(ctx, "/oauth/authorize", Table{
		{"client_id", webApp.ID}, {"redirect_uri", documentedRedirectURI}, {"scope", scope}, {"user_id", documentedUser},
	})
	if err != nil {
		return err
	}
	if err := w.RedeemCode(ctx, nil); err != nil {
		return err
	}
	return w.Last.Success()
}
