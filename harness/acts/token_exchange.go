package acts

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about tokens that a client receives and exchanges (RFC 8693,
// https://www.rfc-editor.org/rfc/rfc8693).
var (
	_ = phrases(Given, []step{
		{says: `(an?|another) (confidential|public) client that serves (?:a protected|the same) resource`, with: words.Client, registers: always, do: servesResource},
	})
	_ = phrases(When, []step{
		{says: `the client exchanges the token`, with: words.Exchange, done: `the client has exchanged the token`, do: tabled(ExchangeToken)},
		{says: `the application revokes its (access|refresh) token`, done: `the application has revoked its (access|refresh) token`, do: naming(RevokeReceived)},
	})
	_ = phrases(Then, []step{
		{says: `the access token expires (when the response says|no later than the received one)`, do: expiresAs},
	})
)

func servesResource(ctx context.Context, w *world.World, args []string, table world.Table) error {
	if args[0] == "another" {
		return RegisterServingToo(ctx, w, args[1] == "confidential", table)
	}
	return RegisterServing(ctx, w, args[1] == "confidential", table)
}

func expiresAs(_ context.Context, w *world.World, args []string, _ world.Table) error {
	if args[0] == "when the response says" {
		return livesAsSaid(w)
	}
	return endsWithReceived(w)
}

// endsWithReceived: delegated rights do not last longer than those that they
// come of (RFC 8693 section 5, https://www.rfc-editor.org/rfc/rfc8693#section-5).
func endsWithReceived(w *world.World) error {
	answer, err := answered(w)
	if err == nil {
		err = check.TokenIssued(answer)
	}
	if err != nil {
		return err
	}
	received, err := expiryOf(w.Grant.Received.Token)
	if err != nil {
		return err
	}
	exchanged, err := expiryOf(w.Grant.AccessToken)
	if err != nil {
		return err
	}
	if exchanged > received {
		return check.Fail(fmt.Sprintf("exp %.0f seconds after that of the received token", exchanged-received), "exp that is not after that of the received token")
	}
	return nil
}

func expiryOf(raw string) (float64, error) {
	token, err := proof.Parse(raw)
	if err != nil {
		return 0, check.Fail(err.Error(), "a JWT")
	}
	expiry, _ := token.Claims["exp"].(float64)
	return expiry, nil
}

// noBearerIDToken: what is no access token has the token_type N_A (RFC 8693
// section 2.2.1, https://www.rfc-editor.org/rfc/rfc8693#section-2.2.1).
func noBearerIDToken(ctx context.Context, w *world.World) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if check.TokenIssued(answer) != nil {
		return refused(ctx, w, []string{"invalid_request"}, nil)
	}
	object, err := check.Object(answer)
	if err != nil || object["issued_token_type"] != "urn:ietf:params:oauth:token-type:id_token" {
		return err
	}
	return check.Member(object, "token_type", "N_A")
}

// TokenExchange is the grant type of RFC 8693
// (https://www.rfc-editor.org/rfc/rfc8693#section-2.1).
const TokenExchange = "urn:ietf:params:oauth:grant-type:token-exchange"

const accessTokenType = "urn:ietf:params:oauth:token-type:access_token"

// valid is the value of a parameter that is about the exchange.
func valid(r world.Received, name string) string {
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
		subject, _ := claims(r)["sub"].(string)
		return subject
	}
	return ""
}

// claims are those of the received token, if it is a JWT.
func claims(r world.Received) map[string]any {
	read, err := proof.Parse(r.Token)
	if err != nil {
		return nil
	}
	return read.Claims
}

// RegisterServing makes a client that serves a protected resource of its own and
// exchanges the tokens that it receives there; it acts from now on.
func RegisterServing(ctx context.Context, w *world.World, confidential bool, table world.Table) error {
	return registerServing(ctx, w, world.NewResource, confidential, table)
}

// RegisterServingToo makes another client that serves the resource of the one
// before, and acts from now on.
func RegisterServingToo(ctx context.Context, w *world.World, confidential bool, table world.Table) error {
	var registration world.Table
	for _, row := range table {
		registration = append(registration, world.Row{Name: row.Name, Value: world.Resolve(row, row.Value, nil, valids(w))})
	}
	return registerServing(ctx, w, world.SameResource, confidential, registration)
}

