package realm

import (
	"context"
	"errors"

	"github.com/grantproof/grantproof/impl/store"
)

// DemoData are the commands that remove what the demo has left in a store: its
// clients, and its user with the public password. The client of the protected
// resource is none of it where that gets a new secret anyway.
func DemoData(ctx context.Context, s store.Store, resourceReplaced bool) ([]string, error) {
	var left []string
	for _, demo := range demoClients {
		if client, err := s.Client(ctx, demo.id); err == nil && client.Demo {
			left = append(left, "grantproof clients remove "+demo.id)
		} else if err != nil && !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
	}
	client, err := s.Client(ctx, resourceClient)
	if err == nil && client.Secret != nil && client.Secret.Matches(DemoResourceSecret) && !resourceReplaced {
		left = append(left, "grantproof clients remove "+resourceClient)
	}
	if user, err := s.User(ctx, demoUser); err == nil && user.PasswordHash == demoPasswordHash {
		left = append(left, "grantproof users remove "+user.Username)
	}
	return left, nil
}
