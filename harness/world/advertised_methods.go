package world

import (
	"context"
	"errors"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
)

// byRevocation revokes a token that nobody knows, which a client may do that
// authenticates as it should (RFC 7009 section 2.2,
// https://www.rfc-editor.org/rfc/rfc7009#section-2.2).
func byRevocation(method string) func(context.Context, *World) (bool, error) {
	return func(ctx context.Context, w *World) (bool, error) {
		if err := w.Register(ctx, method != "none", Table{{"token_endpoint_auth_method", method}}); err != nil {
			return false, err
		}
		return byRandomRevocation(Table{{"(authentication)", method}})(ctx, w)
	}
}

func byRandomRevocation(table Table) func(context.Context, *World) (bool, error) {
	return func(ctx context.Context, w *World) (bool, error) {
		err := w.Revoke(ctx, append(Table{{"token", "(random)"}}, table...))
		return err == nil && w.Last.Success() == nil, err
	}
}

// byOwnIntrospection asks about a token that was issued to the client.
func byOwnIntrospection(table Table) func(context.Context, *World) (bool, error) {
	return func(ctx context.Context, w *World) (bool, error) {
		err := w.ObtainToken(ctx, nil)
		if refused := new(check.Failure); errors.As(err, &refused) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		err = w.Introspect(ctx, w.Client, table)
		return err == nil && w.Last.Object()["active"] == true, err
	}
}

// signingAlgorithms are those of RFC 7518 section 3.1 and RFC 8037 that a
// client assertion can be made with here.
var signingAlgorithms = []string{
	"ES256", "ES384", "EdDSA", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "HS256", "HS384", "HS512", "none",
}

// byAlgorithms tries each algorithm with a client that has a key for it.
func byAlgorithms(send func(Table) func(context.Context, *World) (bool, error)) []attempt {
	var all []attempt
	for _, algorithm := range signingAlgorithms {
		all = append(all, attempt{algorithm, func(ctx context.Context, w *World) (bool, error) {
			client, request := clientFor(algorithm)
			if err := w.Register(ctx, true, client); err != nil {
				return false, err
			}
			return send(request)(ctx, w)
		}})
	}
	return all
}

// clientFor is the registration of a client that signs with an algorithm, and
// what its request deviates in.
func clientFor(algorithm string) (client, request Table) {
	switch {
	case algorithm == "none":
		return Table{{"token_endpoint_auth_method", "private_key_jwt"}}, Table{{"assertion signed_by", "nobody"}}
	case strings.HasPrefix(algorithm, "HS"):
		return Table{{"token_endpoint_auth_method", "client_secret_jwt"}}, Table{{"assertion alg", algorithm}}
	}
	return Table{{"token_endpoint_auth_method", "private_key_jwt"}, {"token_endpoint_auth_signing_alg", algorithm}}, nil
}
