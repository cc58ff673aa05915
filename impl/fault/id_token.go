package fault

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Fault{
	{
		Name:     "auth-time-in-milliseconds",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-15.1/auth-time-supported"},
		Summary:  "The auth_time is in milliseconds.",
		Rules: seam.OnIDToken(func(identity token.Identity, claims jwt.MapClaims) {
			claims["auth_time"] = identity.AuthTime.UnixMilli()
		}),
	},
	{
		Name:     "auth-time-missing-for-max-age-zero",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-15.1/auth-time-supported"},
		Summary:  "An ID token for max_age=0 has no auth_time.",
		Request:  rememberMaxAgeZero,
		Rules: func(in rule.Replaced) {
			held := authserver.IDTokenClaims.In(in)
			authserver.IDTokenClaims.Replace(in, func(ctx context.Context, identity token.Identity) jwt.MapClaims {
				claims := held(ctx, identity)
				if asked, _ := realm.From(ctx).Store().Marked(ctx, maxAgeZero+identity.ClientID); asked {
					delete(claims, "auth_time")
				}
				return claims
			})
		},
	},
	{
		Name:     "id-token-symmetric",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-10.1/no-symmetric-public"},
		Summary:  "ID tokens are signed with a MAC, whose key a public client cannot keep secret.",
		Rules:    seam.Instead(authserver.SignIDToken, seam.SignedBy(token.ByPublicKey)),
	},
	{
		Name:     "hint-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/id-token-hint-mismatch", "oidc-core-3.1.2.2/sub-requested", "oidc-core-3.1.2.2/hint-issuer"},
		Summary:  "The id_token_hint is ignored: the code is for the user who is signed in.",
		Rules: func(in rule.Replaced) {
			held := authserver.ExpectedUser.In(in)
			authserver.ExpectedUser.Replace(in, func(r *realm.Realm, _ *string) (string, *wire.Error) {
				return held(r, nil)
			})
		},
	},
	{
		Name:     "hint-issuer-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.2/hint-issuer"},
		Summary:  "An id_token_hint is accepted without verifying its signature.",
		Rules: seam.Instead(authserver.ExpectedUser, func(r *realm.Realm, hint *string) (string, *wire.Error) {
			identity, _ := r.Keys.OwnIdentity(seam.Value(hint), r.Clock.Now())
			return identity.Subject, nil
		}),
	},
	{
		Name:     "expired-hint-refused",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.2/expired-hint"},
		Summary:  "An expired id_token_hint is refused.",
		Rules: func(in rule.Replaced) {
			held := authserver.ExpectedUser.In(in)
			authserver.ExpectedUser.Replace(in, func(r *realm.Realm, hint *string) (string, *wire.Error) {
				identity, err := r.Keys.OwnIdentity(seam.Value(hint), r.Clock.Now())
				if err == nil && identity.Expires.Before(r.Clock.Now()) {
					return "", wire.InvalidRequest("id_token_hint has expired")
				}
				return held(r, hint)
			})
		},
	},
	{
		Name:     "id-token-not-signed",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-2/signed", "oidc-core-2/no-alg-none", "oidc-core-10.1/published-key"},
		Summary:  "ID tokens are unsigned: their alg is none.",
		Rules:    seam.Instead(authserver.SignIDToken, seam.SignedBy(token.ByNobody)),
	},
	{
		Name:     "id-token-signed-by-stranger",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-10.1/published-key"},
		Summary:  "ID tokens are signed with an unpublished key.",
		Rules:    seam.Instead(authserver.SignIDToken, seam.SignedBy(token.ByStranger)),
	},
	{
		Name:     "id-token-without-key-id",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-10.1/kid"},
		Summary:  "ID tokens have no kid.",
		Rules:    seam.Instead(authserver.SignIDToken, seam.Headed("kid", nothing)),
	},
	{
		Name:     "id-token-names-key-url",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-2/no-key-headers"},
		Summary:  "ID tokens have a jku header.",
		Rules: seam.Instead(authserver.SignIDToken, seam.Headed("jku", func(claims jwt.MapClaims) any {
			return fmt.Sprint(claims["iss"], "/.well-known/jwks.json")
		})),
	},
	{
		Name:     "id-token-without-rs256",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-15.1/rs256", "oidc-core-10.1/supported-alg"},
		Summary:  "ID tokens are signed with ES256 for clients that registered no algorithm.",
		Rules:    seam.Instead(authserver.SignIDToken, seam.SignedWith("ES256")),
	},
	{
		Name:     "id-token-issuer-altered",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-2/required-claims", "oidc-discovery-3/issuer-is-iss"},
		Summary:  "The iss of an ID token has a trailing slash.",
		Rules:    seam.OnIDToken(func(identity token.Identity, claims jwt.MapClaims) { claims["iss"] = identity.Issuer + "/" }),
	},
	{
		Name:     "id-token-subject-long",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-2/sub-length"},
		Summary:  "The sub of an ID token has more than 255 characters.",
		Rules: seam.OnIDToken(func(identity token.Identity, claims jwt.MapClaims) {
			claims["sub"] = identity.Subject + strings.Repeat("x", 256)
		}),
	},
	{
		Name:     "id-token-subject-varies",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-2/sub-stable", "oidc-core-12.2/same-subject", "oidc-core-5.3.2/sub"},
		Summary:  "The sub of an ID token differs each time.",
		Rules:    seam.OnIDToken(func(_ token.Identity, claims jwt.MapClaims) { claims["sub"] = token.NewID() }),
	},
	{
		Name:     "id-token-for-another-client",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-2/aud-client-id"},
		Summary:  "The aud of an ID token is another client.",
		Rules:    seam.OnIDToken(func(_ token.Identity, claims jwt.MapClaims) { claims["aud"] = "another-client" }),
	},
	{
		Name:     "id-token-times-as-text",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-2/times-are-numbers"},
		Summary:  "The exp of an ID token is a string.",
		Rules: seam.OnIDToken(func(identity token.Identity, claims jwt.MapClaims) {
			claims["exp"] = identity.Expires.Format(time.RFC3339)
		}),
	},
	{
		Name:     "id-token-nonce-changed",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-2/nonce-echoed", "oidc-core-2/nonce-unprocessed"},
		Summary:  "The nonce comes back in lower case.",
		Rules: seam.OnIDToken(func(identity token.Identity, claims jwt.MapClaims) {
			claims["nonce"] = strings.ToLower(identity.Nonce) + "x"
		}),
	},
	{
		Name:     "id-token-access-hash-wrong",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.3.6/at-hash"},
		Summary:  "The at_hash does not belong to the access token.",
		Rules:    seam.OnIDToken(func(_ token.Identity, claims jwt.MapClaims) { claims["at_hash"] = "AAAAAAAAAAAAAAAAAAAAAA" }),
	},
	{
		Name:     "id-token-auth-time-of-refresh",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-12.2/original-auth-time"},
		Summary:  "The auth_time is the time of the refresh.",
		Rules:    seam.OnIDToken(func(identity token.Identity, claims jwt.MapClaims) { claims["auth_time"] = identity.IssuedAt.Unix() }),
	},
	{
		Name:     "id-token-party-wrong",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-2/azp-client-id"},
		Summary:  "The azp names another client.",
		Rules:    seam.OnIDToken(func(_ token.Identity, claims jwt.MapClaims) { claims["azp"] = "another-client" }),
	},
	{
		Name:     "id-token-issued-long-ago",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-12.2/new-iat"},
		Summary:  "The iat of a refreshed ID token is that of the first one.",
		Rules:    seam.OnIDToken(func(identity token.Identity, claims jwt.MapClaims) { claims["iat"] = identity.AuthTime.Unix() }),
	},
	{
		Name:     "id-token-without-expiry",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-2/required-claims"},
		Summary:  "An ID token has no exp.",
		Rules:    seam.OnIDToken(func(_ token.Identity, claims jwt.MapClaims) { delete(claims, "exp") }),
	},
	{
		Name:     "id-token-without-auth-time",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-2/auth-time", "oidc-core-3.1.2.1/max-age-auth-time", "oidc-core-15.1/auth-time-supported"},
		Summary:  "An ID token has no auth_time.",
		Rules:    seam.OnIDToken(func(_ token.Identity, claims jwt.MapClaims) { delete(claims, "auth_time") }),
	},
	{
		Name:     "auth-time-of-consent",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-15.1/auth-time-supported"},
		Summary:  "The auth_time is the time of consent instead of sign-in.",
		Store:    func(sound store.Store) store.Store { return consentsAsSignIns{sound} },
	},
	{
		Name:     "id-token-not-issued",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.3.3/id-token", "oidc-discovery-3/openid-scope"},
		Summary:  "The scope openid brings no ID token.",
		Answer:   seam.OnTokens(seam.Without("id_token")),
	},
	{
		Name:     "id-token-nonce-kept",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-12.2/same-nonce", "oidc-core-12.2/no-nonce"},
		Summary:  "The ID token of a refresh has a new nonce.",
		Rules: func(in rule.Replaced) {
			held := authserver.IDTokenClaims.In(in)
			authserver.IDTokenClaims.Replace(in, func(ctx context.Context, identity token.Identity) jwt.MapClaims {
				if wire.FromContext(ctx).Parameters.Get("grant_type") == "refresh_token" {
					identity.Nonce = "kept"
				}
				return held(ctx, identity)
			})
		},
	},
})

// maxAgeZero marks the client of an authorization request.
const maxAgeZero = "max_age=0 of "

// rememberMaxAgeZero remembers which clients sent max_age=0.
func rememberMaxAgeZero(r *http.Request) {
	if query := r.URL.Query(); r.URL.Path == "/oauth/authorize" && query.Get("max_age") == "0" {
		in := realm.From(r.Context())
		_ = in.Store().Mark(r.Context(), maxAgeZero+query.Get("client_id"), in.Clock.Now().Add(time.Hour))
	}
}

// consentsAsSignIns takes the time of a consent for that of the sign-in.
type consentsAsSignIns struct{ store.Store }

// PutGrant implements store.Grants.
func (s consentsAsSignIns) PutGrant(ctx context.Context, grant store.Grant) error {
	grant.AuthTime = grant.CreatedAt
	return s.Store.PutGrant(ctx, grant)
}
