package world

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
)

// TokenExchange is the grant type of RFC 8693
// (https://www.rfc-editor.org/rfc/rfc8693#section-2.1).
const TokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange"

const accessTokenType = "urn:ietf:params:oauth:token-type:access_token"

// valid is the value of a parameter that is about the exchange.
func (r Received) valid(name string) string {
	switch name {
	case "subject_token":
		return r.Token
	case "actor_token":
		return r.ActorToken
	case "subject_token_type", "actor_token_type", "requested_token_type":
		return accessTokenType
	case "agent":
		return r.Agent
	case "received scope":
		return r.Scope
	case "earlier client":
		return r.Before
	case "subject":
		subject, _ := r.claims()["sub"].(string)
		return subject
	}
	return ""
}

// claims are those of the received token, if it is a JWT.
func (r Received) claims() map[string]any {
	read, err := proof.Parse(r.Token)
	if err != nil {
		return nil
	}
	return read.Claims
}

// RegisterServing makes a client that serves a protected resource of its own and
// exchanges the tokens that it receives there; it acts from now on.
func (w *World) RegisterServing(ctx context.Context, confidential bool, table Table) error {
	return w.registerServing(ctx, NewResource, confidential, table)
}

// RegisterServingToo makes another client that serves the resource of the one
// before, and acts from now on.
func (w *World) RegisterServingToo(ctx context.Context, confidential bool, table Table) error {
	var registration Table
	for _, row := range table {
		registration = append(registration, Row{row.Name, Resolve(row, row.Value, nil, w.valids())})
	}
	return w.registerServing(ctx, SameResource, confidential, registration)
}

func (w *World) registerServing(ctx context.Context, serves Serves, confidential bool, table Table) error {
	table = append(Table{{"grant_types", TokenExchange}}, table...)
	return w.register(ctx, Wanted{Name: Exchanging, Confidential: confidential, Table: table, Serves: serves})
}

// ReceiveToken has an application obtain an access token of the resource owner
// and send it to the client; table deviates from a valid authorization request.
func (w *World) ReceiveToken(ctx context.Context, table Table) error {
	client := w.Client
	defer func() { w.Client = client }()
	if err := w.Register(ctx, true, Table{{"grant_types", "authorization_code refresh_token"}}); err != nil {
		return err
	}
	if err := w.approve(ctx); err != nil {
		return err
	}
	if err := w.ObtainTokens(ctx, append(w.atLastResource(), table...)); err != nil {
		return err
	}
	w.Grant.Received = Received{Token: w.Grant.AccessToken, Application: w.Client, Refresh: w.Grant.RefreshToken, Scope: w.Grant.Scope}
	return nil
}

// atLastResource asks for a token for the resource that the client serves, where
// the scenario made it.
func (w *World) atLastResource() Table {
	if len(w.Realm.Further) == 0 {
		return nil
	}
	return Table{{"resource", w.Realm.Further[len(w.Realm.Further)-1]}}
}

// ReceiveActorToken has an agent obtain an access token for itself and send it
// to the client; table deviates from a valid token request.
func (w *World) ReceiveActorToken(ctx context.Context, table Table) error {
	client, grant := w.Client, w.Grant
	defer func() { w.Client = client }()
	if err := w.Register(ctx, true, Table{{"grant_types", "client_credentials"}}); err != nil {
		return err
	}
	if err := w.ObtainToken(ctx, append(w.atLastResource(), table...)); err != nil {
		return err
	}
	grant.Received.ActorToken, grant.Received.Agent = w.Grant.AccessToken, w.Client.ID
	w.Grant = grant
	return nil
}

// ReceiveOwnToken has an agent send the client a token that stands for the agent
// alone, to be exchanged.
func (w *World) ReceiveOwnToken(ctx context.Context) error {
	if err := w.ReceiveActorToken(ctx, nil); err != nil {
		return err
	}
	received := w.Grant.Received
	w.Grant.Received = Received{Token: received.ActorToken, Agent: received.Agent}
	return nil
}

// PassOn has the client exchange the token for one at another client, which
// serves a resource of its own and acts from now on.
func (w *World) PassOn(ctx context.Context) error {
	first, received := w.Client, w.Grant.Received
	if err := w.registerServing(ctx, NextResource, true, nil); err != nil {
		return err
	}
	next := w.Client
	w.Client = first
	if err := w.ExchangeToken(ctx, w.atLastResource()); err != nil {
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
func (w *World) AlterReceived(ctx context.Context, table Table) error {
	claims := w.Grant.Received.claims()
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

// ExchangeToken exchanges the received token for another one, departing from a
// valid request in what table says.
func (w *World) ExchangeToken(ctx context.Context, table Table) error {
	if w.Client == nil {
		return errNoClient
	}
	received := w.Grant.Received
	if received.Token == "" {
		return errors.New("the client has received no token yet")
	}
	parameters := Parameters{{"grant_type", TokenExchange}, {"subject_token", received.Token}, {"subject_token_type", accessTokenType}}
	if received.ActorToken != "" {
		parameters = append(parameters, Parameter{"actor_token", received.ActorToken}, Parameter{"actor_token_type", accessTokenType})
	}
	return w.sendForm(ctx, TokenResponse, parameters, table)
}

// RevokeReceived has the application revoke its access token or its refresh
// token.
func (w *World) RevokeReceived(ctx context.Context, kind string) error {
	received := w.Grant.Received
	revoked := map[string]string{"access": received.Token, "refresh": received.Refresh}[kind]
	if received.Application == nil || revoked == "" {
		return &check.NotApplicable{Reason: "the application has no " + kind + " token"}
	}
	err := w.As(received.Application, func() error { return w.Revoke(ctx, Table{{"token", revoked}}) })
	if err != nil {
		return err
	}
	return w.Last.Success()
}

// byExchange exchanges a token of the resource owner.
func byExchange(ctx context.Context, w *World) (bool, error) {
	if err := w.RegisterServing(ctx, true, nil); err != nil {
		return false, err
	}
	if err := w.ReceiveToken(ctx, nil); err != nil {
		return false, err
	}
	err := w.ExchangeToken(ctx, nil)
	return err == nil && w.Last.Success() == nil, err
}
