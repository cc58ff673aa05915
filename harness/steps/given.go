package steps

import (
	"context"
	"strconv"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

var _ = phrases(Given, []step{
	{says: `the client has sent an authorization request`, with: words.AuthorizationRequest, do: hasSentAuthorizationRequest},
	{says: `an? (confidential|public) client`, with: words.Client, registers: true, do: aClient},
	{says: `an? (confidential|public) client without the grant "([^"]*)"`, registers: true, do: aClientWithout},
	{says: `a confidential client that nobody has approved`, registers: true, do: aNewClient},
	{says: `the documented system`, do: theDocumentedSystem},
	{says: `the documented client "([^"]*)" with the secret "([^"]*)"`, do: theDocumentedClient},
	{says: `the client presents a secret that nobody gave it`, do: presentsSecret},
	{says: `the client authenticates with "([^"]*)"`, do: authenticatesWith},
	{says: `the resource owner (approves|denies)`, signsIn: true, do: resourceOwner},
	{says: `an? (confidential|public) client that registered itself`, with: words.Client, registers: true, do: registeredItself},
	{says: `the resource owner signs in and (approves|denies)`, signsIn: true, do: signsInAnd},
	{says: `the resource owner has not signed in`, do: hasNotSignedIn},
	{says: `the resource owner has signed in`, do: hasSignedIn},
	{says: `the resource owner has approved the client`, with: words.AuthorizationRequest, signsIn: true, do: hasApproved},
	{says: `the resource owner has signed out`, do: signsOut},
	{says: `the resource owner has ended the client's access`, do: endsAccess},
	{says: `the resource owner signs in with a wrong password`, signsIn: true, do: signsInWrongly},
	{says: `somebody has guessed (\d+) passwords of the resource owner`, do: hasGuessed},
	{says: `the client has obtained an authorization code`, with: words.AuthorizationRequest, do: hasObtainedCode},
	{says: `the client has obtained an access token`, with: words.TokenRequest, do: hasObtainedToken},
	{says: `the client has redeemed the code`, do: hasRedeemedCode},
	{says: `the client has obtained tokens`, with: words.AuthorizationRequest, do: hasObtainedTokens},
	{says: `the client has obtained a refresh token`, with: words.AuthorizationRequest, do: hasObtainedRefreshToken},
	{says: `the client has refreshed the token`, with: words.Refresh, do: hasRefreshed},
	{says: `the client has revoked the token`, with: words.Revocation, do: hasRevoked},
	{says: `the user has the (pending|completed) task "([^"]*)"`, do: userHasTask},
	{says: `another (confidential|public) client intercepts the (?:code|refresh token)`, registers: true, do: intercepts},
	{says: `the client has called the protected resource`, do: hasCalledResource},
	{says: `the client has changed its key`, do: clientHasChangedKey},
	{says: `the protected resource verifies tokens by (jwt|introspection)`, do: verifiesBy},
	{says: `the authorization server issues documented tokens`, do: documentedTokens},
	{says: `the agent has listed the tasks`, do: agentHasListed},
	{says: `the (authorization server|protected resource) cannot be reached`, do: cannotBeReached},
	{says: `the protected resource has credentials of its own`, do: resourceHasCredentials},
	{says: `a second protected resource`, do: secondResource},
	{says: `the authorization server signs with "([^"]*)"`, do: signsWith},
	{says: `the authorization server has changed its signing key`, do: hasChangedKey},
	{says: `the authorization server has lost its store`, do: hasLostStore},
	{says: `the authorization server forgives the reuse of a refresh token for (\d+) seconds`, do: forgivesReuse},
	{says: `the (?:authorization server|protected resource|MCP server) exhibits "([^"]*)"`, do: exhibits},
})

func aClient(ctx context.Context, w *world.World, args []string, table world.Table) error {
	return w.Register(ctx, args[0] == "confidential", table)
}

func aNewClient(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.RegisterNew(ctx)
}

func aClientWithout(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return w.RegisterWithout(ctx, args[0] == "confidential", args[1])
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

func resourceOwner(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return w.Decide(ctx, useragent.Decision(args[0]))
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

func resourceHasCredentials(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.ResourceHasCredentials()
}

func secondResource(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.AddResource(ctx)
}

func signsWith(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return w.Change(ctx, control.RealmRequest{SigningAlgorithm: new(control.RealmRequestSigningAlgorithm(args[0]))})
}

func hasChangedKey(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.ChangeSigningKey(ctx)
}

func hasLostStore(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.Change(ctx, control.RealmRequest{StoreDown: new(true)})
}

func forgivesReuse(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	seconds, err := strconv.Atoi(args[0])
	if err != nil {
		return err
	}
	return w.Change(ctx, control.RealmRequest{RefreshGraceSeconds: &seconds})
}

// hasSentAuthorizationRequest: whatever came of it.
func hasSentAuthorizationRequest(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.Authorize(ctx, table)
}

// intercepts leaves the code and all that belongs to it with another client.
func intercepts(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return w.RegisterAnother(ctx, args[0] == "confidential")
}

func verifiesBy(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return w.Change(ctx, control.RealmRequest{Verify: new(control.RealmRequestVerify(args[0]))})
}

func documentedTokens(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.Change(ctx, control.RealmRequest{DocumentedTokens: new(true)})
}

func agentHasListed(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	if err := w.RunAgent(ctx, "list-tasks", nil); err != nil {
		return err
	}
	return w.Last.Problem
}

func cannotBeReached(_ context.Context, w *world.World, args []string, _ world.Table) error {
	w.Down = args[0]
	return nil
}

func exhibits(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	faults := append([]string{}, w.Run.Faults...)
	faults = append(faults, args...)
	return w.Change(ctx, control.RealmRequest{Faults: &faults})
}
