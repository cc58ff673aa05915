package authserver

import (
	"context"
	"slices"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/token"
)

// identityScopes are those of OpenID Connect, which are about the user and not
// about a protected resource. The one for refresh tokens stands apart.
var identityScopes = token.Scope{"openid", "profile", "email"}

// offlineAccess asks for a refresh token (OpenID Connect Core section 11,
// https://openid.net/specs/openid-connect-core-1_0.html#OfflineAccess).
const offlineAccess = "offline_access"

// knownScopes are all that a client can register for.
var knownScopes = slices.Concat(realm.Scopes, identityScopes, token.Scope{offlineAccess})

// idTokenAlgorithm is the `alg` of ID tokens for clients that registered none.
const idTokenAlgorithm = "RS256"

// IDTokenAlgorithm is the `alg` of the ID tokens of a client: the one that it
// registered (OpenID Connect Registration section 2,
// https://openid.net/specs/openid-connect-registration-1_0.html#ClientMetadata). No
// client can register another here.
var IDTokenAlgorithm = rule.New(func(_ context.Context, clientID string) string { return idTokenAlgorithm })

const idTokenLifetime = 10 * time.Minute

// idToken signs who the user is, for a client that asked with the scope openid.
func idToken(ctx context.Context, r *realm.Realm, granted granted, accessToken string) (string, error) {
	now, algorithm := r.Clock.Now(), IDTokenAlgorithm.In(r)(ctx, granted.grant.ClientID)
	claims := IDTokenClaims.In(r)(ctx, token.Identity{
		Issuer: r.Issuer, Subject: granted.grant.UserID, ClientID: granted.grant.ClientID, Nonce: granted.nonce,
		IssuedAt: now, Expires: now.Add(idTokenLifetime), AuthTime: granted.grant.AuthTime, AccessToken: accessToken, Algorithm: algorithm,
	})
	return SignIDToken.In(r)(r.Keys, algorithm, now, map[string]any{"typ": "JWT"}, claims)
}

// IDTokenClaims are the claims of the ID token that answers a request (OpenID
// Connect Core section 2,
// https://openid.net/specs/openid-connect-core-1_0.html#IDToken).
var IDTokenClaims = rule.New(func(_ context.Context, identity token.Identity) jwt.MapClaims {
	return identity.Claims()
})

// SignIDToken signs an ID token with a key that the server publishes (OpenID Connect
// Core section 10.1, https://openid.net/specs/openid-connect-core-1_0.html#Signing).
var SignIDToken = rule.New((*token.Keyring).Sign)
