package authserver

import (
	"context"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// clientCredentials is the grant of RFC 6749 section 4.4: the client acts on
// its own behalf (https://www.rfc-editor.org/rfc/rfc6749#section-4.4).
func clientCredentials(ctx context.Context, client store.Client, request oauthRequest) (granted, error) {
	r := realm.From(ctx)
	scope, refused := RequestedScope.In(r)(client, request.Scope)
	if refused != nil {
		return granted{}, refused
	}
	resources, refused := ResourcesToGrant.In(r)(r, wire.FromContext(ctx).Parameters["resource"])
	if refused != nil {
		return granted{}, refused
	}
	return granted{subject: client.ID, scope: ScopeOfClient.In(r)(scope), resources: resources}, nil
}

// ScopeOfClient is what a client can have of a scope for itself. There is no user
// about whom the scopes of OpenID Connect could be; they are left out, and the
// response says so (RFC 6749 section 5.1,
// https://www.rfc-editor.org/rfc/rfc6749#section-5.1).
var ScopeOfClient = rule.New(func(scope token.Scope) token.Scope { return scope.Within(realm.Scopes) })
