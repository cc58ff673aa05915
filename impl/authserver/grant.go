package authserver

import (
	"context"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

type oauthRequest = authserver.TokenRequest

// grant is one way to a token. The token endpoint does what all of them
// share; judge decides the rest.
type grant struct {
	name  string
	judge func(ctx context.Context, client store.Client, request oauthRequest) (granted, error)
}

// granted is what a grant allows.
type granted struct {
	subject string
	scope   token.Scope
	// resources are the identifiers of those that the token is for.
	resources []string
	nonce     string
	grant     store.Grant // What a resource owner allowed; empty for a client's own.
	exchanged *exchanged  // nil but by token exchange.
	// spend uses up what the client presented, when all else of the answer is
	// ready; nil where that was done.
	spend func(context.Context) error
}

var grants = []grant{
	{"client_credentials", clientCredentials},
	{"authorization_code", authorizationCode},
	{"refresh_token", refreshToken},
	{tokenExchange, exchangeToken},
}

func grantOf(grantType string, faults faultname.Set) (grant, *wire.Error) {
	if grantType == "" && faults.Has(faultname.GrantTypeOptional) {
		return grants[0], nil
	}
	if grantType == "" {
		return grant{}, wire.InvalidRequest("grant_type is missing")
	}
	for _, known := range grants {
		if known.name == grantType {
			return known, nil
		}
	}
	if faults.Has(faultname.UnknownGrantTypeAccepted) || grantType == "password" && faults.Has(faultname.PasswordGrantAccepted) {
		return grants[0], nil
	}
	return grant{}, unsupportedGrantType()
}

// mayUse tells whether a client is registered for a grant; grant_types are the
// grants of the token endpoint, and response_types follow from them (RFC 7591
// section 2, https://www.rfc-editor.org/rfc/rfc7591#section-2).
func mayUse(client store.Client, grantType string, faults faultname.Set) bool {
	ignored := client.RegistrationToken != nil && faults.Has(faultname.RegisteredGrantTypesIgnored)
	return client.MayUse(grantType) || ignored || faults.Has(faultname.UnregisteredGrantAccepted)
}

// GrantTypes are the names of the grants, in the order of the metadata.
func grantTypes() []string {
	var names []string
	for _, known := range grants {
		names = append(names, known.name)
	}
	return names
}

// isAbout says in the record whose grant a request is about.
func isAbout(ctx context.Context, grant store.Grant) {
	about := audit.About(ctx)
	about.GrantID, about.UserID = grant.ID, grant.UserID
}

// knownGrantType is the name of a grant for the record, where nothing else may
// stand.
func knownGrantType(given *string) string {
	if slices.Contains(grantTypes(), value(given)) {
		return *given
	}
	return ""
}

// scopeFor decides the scope of a client's request: all of its registration
// where it asks for none, and never more than that (RFC 6749 section 3.3,
// https://www.rfc-editor.org/rfc/rfc6749#section-3.3).
func scopeFor(client store.Client, requested *string, faults faultname.Set) (token.Scope, *wire.Error) {
	if requested == nil {
		return client.Scope, nil
	}
	scope, ok := token.ParseScope(*requested)
	if faults.Has(faultname.UnregisteredScopeGranted) {
		return strings.Fields(*requested), nil
	}
	if !ok {
		return nil, invalidScope("the scope holds characters that no scope may have")
	}
	if faults.Has(faultname.ScopeOrderMatters) && !slices.IsSortedFunc(scope, inOrderOf(client.Scope)) {
		return nil, invalidScope("the scopes are not in their order")
	}
	for _, name := range scope {
		if !knownScopes.Has(name) {
			return nil, invalidScope("one of the requested scopes is unknown; this server knows " + strings.Join(knownScopes, ", "))
		}
	}
	if len(scope.Within(client.Scope)) < len(scope) {
		return nil, invalidScope("this client is registered for: " + client.Scope.String())
	}
	return scope, nil
}

// scopeToGrant is the same for what a resource owner is asked: besides, clients
// may ask who that is, and for a refresh token if they may use one. A request
// of OpenID Connect ignores the scopes that nobody knows (OpenID Connect Core
// section 3.1.2.1, https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest).
func scopeToGrant(client store.Client, requested *string, faults faultname.Set) (token.Scope, *wire.Error) {
	asked, ok := token.ParseScope(value(requested))
	if !ok {
		return scopeFor(client, requested, faults)
	}
	var extra, rest token.Scope
	for _, name := range asked {
		switch {
		case identityScopes.Has(name), name == offlineAccess && client.MayUse("refresh_token"):
			extra = append(extra, name)
		case asked.Has("openid") && !realm.Scopes.Has(name) && !faults.Has(faultname.UnknownScopeRefused):
		default:
			rest = append(rest, name)
		}
	}
	if len(rest) == 0 && len(extra) > 0 {
		return extra, nil
	}
	scope, refused := scopeFor(client, requestedScope(requested, rest), faults)
	return append(extra, scope...), refused
}

// requestedScope is what is left of a requested scope; nil stays nil.
func requestedScope(requested *string, rest token.Scope) *string {
	if requested == nil {
		return nil
	}
	return new(rest.String())
}

func inOrderOf(scope token.Scope) func(a, b string) int {
	return func(a, b string) int { return slices.Index(scope, a) - slices.Index(scope, b) }
}
