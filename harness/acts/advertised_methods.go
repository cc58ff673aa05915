package acts

import (
	"context"
	"errors"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// byRevocation revokes a token that nobody knows, which a client may do that
// authenticates as it should (RFC 7009 section 2.2,
// https://www.rfc-editor.org/rfc/rfc7009#section-2.2).
func byRevocation(method string) func(context.Context, *world.World) (bool, error) {
	return func(ctx context.Context, w *world.World) (bool, error) {
		if err := RegisterClient(ctx, w, method != "none", world.Table{{Name: "token_endpoint_auth_method", Value: method}}); err != nil {
			return false, err
		}
		return byRandomRevocation(world.Table{{Name: "(authentication)", Value: method}})(ctx, w)
	}
}

func byRandomRevocation(table world.Table) func(context.Context, *world.World) (bool, error) {
	return func(ctx context.Context, w *world.World) (bool, error) {
		err := Revoke(ctx, w, append(world.Table{{Name: "token", Value: "(random)"}}, table...))
		return err == nil && w.Last.Success() == nil, err
	}
}

// byOwnIntrospection asks about a token that was issued to the client.
func byOwnIntrospection(table world.Table) func(context.Context, *world.World) (bool, error) {
	return func(ctx context.Context, w *world.World) (bool, error) {
		err := ObtainToken(ctx, w, nil)
		if refused := new(check.Failure); errors.As(err, &refused) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		err = Introspect(ctx, w, w.Client, table)
		return err == nil && wasAnswered(w), err
	}
}

// signingAlgorithms are those of RFC 7518 section 3.1 and RFC 8037 that a
// client assertion can be made with here.
var signingAlgorithms = []string{
	"ES256", "ES384", "EdDSA", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "HS256", "HS384", "HS512", "none",
}

// byAlgorithms tries each algorithm with a client that has a key for it.
func byAlgorithms(send func(world.Table) func(context.Context, *world.World) (bool, error)) []attempt {
	var all []attempt
	for _, algorithm := range signingAlgorithms {
		all = append(all, attempt{algorithm, func(ctx context.Context, w *world.World) (bool, error) {
			client, request := clientFor(algorithm)
			if err := RegisterClient(ctx, w, true, client); err != nil {
				return false, err
			}
			return send(request)(ctx, w)
		}})
	}
	return all
}

// clientFor is the registration of a client that signs with an algorithm, and
// what its request deviates in.
func clientFor(algorithm string) (client, request world.Table) {
	switch {
	case algorithm == "none":
		return world.Table{{Name: "token_endpoint_auth_method", Value: "private_key_jwt"}}, world.Table{{Name: "assertion signed_by", Value: "nobody"}}
	case strings.HasPrefix(algorithm, "HS"):
		return world.Table{{Name: "token_endpoint_auth_method", Value: "client_secret_jwt"}}, world.Table{{Name: "assertion alg", Value: algorithm}}
	}
	return world.Table{{Name: "token_endpoint_auth_method", Value: "private_key_jwt"}, {Name: "token_endpoint_auth_signing_alg", Value: algorithm}}, nil
}

// authenticatingAt is the client as it authenticates at an endpoint other than that for
// tokens: as it is registered to, or, where the metadata list other methods for
// the endpoint alone, by one of those (RFC 8414 section 2,
// https://www.rfc-editor.org/rfc/rfc8414#section-2). How a table has it
// authenticate is left alone.
func authenticatingAt(r *world.Run, endpoint string, client *world.Client, table world.Table) *world.Client {
	listed, limited := r.Metadata[endpoint+"_endpoint_auth_methods_supported"].([]any)
	_, said := table.Get("(authentication)")
	if client == nil || client.Secret == "" || !limited || said || slices.Contains(listed, any(client.Method)) {
		return client
	}
	for _, method := range []string{"client_secret_basic", "client_secret_post"} {
		if slices.Contains(listed, any(method)) {
			otherwise := *client
			otherwise.Method = method
			return &otherwise
		}
	}
	return client
}
