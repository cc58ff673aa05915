package world

import (
	"context"
	"fmt"

	"github.com/grantproof/grantproof/harness/proof"
)

// GuessSecret sends requests to an endpoint as the client, so often, each with
// another wrong secret. Whatever comes of them, the client has what it had.
func (w *World) GuessSecret(ctx context.Context, times int, endpoint string) error {
	send, known := map[string]func(*World) error{
		"token":         func(g *World) error { return g.RequestToken(ctx, nil) },
		"introspection": func(g *World) error { return g.Introspect(ctx, g.Client, nil) },
		"revocation":    func(g *World) error { return g.Revoke(ctx, nil) },
	}[endpoint]
	if !known {
		return fmt.Errorf("nobody guesses secrets at the %s endpoint", endpoint)
	}
	if w.Client == nil {
		return errNoClient
	}
	for range times {
		guesser, guess := *w, *w.Client
		guess.Secret = proof.Random()
		guesser.Client = &guess
		if guesser.Grant.AccessToken == "" {
			guesser.Grant.AccessToken = proof.Random()
		}
		if err := send(&guesser); err != nil {
			return err
		}
	}
	return nil
}
