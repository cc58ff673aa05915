package fault

import (
	"fmt"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/token"
)

var _ = add([]Fault{
	{
		Name:     "token-not-signed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9068-2.1/signed", "rfc6749-10.3/unforgeable"},
		Summary:  "Access tokens are unsigned: their alg is none.",
		Rules:    seam.Instead(authserver.SignAccessToken, seam.SignedBy(token.ByNobody)),
	},
	{
		Name:     "scope-claim-missing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9068-2.2.3/scope", "documented-token/claims"},
		Summary:  "The access token has no scope claim.",
		Rules:    seam.OnAccessToken(func(_ token.Access, claims jwt.MapClaims) { delete(claims, "scope") }),
	},
	{
		Name:     "token-type-header-missing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9068-2.1/type"},
		Summary:  "The header of the access token has no typ.",
		Rules:    seam.Instead(authserver.SignAccessToken, seam.Headed("typ", nothing)),
	},
	{
		Name:     "token-without-identifier",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9068-2.2/claims"},
		Summary:  "The access token has no jti.",
		Rules:    seam.OnAccessToken(func(_ token.Access, claims jwt.MapClaims) { delete(claims, "jti") }),
	},
	{
		Name:     "token-without-expiry",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6750-5.2/limited-lifetime"},
		Summary:  "The access token has no exp.",
		Rules:    seam.OnAccessToken(func(_ token.Access, claims jwt.MapClaims) { delete(claims, "exp") }),
	},
	{
		Name:     "token-without-audience",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6750-5.3/audience", "rfc9700-2.3/audience-restricted", "rfc9068-3/default-audience"},
		Summary:  "The access token has no aud.",
		Rules:    seam.OnAccessToken(func(_ token.Access, claims jwt.MapClaims) { delete(claims, "aud") }),
	},
	{
		Name:     "token-identifier-repeated",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7519-4.1.7/unique-identifier"},
		Summary:  "Every access token has the same jti.",
		Rules:    seam.OnAccessToken(func(_ token.Access, claims jwt.MapClaims) { claims["jti"] = "1" }),
	},
	{
		Name:     "dates-as-text",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7519-4.1.4/numeric-date"},
		Summary:  "The exp of an access token is a string.",
		Rules:    seam.OnAccessToken(func(access token.Access, claims jwt.MapClaims) { claims["exp"] = fmt.Sprint(access.Expires.Unix()) }),
	},
	{
		Name:     "rs256-not-offered",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9068-2.1/rs256"},
		Summary:  "Access tokens are signed with ES256 even where RS256 is configured.",
		Rules:    seam.Instead(authserver.SignAccessToken, seam.SignedWith(token.Algorithms[0])),
	},
	{
		Name:     "scope-claim-of-registration",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9068-2.2.3/scope"},
		Summary:  "The scope claim of the access token lists every scope of the server.",
		Rules:    seam.OnAccessToken(func(_ token.Access, claims jwt.MapClaims) { claims["scope"] = realm.Scopes.String() }),
	},
	{
		Name:     "subject-is-the-client",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-client-identifier/foreign-identifiers", "rfc9068-2.2/subject", "documented-authorize/token-of-the-user"},
		Summary:  "The sub of a resource owner's token is the client_id.",
		Rules: seam.OnAccessToken(func(access token.Access, claims jwt.MapClaims) {
			if token.GrantOf(access) != "" && access.Actor == nil {
				claims["sub"] = access.ClientID
			}
		}),
	},
})
