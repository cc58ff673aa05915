package acts

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// PostJSON sends members as JSON to a path of the authorization server: the
// documented token request and the documented direct approval.
func PostJSON(ctx context.Context, w *world.World, path string, table world.Table) error {
	about, table := split(table)
	members := map[string]string{}
	for _, row := range table {
		if value := documentedMember(w, row); value != "(omitted)" {
			members[row.Name] = value
		}
	}
	body, err := json.Marshal(members)
	if err != nil {
		return err
	}
	kind, endpoint := world.TokenResponse, exchange.Token
	if path != "/oauth/token" {
		kind, endpoint = world.ResourceResponse, exchange.Endpoint("approval")
	}
	request := exchange.Request{
		Endpoint: endpoint, Method: http.MethodPost, URL: w.Realm.Issuer + path,
		Header: http.Header{"Content-Type": {"application/json"}}, Body: body,
	}
	about.apply(&request)
	if err := Do(ctx, w, kind, request); err != nil {
		return err
	}
	keepCode(w, members)
	return nil
}

func documentedMember(w *world.World, row world.Row) string {
	switch row.Value {
	case "(random)":
		return proof.Random()
	case "(valid)":
		return Valid(w, row.Name)
	}
	return row.Value
}

func keepCode(w *world.World, members map[string]string) {
	if code, ok := Object(w.Last)["code"].(string); ok {
		w.Grant = world.Grant{Code: code, RedirectURI: members["redirect_uri"]}
		w.Log.Secret(code)
	}
}

// JWKSURI is what the metadata of the authorization server says, or the target
// file where nothing is published.
func JWKSURI(ctx context.Context, w *world.World) (string, error) {
	if !w.Run.Capabilities["metadata"] {
		return w.Endpoint("jwks_uri")
	}
	if err := Fetch(ctx, w, w.MetadataURL()); err != nil {
		return "", err
	}
	if address, ok := Object(w.Last)["jwks_uri"].(string); ok {
		return address, nil
	}
	return "", errors.New("the metadata names no jwks_uri")
}

// The documented client for users, its redirect URI and the user: all public.
var (
	webApp = world.Client{ID: "web-app", Secret: "webapp-secret-abcdef", Method: "client_secret_post", GrantTypes: []string{"authorization_code"}}

	documentedRedirectURI = "http://localhost:3000/callback"
	documentedUser        = "user-123"
)

// ObtainUserToken obtains a token of the documented user by direct approval.
func ObtainUserToken(ctx context.Context, w *world.World, scope string) error {
	w.Client = &webApp
	err := PostJSON(ctx, w, "/oauth/authorize", world.Table{
		{Name: "client_id", Value: webApp.ID}, {Name: "redirect_uri", Value: documentedRedirectURI}, {Name: "scope", Value: scope}, {Name: "user_id", Value: documentedUser},
	})
	if err != nil {
		return err
	}
	if err := RedeemCode(ctx, w, nil); err != nil {
		return err
	}
	return w.Last.Success()
}
