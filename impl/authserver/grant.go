package authserver

import (
	"context"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
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

func grantOf(grantType string) (grant, *wire.Error) {
	if grantType == "" {
		return grant{}, wire.InvalidRequest("grant_type is missing")
	}
	for _, known := range grants {
		if known.name == grantType {
			return known, nil
		}
	}
	return grant{}, unsupportedGrantType()
}

// GrantRegistered tells whether a client is registered for a grant; grant_types are
// the grants of the token endpoint, and response_types follow from them (RFC 7591
// section 2, https://www.rfc-editor.org/rfc/rfc7591#section-2).
var GrantRegistered = rule.New(store.Client.MayUse)

// ConfidentialAlone tells whether a grant is for confidential clients alone: a client
// acts for itself only where it can prove who it is (RFC 6749 section 4.4,
// https://www.rfc-editor.org/rfc/rfc6749#section-4.4), and without that proof
// everybody who finds a token could turn it into others (RFC 8693 section 2.1,
// https://www.rfc-editor.org/rfc/rfc8693#section-2.1).
var ConfidentialAlone = rule.New(func(grantType string) bool {
	return grantType == "client_credentials" || grantType == tokenExchange
})

// grantTypes are the names of the grants, in the order of the metadata.
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

// RequestedScope decides the scope of a client's request: all of its registration
// where it asks for none, and never more than that (RFC 6749 section 3.3,
// https://www.rfc-editor.org/rfc/rfc6749#section-3.3).
var RequestedScope = rule.New(func(client store.Client, requested *string) (token.Scope, *wire.Error) {
	if requested == nil {
		return client.Scope, nil
	}
	scope, ok := token.ParseScope(*requested)
	switch {
	case !ok:
		return nil, invalidScope("the scope holds characters that no scope may have")
	case len(scope.Within(knownScopes)) < len(scope):
		return nil, invalidScope("one of the requested scopes is unknown; this server knows " + strings.Join(knownScopes, ", "))
	case len(scope.Within(client.Scope)) < len(scope):
		return nil, invalidScope("this client is registered for: " + client.Scope.String())
	}
	return scope, nil
})

// scopeToGrant is the same for what a resource owner is asked: besides, clients
// may ask who that is, and for a refresh token if they may use one.
func scopeToGrant(r *realm.Realm, client store.Client, requested *string) (token.Scope, *wire.Error) {
	asked, ok := token.ParseScope(value(requested))
	if !ok {
		return RequestedScope.In(r)(client, requested)
	}
	var extra, rest token.Scope
	for _, name := range asked {
		switch {
		case identityScopes.Has(name), name == offlineAccess && client.MayUse("refresh_token"):
			extra = append(extra, name)
		case ScopeIgnored.In(r)(asked, name):
		default:
			rest = append(rest, name)
		}
	}
	if len(rest) == 0 && len(extra) > 0 {
		return extra, nil
	}
	scope, refused := RequestedScope.In(r)(client, requestedScope(requested, rest))
	return append(extra, scope...), refused
}

// ScopeIgnored tells whether one of the scopes that are asked for is passed over: an
// unknown one, in a request of OpenID Connect (OpenID Connect Core section 3.1.2.1,
// https://openid.net/specs/openid-connect-core-1_0.html#AuthRequest).
var ScopeIgnored = rule.New(func(asked token.Scope, name string) bool {
	return asked.Has("openid") && !realm.Scopes.Has(name)
})

// requestedScope is what is left of a requested scope; nil stays nil.
func requestedScope(requested *string, rest token.Scope) *string {
	if requested == nil {
		return nil
	}
	return new(rest.String())
}
