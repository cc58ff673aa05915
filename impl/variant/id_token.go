package variant

import (
	"context"
	"net/http"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/token"
)

var _ = add([]Variant{
	signedOtherwise("EdDSA", "eddsa"),
	signedOtherwise("ES256", "es256"),
	signedOtherwise("PS256", "ps256"),
	{
		Name:    "id-token-audience-in-a-list",
		Role:    AuthorizationServer,
		Allows:  "OpenID Connect Core section 2: aud is an array of strings in the general case",
		Summary: "The aud of an ID token is a list with the client_id.",
		Tempts:  ids{"oidc-core-2/aud-client-id", "oidc-core-12.2/same-subject"},
		Rules:   seam.OnIDToken(func(identity token.Identity, claims jwt.MapClaims) { claims["aud"] = []string{identity.ClientID} }),
	},
	{
		Name:    "id-token-with-further-audience",
		Role:    AuthorizationServer,
		Allows:  "OpenID Connect Core section 2: aud may contain identifiers for other audiences; azp is the party to which the ID token was issued",
		Summary: "The aud of an ID token has the UserInfo endpoint, too, and the azp is the client.",
		Tempts:  ids{"oidc-core-2/aud-client-id", "oidc-core-2/azp-client-id", "oidc-core-12.2/same-subject"},
		Rules: seam.OnIDToken(func(identity token.Identity, claims jwt.MapClaims) {
			claims["aud"], claims["azp"] = []string{identity.Issuer + "/oauth/userinfo", identity.ClientID}, identity.ClientID
		}),
	},
	{
		Name:    "id-token-with-authorized-party",
		Role:    AuthorizationServer,
		Allows:  "OpenID Connect Core section 2: azp is optional",
		Summary: "An ID token for the client alone has an azp.",
		Tempts:  ids{"oidc-core-2/azp-client-id"},
		Rules:   seam.OnIDToken(func(identity token.Identity, claims jwt.MapClaims) { claims["azp"] = identity.ClientID }),
	},
	{
		Name:    "id-token-with-further-claims",
		Role:    AuthorizationServer,
		Allows:  "OpenID Connect Core section 2: ID tokens may contain other claims; those that are not understood are ignored",
		Summary: "An ID token has acr, amr, sid, jti and a claim that no specification names.",
		Tempts:  ids{"oidc-core-2/required-claims", "oidc-core-2/azp-client-id"},
		Rules: seam.OnIDToken(func(_ token.Identity, claims jwt.MapClaims) {
			claims["acr"], claims["amr"], claims["sid"], claims["jti"] = "0", []string{"pwd"}, token.NewID(), token.NewID()
			claims["https://as.example/groups"] = []string{}
		}),
	},
	{
		Name:    "id-token-without-access-hash",
		Role:    AuthorizationServer,
		Allows:  "OpenID Connect Core section 3.1.3.6: at_hash is optional in the ID token of a code",
		Summary: "An ID token has no at_hash.",
		Tempts:  ids{"oidc-core-3.1.3.6/at-hash"},
		Rules:   seam.OnIDToken(func(_ token.Identity, claims jwt.MapClaims) { delete(claims, "at_hash") }),
	},
	{
		Name:    "id-token-times-with-fractions",
		Role:    AuthorizationServer,
		Allows:  "RFC 7519 section 2: a NumericDate is a JSON number of seconds, of which non-integer values can be represented",
		Summary: "The exp and iat of an ID token have fractions of seconds.",
		Tempts:  ids{"oidc-core-2/times-are-numbers", "oidc-core-2/required-claims", "oidc-core-12.2/new-iat"},
		Rules: seam.OnIDToken(func(identity token.Identity, claims jwt.MapClaims) {
			claims["exp"], claims["iat"] = float64(identity.Expires.Unix())+0.25, float64(identity.IssuedAt.Unix())+0.25
		}),
	},
	{
		Name:    "id-token-valid-for-a-day",
		Role:    AuthorizationServer,
		Allows:  "OpenID Connect Core section 2: exp is a time after which the ID token is not accepted, of any distance",
		Summary: "An ID token is valid for a day.",
		Tempts:  ids{"oidc-core-2/required-claims", "oidc-core-3.1.2.2/expired-hint"},
		Rules:   seam.OnIDToken(func(identity token.Identity, claims jwt.MapClaims) { claims["exp"] = identity.IssuedAt.Unix() + 86400 }),
	},
	{
		Name:    "id-token-without-type",
		Role:    AuthorizationServer,
		Allows:  "RFC 7519 section 5.1: typ is optional in the header of a JWT",
		Summary: "The header of an ID token has no typ.",
		Tempts:  ids{"oidc-core-2/signed", "oidc-core-10.1/published-key"},
		Rules: func(in rule.Replaced) {
			held := authserver.SignIDToken.In(in)
			authserver.SignIDToken.Replace(in, func(keys *token.Keyring, algorithm string, now time.Time, header map[string]any, claims jwt.MapClaims) (string, error) {
				header["typ"] = nil
				return held(keys, algorithm, now, header, claims)
			})
		},
	},
	{
		Name:    "authentication-time-told-when-asked",
		Role:    AuthorizationServer,
		Allows:  "OpenID Connect Core section 2: auth_time is required for max_age and essential requests, else optional",
		Summary: "An ID token has auth_time only if the request had max_age.",
		Tempts:  ids{"oidc-core-2/auth-time", "oidc-core-15.1/auth-time-supported", "oidc-core-12.2/original-auth-time"},
		Request: rememberMaxAge,
		Rules:   authTimeWhenAsked,
	},
	{
		Name:    "no-id-token-on-refresh",
		Role:    AuthorizationServer,
		Allows:  "OpenID Connect Core section 12.2: the response to a refresh might not contain an id_token",
		Summary: "A refresh brings no ID token.",
		Tempts:  ids{"oidc-core-12.2/same-subject", "oidc-core-12.2/new-iat", "oidc-core-12.2/no-nonce", "oidc-core-12.2/same-nonce"},
		Without: ids{"id_token_refresh"},
		Answer:  seam.OfGrant("refresh_token", seam.Without("id_token")),
	},
})

