package acts

import (
	"context"
	"fmt"

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
		{says: `the client has received an access token of the resource owner`, with: words.AuthorizationRequest, do: tabled(ReceiveToken)},
		{says: `the client has received an (access|actor) token of an agent`, with: words.TokenRequest, do: hasReceivedOfAgent},
		{says: `the received token has other claims`, table: words.ReceivedClaims, do: tabled(AlterReceived)},
		{says: `the client has passed the token on to another one`, do: plainly(PassOn)},
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

// hasReceivedOfAgent: an access token is to be exchanged, an actor token says who
// acts.
func hasReceivedOfAgent(ctx context.Context, w *world.World, args []string, table world.Table) error {
	if args[0] == "access" {
		return ReceiveOwnToken(ctx, w)
	}
	return ReceiveActorToken(ctx, w, table)
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
