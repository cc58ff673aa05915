package steps

import (
	"context"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

var _ = phrases(Given, []step{
	{says: `an? (confidential|public) client`, with: words.Client, registers: always, do: aClient},
	{says: `the documented system`, do: theDocumentedSystem},
	{says: `the documented client "([^"]*)" with the secret "([^"]*)"`, do: theDocumentedClient},
	{says: `the client presents a secret that nobody gave it`, do: presentsSecret, once: "one scenario has a public client act as a confidential one"},
	{says: `the client authenticates with "([^"]*)"`, do: authenticatesWith},
	{says: `the client has obtained an access token`, with: words.TokenRequest, do: tabled((*world.World).ObtainToken)},
	{says: `the client has obtained (an authorization code|tokens|a refresh token)`, with: words.AuthorizationRequest, do: hasObtained},
	{says: `the client has exchanged its refresh token for another`, do: hasRotated, once: "one scenario is about servers that leave a client its refresh token"},
	{says: `the (client|authorization server) has changed its key`, do: hasChangedKey},
	{says: `another client has (obtained an access token|begun a session with the MCP server)`, do: anotherHas},
	{says: `the user has the (pending|completed) task "([^"]*)"`, do: userHasTask},
	{says: `another (confidential|public) client intercepts the (?:code|refresh token)`, registers: always, do: intercepts},
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

func hasObtained(ctx context.Context, w *world.World, args []string, table world.Table) error {
	switch args[0] {
	case "tokens":
		return w.ObtainTokens(ctx, table)
	case "a refresh token":
		return w.ObtainRefreshToken(ctx, table)
	}
	return w.ObtainCode(ctx, table)
}

// hasRotated: a server may leave a confidential client its refresh token.
func hasRotated(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	before := w.Grant.RefreshToken
	if err := w.Refresh(ctx, nil); err != nil {
		return err
	}
	if err := check.TokenIssued(w.Last.Exchange); err != nil {
		return err
	}
	if w.Grant.RefreshToken == before {
		return &check.NotApplicable{Reason: "the authorization server brings this client no other refresh token"}
	}
	return nil
}

func hasChangedKey(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if args[0] == "client" {
		return w.ChangeKey(ctx)
	}
	return w.ChangeSigningKey(ctx)
}

// anotherHas leaves the scenario with the token or the session of another client.
func anotherHas(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if args[0] == "obtained an access token" {
		return anotherHasObtained(ctx, w)
	}
	return anotherBeganSession(ctx, w)
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

// intercepts leaves the code and all that belongs to it with another client.
func intercepts(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return w.RegisterAnother(ctx, args[0] == "confidential")
}
