package steps

import (
	"context"
	"fmt"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about tokens that a client receives and exchanges (RFC 8693,
// https://www.rfc-editor.org/rfc/rfc8693).
var (
	exchangeGivens = []step{
		{`an? (confidential|public) client that serves a protected resource`, optionalTable, servesResource},
		{`another (confidential|public) client that serves the same resource`, optionalTable, servesSameResource},
		{`the client has received an access token of the resource owner`, optionalTable, hasReceived},
		{`the client has received an access token of an agent`, noTable, hasReceivedOfAgent},
		{`the client has received an actor token of an agent`, optionalTable, hasReceivedActorToken},
		{`the received token has other claims`, tableNeeded, receivedHasOther},
		{`the client has exchanged the token`, optionalTable, hasExchanged},
		{`the client has passed the token on to another one`, noTable, hasPassedOn},
		{`the application has revoked its (access|refresh) token`, noTable, applicationRevokes},
	}
	exchangeWhens = []step{
		{`the client exchanges the token`, optionalTable, exchangesToken},
		{`the application revokes its (access|refresh) token`, noTable, applicationRevokes},
	}
	exchangeThens = []step{
		{`the access token ends with the received one at the latest`, noTable, endsWithReceived},
		{`an ID token is refused or issued as no Bearer token`, noTable, noBearerIDToken},
	}
)

func servesResource(ctx context.Context, w *world.World, words []string, table world.Table) error {
	return w.RegisterServing(ctx, words[0] == "confidential", table)
}

func servesSameResource(ctx context.Context, w *world.World, words []string, table world.Table) error {
	return w.RegisterServingToo(ctx, words[0] == "confidential", table)
}

func hasReceived(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.ReceiveToken(ctx, table)
}

func hasReceivedOfAgent(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.ReceiveOwnToken(ctx)
}

func hasReceivedActorToken(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.ReceiveActorToken(ctx, table)
}

func receivedHasOther(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.AlterReceived(ctx, table)
}

func exchangesToken(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.ExchangeToken(ctx, table)
}

func hasExchanged(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	if err := w.ExchangeToken(ctx, table); err != nil {
		return err
	}
	return check.TokenIssued(w.Last.Exchange)
}

func hasPassedOn(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.PassOn(ctx)
}

func applicationRevokes(ctx context.Context, w *world.World, words []string, _ world.Table) error {
	return w.RevokeReceived(ctx, words[0])
}

// endsWithReceived: delegated rights do not last longer than those that they
// come of (RFC 8693 section 5, https://www.rfc-editor.org/rfc/rfc8693#section-5).
func endsWithReceived(_ context.Context, w *world.World, _ []string, _ world.Table) error {
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
func noBearerIDToken(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	if check.TokenIssued(answer) != nil {
		return refusedWith(ctx, w, []string{"invalid_request"}, nil)
	}
	object, err := check.Object(answer)
	if err != nil || object["issued_token_type"] != "urn:ietf:params:oauth:token-type:id_token" {
		return err
	}
	return check.Member(object, "token_type", "N_A")
}
