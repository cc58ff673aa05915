package steps

import (
	"context"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

var _ = phrases(Given, []step{
	{says: `the client has sent an authorization request`, with: words.AuthorizationRequest, do: hasSentAuthorizationRequest},
	{says: `an? (confidential|public) client`, with: words.Client, registers: always, do: aClient},
	{says: `the documented system`, do: theDocumentedSystem},
	{says: `the documented client "([^"]*)" with the secret "([^"]*)"`, do: theDocumentedClient},
	{says: `the client presents a secret that nobody gave it`, do: presentsSecret},
	{says: `the client authenticates with "([^"]*)"`, do: authenticatesWith},
	{says: `the client has obtained an authorization code`, with: words.AuthorizationRequest, do: hasObtainedCode},
	{says: `the client has obtained an access token`, with: words.TokenRequest, do: hasObtainedToken},
	{says: `the client has redeemed the code`, do: hasRedeemedCode},
	{says: `the client has obtained tokens`, with: words.AuthorizationRequest, do: hasObtainedTokens},
	{says: `the client has obtained a refresh token`, with: words.AuthorizationRequest, do: hasObtainedRefreshToken},
	{says: `the client has refreshed the token`, with: words.Refresh, do: hasRefreshed},
	{says: `the client has revoked the token`, with: words.Revocation, do: hasRevoked},
	{says: `the user has the (pending|completed) task "([^"]*)"`, do: userHasTask},
	{says: `another (confidential|public) client intercepts the (?:code|refresh token)`, registers: always, do: intercepts},
	{says: `the client has called the protected resource`, do: hasCalledResource},
	{says: `the client has changed its key`, do: clientHasChangedKey},
	{says: `the agent has listed the tasks`, do: agentHasListed},
})

func aClient(ctx context.Context, w *world.World, args []string, table world.Table) error {
	if grant, without := table.Get("(without the grant)"); without {
		return w.RegisterWithout(ctx, args[0] == "confidential", grant)
	}
	if _, never := table.Get("(approved)"); never {
		return w.RegisterNew(ctx)
	}
	return w.Register(ctx, args[0] == "confidential", table)
}

func theDocumentedSystem(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.Begin(ctx, true)
}

func theDocumentedClient(_ context.Context, w *world.World, args []string, _ world.Table) error {
	w.Client = &world.Client{ID: args[0], Secret: args[1], Method: "client_secret_post"}
	w.Log.Secret(args[1])
	return nil
}

func authenticatesWith(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return w.Authenticate(ctx, args[0])
}

func presentsSecret(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	presented := *w.Client
	presented.Secret, presented.Method = proof.Random(), "client_secret_post"
	w.Client = &presented
	return nil
}

func hasObtainedCode(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.ObtainCode(ctx, table)
}

func hasObtainedToken(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.ObtainToken(ctx, table)
}

// userHasTask creates a task with a token of its own.
func userHasTask(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	token, client := w.Grant.AccessToken, w.Client
	defer func() { w.Grant.AccessToken, w.Client = token, client }()
	if err := w.ObtainUserToken(ctx, "tasks:write"); err != nil {
		return err
	}
	if err := w.Call(ctx, "POST", "/api/tasks", world.Table{{Name: "title", Value: args[1]}, {Name: "status", Value: args[0]}}); err != nil {
		return err
	}
	return check.Status(w.Last.Exchange, 201)
}

func hasCalledResource(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	if err := w.CallResource(ctx, nil); err != nil {
		return err
	}
	return w.Last.Success()
}

func hasRedeemedCode(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	if err := w.RedeemCode(ctx, nil); err != nil {
		return err
	}
	return check.TokenIssued(w.Last.Exchange)
}

func hasObtainedTokens(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.ObtainTokens(ctx, table)
}

func hasObtainedRefreshToken(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.ObtainRefreshToken(ctx, table)
}

func hasRefreshed(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	if err := w.Refresh(ctx, table); err != nil {
		return err
	}
	return check.TokenIssued(w.Last.Exchange)
}

func hasRevoked(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	if err := w.Revoke(ctx, table); err != nil {
		return err
	}
	return w.Last.Success()
}

// hasSentAuthorizationRequest: whatever came of it.
func hasSentAuthorizationRequest(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.Authorize(ctx, table)
}

// intercepts leaves the code and all that belongs to it with another client.
func intercepts(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return w.RegisterAnother(ctx, args[0] == "confidential")
}

func agentHasListed(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	if err := w.RunAgent(ctx, "list-tasks", nil); err != nil {
		return err
	}
	return w.Last.Problem
}
