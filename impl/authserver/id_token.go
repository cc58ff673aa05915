package authserver

import (
	"slices"
	"strings"
	"time"

	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
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

// idTokenAlgorithm is the `alg` of ID tokens for clients that registered none
// (OpenID Connect Registration section 2,
// https://openid.net/specs/openid-connect-registration-1_0.html#ClientMetadata).
const idTokenAlgorithm = "RS256"

const idTokenLifetime = 10 * time.Minute

// idToken signs who the user is, for a client that asked with the scope openid.
func idToken(r *realm.Realm, granted granted, accessToken string) (string, error) {
	now, faults := r.Clock.Now(), r.Faults()
	identity := token.Identity{
		Issuer: r.Issuer, Subject: granted.grant.UserID, ClientID: granted.grant.ClientID, Nonce: granted.nonce,
		IssuedAt: now, Expires: now.Add(idTokenLifetime), AuthTime: granted.grant.AuthTime, AccessToken: accessToken,
	}
	claims, header := identity.Claims(idTokenAlgorithm), map[string]any{"typ": "JWT"}
	for name, wrong := range wrongClaims {
		if faults.Has(name) {
			claims[wrong.claim] = wrong.value(identity)
		}
	}
	for name, claim := range missingClaims {
		if faults.Has(name) {
			delete(claims, claim)
		}
	}
	if faults.Has(faultname.AuthTimeNotForZero) && granted.grant.AuthTime.Equal(noAuthTime) {
		delete(claims, "auth_time")
	}
	switch {
	case faults.Has(faultname.IDTokenNotSigned):
		return r.Keys.Forge(token.ByNobody, idTokenAlgorithm, now, header, claims)
	case faults.Has(faultname.IDTokenSignedByStranger):
		return r.Keys.Forge(token.ByStranger, idTokenAlgorithm, now, header, claims)
	case faults.Has(faultname.IDTokenSymmetric):
		return r.Keys.Forge(token.ByPublicKey, idTokenAlgorithm, now, header, claims)
	case faults.Has(faultname.IDTokenWithoutKeyID):
		header["kid"] = nil
	case faults.Has(faultname.IDTokenNamesKeyURL):
		header["jku"] = r.Issuer + "/.well-known/jwks.json"
	case faults.Has(faultname.IDTokenWithoutRS256):
		return r.Keys.Sign("ES256", now, header, claims)
	}
	return r.Keys.Sign(idTokenAlgorithm, now, header, claims)
}

// wrongClaims and missingClaims are what is wrong with the ID tokens of a
// faulty server.
var (
	wrongClaims = map[faultname.Name]struct {
		claim string
		value func(token.Identity) any
	}{
		faultname.IDTokenIssuerAltered:     {"iss", func(i token.Identity) any { return i.Issuer + "/" }},
		faultname.IDTokenSubjectLong:       {"sub", func(i token.Identity) any { return i.Subject + strings.Repeat("x", 256) }},
		faultname.IDTokenSubjectVaries:     {"sub", func(token.Identity) any { return token.NewID() }},
		faultname.IDTokenForAnotherClient:  {"aud", func(token.Identity) any { return "another-client" }},
		faultname.IDTokenTimesAsText:       {"exp", func(i token.Identity) any { return i.Expires.Format(time.RFC3339) }},
		faultname.IDTokenNonceChanged:      {"nonce", func(i token.Identity) any { return strings.ToLower(i.Nonce) + "x" }},
		faultname.IDTokenAccessHashWrong:   {"at_hash", func(token.Identity) any { return "AAAAAAAAAAAAAAAAAAAAAA" }},
		faultname.IDTokenAuthTimeOfRefresh: {"auth_time", func(i token.Identity) any { return i.IssuedAt.Unix() }},
		faultname.AuthTimeInMilliseconds:   {"auth_time", func(i token.Identity) any { return i.AuthTime.UnixMilli() }},
		faultname.IDTokenPartyWrong:        {"azp", func(token.Identity) any { return "another-client" }},
		faultname.IDTokenIssuedLongAgo:     {"iat", func(i token.Identity) any { return i.AuthTime.Unix() }},
	}
	missingClaims = map[faultname.Name]string{
		faultname.IDTokenWithoutExpiry:   "exp",
		faultname.IDTokenWithoutAuthTime: "auth_time",
	}
)
