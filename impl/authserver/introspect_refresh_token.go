package authserver

import (
	"context"
	"errors"
	"time"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// introspectRefreshToken says what a refresh token stands for (RFC 7662 section
// 2.1, https://www.rfc-editor.org/rfc/rfc7662#section-2.1).
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
	if !RefreshTokenActive.In(r)(r, found, grant, caller) {
		return inactive, nil
	}
	return describeRefreshToken(ctx, r, found, grant)
}

// RefreshTokenActive tells whether a caller hears of a refresh token that it is
// active: for as long as a refresh with it would succeed. The client that it was
// issued to alone learns about it, and no protected resource, which is not meant to
// see one (RFC 7662 section 4, https://www.rfc-editor.org/rfc/rfc7662#section-4).
var RefreshTokenActive = rule.New(func(r *realm.Realm, found store.RefreshToken, grant store.Grant, caller store.Client) bool {
	return found.UsedAt.IsZero() && RefreshTokenFits.In(r)(r.Clock.Now(), found, grant, caller) == nil
})

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
