package authserver

import (
	"context"
	"errors"
	"time"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// introspectRefreshToken says what a refresh token stands for (RFC 7662 section
// 2.1, https://www.rfc-editor.org/rfc/rfc7662#section-2.1). It is active for as
// long as a refresh with it would succeed, and the client that it was issued to
// alone learns about it: no protected resource is meant to see one.
func introspectRefreshToken(ctx context.Context, r *realm.Realm, caller store.Client, raw string) (oauth.IntrospectionResponse, error) {
	var inactive oauth.IntrospectionResponse
	found, err := r.Store().RefreshToken(ctx, token.HashOf(raw))
	if err != nil {
		return inactive, ignoring(err, store.ErrNotFound)
	}
	grant, err := r.Store().Grant(ctx, found.GrantID)
	if err != nil {
		return inactive, ignoring(err, store.ErrNotFound)
	}
	if r.Faults().Has(faultname.RefreshTokenDisclosed) {
		caller.ID = grant.ClientID
	}
	used := !found.UsedAt.IsZero() && !r.Faults().Has(faultname.UsedRefreshTokenActive)
	if used || RefreshTokenFits.In(r)(r.Clock.Now(), found, grant, caller) != nil {
		return inactive, nil
	}
	return describeRefreshToken(ctx, r, found, grant)
}

// describeRefreshToken names no token_type: that is the type of access tokens
// (RFC 7662 section 2.2, https://www.rfc-editor.org/rfc/rfc7662#section-2.2).
func describeRefreshToken(ctx context.Context, r *realm.Realm, found store.RefreshToken, grant store.Grant) (oauth.IntrospectionResponse, error) {
	response := oauth.IntrospectionResponse{
		Active: true, ClientID: &grant.ClientID, Sub: &grant.UserID, Iss: &r.Issuer, Scope: new(grant.Scope.String()),
		Iat: new(found.IssuedAt.Unix()), Exp: new(earlier(found.ExpiresAt, grant.ExpiresAt).Unix()),
	}
	user, err := r.Store().User(ctx, grant.UserID)
	if errors.Is(err, store.ErrNotFound) {
		return response, nil
	}
	response.Username = &user.Username
	return response, err
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}
