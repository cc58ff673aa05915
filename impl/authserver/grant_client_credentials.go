package authserver

import (
	"context"

	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// clientCredentials is the grant of RFC 6749 section 4.4: the client acts on
// its own behalf (https://www.rfc-editor.org/rfc/rfc6749#section-4.4).
func clientCredentials(ctx context.Context, client store.Client, request oauthRequest) (granted, error) {
	faults := realm.From(ctx).Faults()
	// Only confidential clients may use this grant.
	if !client.Confidential() && !faults.Has(faultname.PublicClientCredentialsAccepted) && !faults.Has(faultname.PublicClientUpgraded) {
		return granted{}, unauthorizedClient("a public client cannot use client_credentials")
	}
	scope, refused := scopeFor(client, request.Scope, faults)
	if refused != nil {
		return granted{}, refused
	}
	// There is no user about whom the scopes of OpenID Connect could be; they are
	// left out, and the response says so.
	if !faults.Has(faultname.UnregisteredScopeGranted) {
		scope = scope.Within(realm.Scopes)
	}
	resources, refused := resourcesToGrant(realm.From(ctx), wire.FromContext(ctx).Parameters["resource"])
	if refused != nil {
		return granted{}, refused
	}
	return granted{subject: client.ID, scope: scope, resources: resources}, nil
}
