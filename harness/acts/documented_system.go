package acts

import (
	"context"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
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