// signedOtherwise signs the ID tokens of the clients that the operator registered with
// another algorithm.
func signedOtherwise(algorithm, name string) Variant {
	return Variant{
		Name:    Name("id-token-signed-with-" + name),
		Role:    AuthorizationServer,
		Allows:  "OpenID Connect Registration section 2: a client registers the algorithm of its ID tokens; RS256 is that of those that register none",
		Summary: "Clients of the operator are registered for ID tokens with " + algorithm + ".",
		Tempts:  ids{"oidc-core-3.1.3.6/at-hash", "oidc-core-15.1/rs256", "oidc-core-10.1/supported-alg", "oidc-core-10.1/published-key", "oidc-core-2/signed"},
		Rules: seam.Instead(authserver.IDTokenAlgorithm, func(ctx context.Context, clientID string) string {
			if client, err := realm.From(ctx).Client(ctx, clientID); err != nil || client.SelfRegistered {
				return "RS256"
			}
			return algorithm
		}),
		Answer: onDiscovery(seam.With("id_token_signing_alg_values_supported", []string{algorithm, "RS256"})),
	}
}

// maxAgeOf marks a client whose authorization request had max_age.
const maxAgeOf = "max_age of "

// rememberMaxAge remembers which clients sent max_age.
func rememberMaxAge(r *http.Request) {
	if query := r.URL.Query(); r.URL.Path == seam.AuthorizationEndpoint && query.Has("max_age") {
		in := realm.From(r.Context())
		_ = in.Store().Mark(r.Context(), maxAgeOf+query.Get("client_id"), in.Clock.Now().Add(time.Hour))
	}
}

// authTimeWhenAsked leaves auth_time out for all other clients.
func authTimeWhenAsked(in rule.Replaced) {
	held := authserver.IDTokenClaims.In(in)
	authserver.IDTokenClaims.Replace(in, func(ctx context.Context, identity token.Identity) jwt.MapClaims {
		claims := held(ctx, identity)
		if asked, _ := realm.From(ctx).Store().Marked(ctx, maxAgeOf+identity.ClientID); !asked {
			delete(claims, "auth_time")
		}
		return claims
	})
}
