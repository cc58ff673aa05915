package steps

import (
	"context"
	"slices"
	"strconv"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/harness/world"
)

// allGivens are those of this file and of the subjects that have their own.
func allGivens() []step {
	return slices.Concat(givens, tokenGivens, policyGivens, refreshGivens, documentGivens, registrationGivens, clientGivens, limitGivens, timeGivens, exchangeGivens, mcpGivens, mcpClientGivens, clientRequestGivens, otherServerGivens)
}

var givens = []step{
	{`the client has sent an authorization request`, optionalTable, hasSentAuthorizationRequest},
	{`an? (confidential|public) client`, optionalTable, aClient},
	{`an? (confidential|public) client without the grant "([^"]*)"`, noTable, aClientWithout},
	{`a confidential client that nobody has approved`, noTable, aNewClient},
	{`the documented system`, noTable, theDocumentedSystem},
	{`the documented client "([^"]*)" with the secret "([^"]*)"`, noTable, theDocumentedClient},
	{`the client presents a secret that nobody gave it`, noTable, presentsSecret},
	{`the client authenticates with "([^"]*)"`, noTable, authenticatesWith},
	{`the resource owner (approves|denies)`, noTable, resourceOwner},
	{`an? (confidential|public) client that registered itself`, optionalTable, registeredItself},
	{`the resource owner signs in and (approves|denies)`, noTable, signsInAnd},
	{`the resource owner has not signed in`, noTable, hasNotSignedIn},
	{`the resource owner has signed in`, noTable, hasSignedIn},
	{`the resource owner has approved the client`, optionalTable, hasApproved},
	{`the resource owner has signed out`, noTable, signsOut},
	{`the resource owner has ended the client's access`, noTable, endsAccess},
	{`the resource owner signs in with a wrong password`, noTable, signsInWrongly},
	{`somebody has guessed (\d+) passwords of the resource owner`, noTable, hasGuessed},
	{`the client has obtained an authorization code`, optionalTable, hasObtainedCode},
	{`the client has obtained an access token`, optionalTable, hasObtainedToken},
	{`the client has redeemed the code`, noTable, hasRedeemedCode},
	{`the client has obtained tokens`, optionalTable, hasObtainedTokens},
	{`the client has obtained a refresh token`, optionalTable, hasObtainedRefreshToken},
	{`the client has refreshed the token`, optionalTable, hasRefreshed},
	{`the client has revoked the token`, optionalTable, hasRevoked},
	{`the user has the (pending|completed) task "([^"]*)"`, noTable, userHasTask},
	{`another (confidential|public) client intercepts the (?:code|refresh token)`, noTable, intercepts},
	{`the client has called the protected resource`, noTable, hasCalledResource},
	{`the client has changed its key`, noTable, clientHasChangedKey},
	{`the protected resource verifies tokens by (jwt|introspection)`, noTable, verifiesBy},
	{`the authorization server issues documented tokens`, noTable, documentedTokens},
	{`the agent has listed the tasks`, noTable, agentHasListed},
	{`the (authorization server|protected resource) cannot be reached`, noTable, cannotBeReached},
	{`the protected resource has credentials of its own`, noTable, resourceHasCredentials},
	{`a second protected resource`, noTable, secondResource},
	{`the authorization server signs with "([^"]*)"`, noTable, signsWith},
	{`the authorization server has changed its signing key`, noTable, hasChangedKey},
	{`the authorization server has lost its store`, noTable, hasLostStore},
	{`the authorization server forgives the reuse of a refresh token for (\d+) seconds`, noTable, forgivesReuse},
	{`the (?:authorization server|protected resource|MCP server) exhibits "([^"]*)"`, noTable, exhibits},
}

func aClient(ctx context.Context, w *world.World, words []string, table world.Table) error {
	return w.Register(ctx, words[0] == "confidential", table)
}

func aNewClient(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.RegisterNew(ctx)
}

func aClientWithout(ctx context.Context, w *world.World, words []string, _ world.Table) error {
	return w.RegisterWithout(ctx, words[0] == "confidential", words[1])
}

func theDocumentedSystem(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.BeginDocumented(ctx)
}

func theDocumentedClient(_ context.Context, w *world.World, words []string, _ world.Table) error {
	w.Client = &world.Client{ID: words[0], Secret: words[1], Method: "client_secret_post"}
	w.Log.Secret(words[1])
	return nil
}

func authenticatesWith(ctx context.Context, w *world.World, words []string, _ world.Table) error {
	return w.Authenticate(ctx, words[0])
}

func presentsSecret(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	presented := *w.Client
	presented.Secret, presented.Method = proof.Random(), "client_secret_post"
	w.Client = &presented
	return nil
}

func resourceOwner(ctx context.Context, w *world.World, words []string, _ world.Table) error {
	return w.Decide(ctx, useragent.Decision(words[0]))
}

func hasObtainedCode(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.ObtainCode(ctx, table)
}

func hasObtainedToken(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	return w.ObtainToken(ctx, table)
}

// userHasTask creates a task with a token of its own.
func userHasTask(ctx context.Context, w *world.World, words []string, _ world.Table) error {
	token, client := w.Grant.AccessToken, w.Client
	defer func() { w.Grant.AccessToken, w.Client = token, client }()
	if err := w.ObtainUserToken(ctx, "tasks:write"); err != nil {
		return err
	}
	if err := w.Call(ctx, "POST", "/api/tasks", world.Table{{Name: "title", Value: words[1]}, {Name: "status", Value: words[0]}}); err != nil {
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

func signsWith(ctx context.Context, w *world.World, words []string, _ world.Table) error {
	return w.Change(ctx, control.RealmRequest{SigningAlgorithm: new(control.RealmRequestSigningAlgorithm(words[0]))})
}

func hasChangedKey(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.ChangeSigningKey(ctx)
}

func hasLostStore(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.Change(ctx, control.RealmRequest{StoreDown: new(true)})
}

func forgivesReuse(ctx context.Context, w *world.World, words []string, _ world.Table) error {
	seconds, err := strconv.Atoi(words[0])
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
func intercepts(ctx context.Context, w *world.World, words []string, _ world.Table) error {
	return w.RegisterAnother(ctx, words[0] == "confidential")
}

func verifiesBy(ctx context.Context, w *world.World, words []string, _ world.Table) error {
	return w.Change(ctx, control.RealmRequest{Verify: new(control.RealmRequestVerify(words[0]))})
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

func cannotBeReached(_ context.Context, w *world.World, words []string, _ world.Table) error {
	w.CannotReach(words[0])
	return nil
}

func exhibits(ctx context.Context, w *world.World, words []string, _ world.Table) error {
	faults := append([]string{}, w.Run.Faults...)
	faults = append(faults, words...)
	return w.Change(ctx, control.RealmRequest{Faults: &faults})
}
