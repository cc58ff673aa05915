package acts

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about the system as the README documents it.
var (
	_ = phrases(Given, []step{
		{says: `the documented system`, do: theDocumentedSystem},
		{says: `the documented client "([^"]*)" with the secret "([^"]*)"`, do: theDocumentedClient},
		{says: `the user has the (pending|completed) task "([^"]*)"`, do: userHasTask},
		{says: `an access token of the (documented shape|user for the scope "([^"]*)")`, do: documentedToken},
	})
	_ = phrases(When, []step{
		{says: `the client posts to "([^"]+)"`, table: words.JSONMembers, do: postsJSON},
	})
)

func theDocumentedSystem(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.BeginDocumented(ctx)
}

func theDocumentedClient(_ context.Context, w *world.World, args []string, _ world.Table) error {
	w.Client = &world.Client{ID: args[0], Secret: args[1], Method: "client_secret_post"}
	w.Log.Secret(args[1])
	return nil
}

// userHasTask creates a task with a token of its own.
func userHasTask(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	token, client := w.Grant.AccessToken, w.Client
	defer func() { w.Grant.AccessToken, w.Client = token, client }()
	if err := ObtainUserToken(ctx, w, "tasks:write"); err != nil {
		return err
	}
	if err := Call(ctx, w, "POST", "/api/tasks", world.Table{{Name: "title", Value: args[1]}, {Name: "status", Value: args[0]}}); err != nil {
		return err
	}
	return check.Status(w.Last.Exchange, 201)
}

func documentedToken(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if args[0] == "documented shape" {
		return tokenOfDocumentedShape(ctx, w)
	}
	return ObtainUserToken(ctx, w, args[1])
}

// tokenOfDocumentedShape leaves a realm that issues the other shape again.
func tokenOfDocumentedShape(ctx context.Context, w *world.World) error {
	if err := w.Change(ctx, control.RealmRequest{DocumentedTokens: new(true)}); err != nil {
		return err
	}
	if err := ObtainToken(ctx, w, nil); err != nil {
		return err
	}
	return w.Change(ctx, control.RealmRequest{DocumentedTokens: new(false)})
}

func postsJSON(ctx context.Context, w *world.World, args []string, table world.Table) error {
	return PostJSON(ctx, w, args[0], table)
}

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
	if err := Consult(ctx, w, w.MetadataURL()); err != nil {
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
