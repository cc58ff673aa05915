package variant

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Variant{
	{
		Name:    "scope-in-another-order",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.3: the order of scope values does not matter",
		Summary: "A token response states the scope in reverse order.",
		Tempts:  ids{"rfc6749-5.1/scope-stated", "rfc6749-3.3/order-free", "rfc6749-6/scope-omitted"},
		Answer: seam.OnTokens(func(r *seam.Response) {
			if said, ok := seam.Members(r)["scope"].(string); ok {
				names := strings.Fields(said)
				slices.Reverse(names)
				seam.With("scope", strings.Join(names, " "))(r)
			}
		}),
	},
	{
		Name:    "scope-of-a-code-not-repeated",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 5.1: scope is optional, if identical to the scope requested by the client",
		Summary: "The response to a redemption has no scope where it is the one of the authorization request.",
		Tempts:  ids{"rfc6749-5.1/scope-stated", "rfc6749-3.3/order-free"},
		Departs: ids{"oauth-2.1-token-endpoint-response/scope-always"},
		Edits:   scopeOfCodeLeftOut,
	},
	{
		Name:    "scope-of-a-refresh-not-repeated",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 sections 5.1 and 6: a refresh without a scope is one for the granted scope, and the same is not repeated",
		Summary: "The response to a refresh without a scope has none.",
		Tempts:  ids{"rfc6749-6/scope-omitted", "rfc6749-6/access-token"},
		Departs: ids{"oauth-2.1-token-endpoint-response/scope-always"},
		Answer: func(r *http.Request, response *seam.Response) {
			if wire.FromContext(r.Context()).Parameters.Get("scope") == "" {
				seam.OfGrant("refresh_token", seam.Without("scope"))(r, response)
			}
		},
	},
	{
		Name:    "default-scope-of-one",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.3: without a scope the request is processed with a predefined default value",
		Summary: "A request without a scope gets tasks:read.",
		Tempts:  ids{"rfc6749-3.3/default-scope", "rfc6749-4.4.3/access-token"},
		Rules: withoutScope(func(client store.Client) (token.Scope, *wire.Error) {
			if client.Demo { // The documented ones are registered for all.
				return client.Scope, nil
			}
			return token.Scope{"tasks:read"}.Within(client.Scope), nil
		}),
	},
	{
		Name:    "default-scope-empty",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.3: the default value is the server's to define; section 5.1: scope is optional, if identical to the scope requested by the client",
		Summary: "A request without a scope gets a token without one, and the response has no scope.",
		Tempts:  ids{"rfc6749-3.3/default-scope", "rfc6749-4.4.3/access-token"},
		Departs: ids{"oauth-2.1-token-endpoint-response/scope-always"},
		Answer: seam.OnTokens(func(r *seam.Response) {
			if seam.Members(r)["scope"] == "" {
				seam.Without("scope")(r)
			}
		}),
		Rules: withoutScope(func(client store.Client) (token.Scope, *wire.Error) {
			if client.Demo { // The documented ones are registered for all.
				return client.Scope, nil
			}
			return nil, nil
		}),
	},
	{
		Name:    "scope-required",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.3: a request without a scope may fail with invalid_scope",
		Summary: "A request of a client that is registered here and names no scope is refused with invalid_scope.",
		Tempts:  ids{"rfc6749-3.3/default-scope", "rfc6749-4.4.3/access-token"},
		Rules: withoutScope(func(client store.Client) (token.Scope, *wire.Error) {
			if client.Demo || strings.Contains(client.ID, "://") { // Those of documents keep a default.
				return client.Scope, nil
			}
			return nil, &wire.Error{Code: "invalid_scope", Description: "scope is missing"}
		}),
	},
	{
		Name:    "unknown-scope-ignored",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.3: the server may fully or partially ignore the requested scope, and says so",
		Summary: "A scope that a client cannot have is left out, and the response states the rest.",
		Tempts:  ids{"rfc6749-3.3/unregistered-scope", "rfc6749-3.3/case-sensitive"},
		Rules: func(in rule.Replaced) {
			held := authserver.RequestedScope.In(in)
			authserver.RequestedScope.Replace(in, func(client store.Client, requested *string) (token.Scope, *wire.Error) {
				scope, ok := token.ParseScope(seam.Value(requested))
				if possible := scope.Within(client.Scope); ok && len(possible) > 0 {
					return possible, nil
				}
				return held(client, requested)
			})
		},
	},
	{
		Name:    "refresh-for-less-brings-all",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.3: the server may fully or partially ignore the requested scope, and says so",
		Summary: "A refresh that asks for less gets the granted scope, and the response states it.",
		Tempts:  ids{"rfc6749-6/scope-omitted", "rfc6749-6/scope-not-broader", "rfc6749-5.1/scope-stated"},
		Rules: func(in rule.Replaced) {
			held := authserver.RefreshedScope.In(in)
			authserver.RefreshedScope.Replace(in, func(client store.Client, granted token.Scope, requested *string) (token.Scope, *wire.Error) {
				if _, refused := held(client, granted, requested); refused != nil {
					return nil, refused
				}
				return granted, nil
			})
		},
	},
	{
		Name:    "refresh-for-more-brings-the-granted",
		Role:    AuthorizationServer,
		Allows:  "RFC 6749 section 3.3: the server may fully or partially ignore the requested scope, and says so",
		Summary: "A refresh that asks for more than was granted gets what was granted of it, and the response states it.",
		Tempts:  ids{"rfc6749-6/scope-not-broader", "rfc9700-4.14.2/bound-to-consent", "rfc6749-5.1/scope-stated"},
		Rules: func(in rule.Replaced) {
			held := authserver.RefreshedScope.In(in)
			authserver.RefreshedScope.Replace(in, func(client store.Client, granted token.Scope, requested *string) (token.Scope, *wire.Error) {
				scope, refused := held(client, granted, requested)
				if refused == nil {
					return scope, nil
				}
				if asked, ok := token.ParseScope(seam.Value(requested)); ok && len(asked.Within(granted)) > 0 {
					return asked.Within(granted), nil
				}
				return granted, nil
			})
		},
	},
	{
		Name:    "openid-scope-without-a-user",
		Role:    AuthorizationServer,
		Allows:  "OpenID Connect Core section 11: what it says of scopes is about authentication requests",
		Summary: "The client credentials grant grants the scopes of OpenID Connect that a client is registered for.",
		Tempts:  ids{"oidc-core-11/code-flow-only", "rfc6749-3.3/unregistered-scope"},
		Rules:   seam.Instead(authserver.ScopeOfClient, func(scope token.Scope) token.Scope { return scope }),
	},
})

