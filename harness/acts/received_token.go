package acts

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about the tokens that a client receives and can exchange.
var _ = phrases(Given, []step{
	{says: `the client has received an access token of (the resource owner|an application with offline access)`, with: words.AuthorizationRequest, do: hasReceived},
	{says: `the client has received an (access|actor) token of an agent`, with: words.TokenRequest, do: hasReceivedOfAgent},
	{says: `the received token has other claims`, table: words.ReceivedClaims, do: tabled(AlterReceived)},
	{says: `the client has passed the token on to another one`, do: plainly(PassOn)},
})

// hasReceived: an application with offline access holds a refresh token.
func hasReceived(ctx context.Context, w *world.World, args []string, table world.Table) error {
	if args[0] == "the resource owner" {
		return ReceiveToken(ctx, w, table)
	}
	return receive(ctx, w, ObtainRefreshToken, table)
}

// hasReceivedOfAgent: an access token is to be exchanged, an actor token says who
// acts.
func hasReceivedOfAgent(ctx context.Context, w *world.World, args []string, table world.Table) error {
	if args[0] == "access" {
		return ReceiveOwnToken(ctx, w)
	}
	return ReceiveActorToken(ctx, w, table)
}

// ReceiveToken has an application obtain an access token of the resource owner
// and send it to the client; table deviates from a valid authorization request.
func ReceiveToken(ctx context.Context, w *world.World, table world.Table) error {
	return receive(ctx, w, ObtainTokens, table)
}

func receive(ctx context.Context, w *world.World, obtain func(context.Context, *world.World, world.Table) error, table world.Table) error {
	client := w.Client
	defer func() { w.Client = client }()
	if err := RegisterClient(ctx, w, true, world.Table{{Name: "grant_types", Value: "authorization_code refresh_token"}}); err != nil {
		return err
	}
	if err := approve(ctx, w); err != nil {
		return err
	}
	if err := obtain(ctx, w, append(atLastResource(w), table...)); err != nil {
		return err
	}
	w.Grant.Received = world.Received{Token: w.Grant.AccessToken, Application: w.Client, Refresh: w.Grant.RefreshToken, Scope: w.Grant.Scope}
	return nil
}

// atLastResource asks for a token for the resource that the client serves, where
// the scenario made it.
func atLastResource(w *world.World) world.Table {
	if len(w.Realm.Further) == 0 {
		return nil
	}
	return world.Table{{Name: "resource", Value: w.Realm.Further[len(w.Realm.Further)-1]}}
}

// ReceiveActorToken has an agent obtain an access token for itself and send it
// to the client; table deviates from a valid token request.
func ReceiveActorToken(ctx context.Context, w *world.World, table world.Table) error {
	client, grant := w.Client, w.Grant
	defer func() { w.Client = client }()
	if err := RegisterClient(ctx, w, true, world.Table{{Name: "grant_types", Value: "client_credentials"}}); err != nil {
		return err
	}
	if err := ObtainToken(ctx, w, append(atLastResource(w), table...)); err != nil {
		return err
	}
	grant.Received.ActorToken, grant.Received.Agent = w.Grant.AccessToken, w.Client.ID
	w.Grant = grant
	return nil
}

// ReceiveOwnToken has an agent send the client a token that stands for the agent
// alone, to be exchanged.
func ReceiveOwnToken(ctx context.Context, w *world.World) error {
	if err := ReceiveActorToken(ctx, w, nil); err != nil {
		return err
	}
	received := w.Grant.Received
	w.Grant.Received = world.Received{Token: received.ActorToken, Agent: received.Agent}
	return nil
}

// PassOn has the client exchange the token for one at another client, which
// serves a resource of its own and acts from now on.
func PassOn(ctx context.Context, w *world.World) error {
	first, received := w.Client, w.Grant.Received
	if err := registerServing(ctx, w, world.NextResource, true, nil); err != nil {
		return err
	}
	next := w.Client
	w.Client = first
	if err := ExchangeToken(ctx, w, atLastResource(w)); err != nil {
		return err
	}
	if err := check.TokenIssued(w.Last.Exchange); err != nil {
		return err
	}
	received.Token, received.Before, received.ActorToken = w.Grant.AccessToken, first.ID, ""
	w.Client, w.Grant.Received = next, received
	return nil
}

// AlterReceived puts another token in the place of the received one, which has
// other claims and is otherwise the same. In a value, (client_id) is that of the
// client.
func AlterReceived(ctx context.Context, w *world.World, table world.Table) error {
	claims := claims(w.Grant.Received)
	if claims == nil {
		return &check.NotApplicable{Reason: "the access tokens are no JWTs, so that nobody knows their claims"}
	}
	for _, row := range table {
		value := strings.ReplaceAll(row.Value, "(client_id)", w.Client.ID)
		claims[row.Name] = value
		if strings.HasPrefix(value, "{") {
			claims[row.Name] = json.RawMessage(value)
		}
	}
	altered, err := w.Mint(ctx, control.MintRequest{Claims: &claims})
	w.Grant.Received.Token = altered
	return err
}
