package bearer

import (
	"context"
	"errors"

	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/token"
)

// takesRefreshTokens tells whether a faulty resource takes any refresh token for
// an access token; a sound one knows none (RFC 6749 section 1.5,
// https://www.rfc-editor.org/rfc/rfc6749#section-1.5).
func takesRefreshTokens(at Resource) bool {
	return at.Broken.Has(faultname.RefreshTokenOpensResource) || at.Broken.Has(faultname.OfflineTokenOpensResource) || at.Broken.Has(faultname.PublicRefreshTokenOpens) ||
		at.Broken.Has(faultname.IntrospectedRefreshTokenOpens) && at.Policy().Verify == realm.ByIntrospection
}

// ofRefreshToken is the access that a faulty resource gives to the holder of a
// refresh token.
func ofRefreshToken(ctx context.Context, at Resource, raw string) (token.Access, error) {
	found, err := at.Store().RefreshToken(ctx, token.HashOf(raw))
	if err != nil {
		return token.Access{}, err
	}
	grant, err := at.Store().Grant(ctx, found.GrantID)
	if err != nil {
		return token.Access{}, err
	}
	client, err := at.Realm.Client(ctx, grant.ClientID)
	if err != nil {
		return token.Access{}, err
	}
	if at.Broken.Has(faultname.OfflineTokenOpensResource) && !grant.Scope.Has("offline_access") || at.Broken.Has(faultname.PublicRefreshTokenOpens) && client.Confidential() {
		return token.Access{}, errors.New("not this refresh token")
	}
	return token.Access{Subject: grant.UserID, ClientID: grant.ClientID, Scope: grant.Scope}, nil
}