// withoutScope decides what a request without a scope gets.
func withoutScope(decide func(store.Client) (token.Scope, *wire.Error)) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.RequestedScope.In(in)
		authserver.RequestedScope.Replace(in, func(client store.Client, requested *string) (token.Scope, *wire.Error) {
			if requested == nil {
				return decide(client)
			}
			return held(client, requested)
		})
	}
}

// scopeOfCodeLeftOut remembers the scope of each authorization request by its code
// challenge, and leaves out the scope of a redemption that is the same.
func scopeOfCodeLeftOut() (func(*http.Request), func(*http.Request, *seam.Response)) {
	var asked sync.Map // Scopes by code_challenge.
	remember := seam.OnParameters("/oauth/authorize", func(parameters url.Values) {
		if challenge := parameters.Get("code_challenge"); challenge != "" && parameters.Get("scope") != "" {
			asked.Store(challenge, sorted(parameters.Get("scope")))
		}
	})
	return remember, func(r *http.Request, response *seam.Response) {
		hash := sha256.Sum256([]byte(wire.FromContext(r.Context()).Parameters.Get("code_verifier")))
		scope, known := asked.Load(base64.RawURLEncoding.EncodeToString(hash[:]))
		seam.OfGrant("authorization_code", func(response *seam.Response) {
			if said, _ := seam.Members(response)["scope"].(string); known && sorted(said) == scope {
				seam.Without("scope")(response)
			}
		})(r, response)
	}
}

func sorted(scope string) string {
	names := strings.Fields(scope)
	slices.Sort(names)
	return strings.Join(names, " ")
}