func registerServing(ctx context.Context, w *world.World, serves world.Serves, confidential bool, table world.Table) error {
	table = append(world.Table{{Name: "grant_types", Value: TokenExchange}}, table...)
	return register(ctx, w, world.Wanted{Name: world.Exchanging, Confidential: confidential, Table: table, Serves: serves})
}

// ExchangeToken exchanges the received token for another one, departing from a
// valid request in what table says.
func ExchangeToken(ctx context.Context, w *world.World, table world.Table) error {
	if w.Client == nil {
		return errNoClient
	}
	received := w.Grant.Received
	if received.Token == "" {
		return errors.New("the client has received no token yet")
	}
	parameters := world.Parameters{{Name: "grant_type", Value: TokenExchange}, {Name: "subject_token", Value: received.Token}, {Name: "subject_token_type", Value: accessTokenType}}
	if received.ActorToken != "" {
		parameters = append(parameters, world.Parameter{Name: "actor_token", Value: received.ActorToken}, world.Parameter{Name: "actor_token_type", Value: accessTokenType})
	}
	if err := sendForm(ctx, w, world.TokenResponse, parameters, table); err != nil || received.ActorToken == "" || table != nil {
		return err
	}
	return actorTaken(ctx, w)
}

// actorTaken: a server may refuse actor tokens by its policy (RFC 8693 section 2.2.2,
// https://www.rfc-editor.org/rfc/rfc8693#section-2.2.2), and exchange without one.
func actorTaken(ctx context.Context, w *world.World) error {
	if check.RefusedWith(w.Last.Exchange, []string{"invalid_request"}) != nil {
		return nil
	}
	for _, given := range w.Script.Givens { // The token itself may be the wrong one.
		if strings.Contains(given.Phrase, "of an agent") && given.Table != nil {
			return nil
		}
	}
	trial := w.Fork()
	trial.Grant.Received.ActorToken = ""
	if err := ExchangeToken(ctx, trial, nil); err != nil {
		return err
	}
	if trial.Last.Success() == nil {
		return &check.NotApplicable{Reason: "the authorization server exchanges tokens and takes no actor token", Lacks: "actor_token"}
	}
	return nil
}

// RevokeReceived has the application revoke its access token or its refresh
// token.
func RevokeReceived(ctx context.Context, w *world.World, kind string) error {
	received := w.Grant.Received
	revoked := map[string]string{"access": received.Token, "refresh": received.Refresh}[kind]
	if received.Application == nil || revoked == "" {
		return &check.NotApplicable{Reason: "the application has no " + kind + " token"}
	}
	err := w.As(received.Application, func() error { return Revoke(ctx, w, world.Table{{Name: "token", Value: revoked}}) })
	if err == nil {
		err = wasRevoked(w)
	}
	if isGiven := w.Script.Action.Do == nil; err == nil && isGiven && kind == "refresh" {
		return receivedEnded(ctx, w)
	}
	return err
}

// receivedEnded: that the access token ends with its refresh token is a SHOULD (RFC 7009
// section 2.1, https://www.rfc-editor.org/rfc/rfc7009#section-2.1); one that lives on can
// be exchanged.
func receivedEnded(ctx context.Context, w *world.World) error {
	trial := w.Fork()
	if err := Introspect(ctx, trial, w.Client, world.Table{{Name: "token", Value: w.Grant.Received.Token}}); err != nil {
		return err
	}
	if object, err := answeredObject(trial); err == nil && object["active"] == true {
		return &check.NotApplicable{Reason: "the access token outlives the refresh token that was revoked, which RFC 7009 section 2.1 leaves to the server", Lacks: "grant_revocation"}
	}
	return nil
}

// byExchange exchanges a token of the resource owner.
func byExchange(ctx context.Context, w *world.World) (bool, error) {
	if err := RegisterServing(ctx, w, true, nil); err != nil {
		return false, err
	}
	if err := ReceiveToken(ctx, w, nil); err != nil {
		return false, err
	}
	err := ExchangeToken(ctx, w, nil)
	return err == nil && w.Last.Success() == nil, err
}
