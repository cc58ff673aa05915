package acts

import (
	"context"

	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

var _ = phrases(Given, []step{
	{says: `an? (confidential|public) client`, with: words.Client, registers: always, do: aClient},
	{says: `the client presents a secret that nobody gave it`, do: presentsSecret, once: "one scenario has a public client act as a confidential one"},
	{says: `the client authenticates with "([^"]*)"`, do: authenticatesWith},
	{says: `the (client|authorization server) has changed its key`, do: hasChangedKey},
	{says: `another (confidential|public) client intercepts the (?:code|refresh token)`, registers: always, do: intercepts},
})

func aClient(ctx context.Context, w *world.World, args []string, table world.Table) error {
	if grant, without := table.Get("(without the grant)"); without {
		return RegisterWithout(ctx, w, args[0] == "confidential", grant)
	}
	if _, never := table.Get("(approved)"); never {
		return RegisterNew(ctx, w)
	}
	return RegisterClient(ctx, w, args[0] == "confidential", table)
}

func hasChangedKey(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if args[0] == "client" {
		return ChangeKey(ctx, w)
	}
	return w.ChangeSigningKey(ctx)
}

func authenticatesWith(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return Authenticate(ctx, w, args[0])
}

func presentsSecret(_ context.Context, w *world.World, _ []string, _ world.Table) error {
	presented := *w.Client
	presented.Secret, presented.Method = proof.Random(), "client_secret_post"
	w.Client = &presented
	return nil
}

// intercepts leaves the code and all that belongs to it with another client.
func intercepts(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return RegisterAnother(ctx, w, args[0] == "confidential")
}
