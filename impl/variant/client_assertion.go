package variant

import (
	"context"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Variant{
	{
		Name:    "assertion-of-any-type",
		Role:    AuthorizationServer,
		Allows:  "RFC 8725 section 3.12: explicit typing is one of several ways to tell kinds of JWTs apart; the required claims are another",
		Summary: "The typ of a client assertion is not looked at; iss, sub and aud tell what it is for.",
		Tempts:  ids{"rfc8725-3.12/kinds-told-apart", "rfc7523-3/valid-jwt"},
		Departs: ids{"rfc8725-3.12/kinds-told-apart"},
		Rules:   onAssertion(func(_ *realm.Realm, a *authserver.Assertion) { delete(a.Header, "typ") }),
	},
	{
		Name:    "clocks-two-minutes-apart",
		Role:    AuthorizationServer,
		Allows:  "RFC 7519 sections 4.1.4 and 4.1.5: some leeway, usually no more than a few minutes, may account for clock skew",
		Summary: "The dates of a client assertion may be wrong by two minutes.",
		Tempts:  ids{"rfc7523-3/expired", "rfc7523-3/not-before", "rfc7523-3/clock-skew", "oidc-core-9/assertion-expiry"},
		Rules: onAssertion(func(_ *realm.Realm, a *authserver.Assertion) {
			shift(a.Claims, "exp", 90)
			shift(a.Claims, "nbf", -90)
			shift(a.Claims, "iat", -90)
		}),
	},
	{
		Name:    "no-leeway-for-clocks",
		Role:    AuthorizationServer,
		Allows:  "RFC 7523 section 3: a server may allow for clock skew",
		Summary: "A client assertion is refused from the second in its exp on, and until that in its nbf.",
		Tempts:  ids{"rfc7523-3/expired", "rfc7523-3/clock-skew", "oidc-core-9/assertion-expiry"},
		Rules:   refusingAssertions(func(r *realm.Realm, a authserver.Assertion) bool { return validAt(a, r.Clock.Now(), 0) }),
	},
	{
		Name:    "assertions-of-ten-minutes",
		Role:    AuthorizationServer,
		Allows:  "RFC 7523 section 3: a server may reject a JWT with an exp that is unreasonably far in the future",
		Summary: "A client assertion is refused whose exp is more than ten minutes ahead.",
		Tempts:  ids{"rfc7523-3/expiry", "rfc7523-2.2/client-assertion", "rfc7523-3/old-issued-at"},
		Rules: refusingAssertions(func(r *realm.Realm, a authserver.Assertion) bool {
			expires, err := a.Claims.GetExpirationTime()
			return err != nil || expires == nil || expires.Before(r.Clock.Now().Add(10*time.Minute+time.Second))
		}),
	},
	{
		Name:    "assertions-by-es256-alone",
		Role:    AuthorizationServer,
		Allows:  "RFC 8414 section 2: servers should support RS256 for client assertions",
		Summary: "Client assertions are signed with ES256, or have a MAC with HS256; nothing else is listed or works.",
		Tempts:  ids{"rfc8414-2/signing-algorithms", "rfc7523-3/signature", "rfc7523-2.2/client-assertion"},
		Departs: ids{"rfc8414-2/rs256"},
		Rules: func(in rule.Replaced) {
			held := authserver.AssertionVerified.In(in)
			authserver.AssertionVerified.Replace(in, func(a authserver.Assertion, keys jwt.VerificationKeySet, algorithms []string) bool {
				return held(a, keys, slices.DeleteFunc(slices.Clone(algorithms), func(each string) bool { return each != "ES256" && each != "HS256" }))
			})
		},
		Answer: onEveryMetadata(
			unlisted("token_endpoint_auth_signing_alg_values_supported", "RS256", "PS256", "EdDSA"),
			unlisted("introspection_endpoint_auth_signing_alg_values_supported", "RS256", "PS256", "EdDSA"),
			unlisted("revocation_endpoint_auth_signing_alg_values_supported", "RS256", "PS256", "EdDSA"),
		),
	},
	{
		Name:    "no-assertions-with-a-mac",
		Role:    AuthorizationServer,
		Allows:  "RFC 8414 section 2: the methods are those that the server supports; client_secret_jwt is one of several",
		Summary: "The server knows neither client_secret_jwt nor HS256.",
		Tempts:  ids{"rfc8414-2/signing-algorithms", "rfc8414-2/lists-are-true"},
		Without: []string{"client_secret_jwt"},
		Rules:   refusingMethods("client_secret_jwt"),
		Answer: onEveryMetadata(
			unlisted("token_endpoint_auth_methods_supported", "client_secret_jwt"), unlisted("token_endpoint_auth_signing_alg_values_supported", "HS256"),
			unlisted("introspection_endpoint_auth_methods_supported", "client_secret_jwt"), unlisted("introspection_endpoint_auth_signing_alg_values_supported", "HS256"),
			unlisted("revocation_endpoint_auth_methods_supported", "client_secret_jwt"), unlisted("revocation_endpoint_auth_signing_alg_values_supported", "HS256"),
		),
	},
	{
		Name:    "no-assertions",
		Role:    AuthorizationServer,
		Allows:  "RFC 8414 section 2: the methods are those that the server supports; RFC 9700 section 2.5 recommends asymmetric ones",
		Summary: "Clients authenticate by secrets, and not by assertions.",
		Tempts:  ids{"rfc8414-2/signing-algorithms", "rfc8414-2/lists-are-true"},
		Departs: ids{"rfc9700-2.5/asymmetric", "rfc8414-2/rs256"},
		Without: []string{"client_secret_jwt", "private_key_jwt"},
		Rules:   refusingMethods("client_secret_jwt", "private_key_jwt"),
		Answer:  onEveryMetadata(withoutAssertions("token"), withoutAssertions("introspection"), withoutAssertions("revocation")),
	},
})

// withoutAssertions takes assertions from what the metadata says of an endpoint.
func withoutAssertions(endpoint string) func(*seam.Response) {
	return func(r *seam.Response) {
		unlisted(endpoint+"_endpoint_auth_methods_supported", "client_secret_jwt", "private_key_jwt")(r)
		seam.Without(endpoint + "_endpoint_auth_signing_alg_values_supported")(r)
	}
}

// onAssertion edits a copy of an assertion before it is judged.
func onAssertion(edit func(r *realm.Realm, a *authserver.Assertion)) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.AssertionFits.In(in)
		authserver.AssertionFits.Replace(in, func(r *realm.Realm, client store.Client, a authserver.Assertion) *wire.Error {
			a.Header, a.Claims = maps.Clone(a.Header), maps.Clone(a.Claims)
			edit(r, &a)
			return held(r, client, a)
		})
	}
}

// refusingMethods knows none of some ways to authenticate.
func refusingMethods(methods ...string) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.AuthenticateClient.In(in)
		authserver.AuthenticateClient.Replace(in, func(ctx context.Context, r *realm.Realm, credentials authserver.Presented) (store.Client, error) {
			client, err := held(ctx, r, credentials)
			if err == nil && slices.Contains(methods, client.AuthMethod) {
				return store.Client{}, &wire.Error{Status: http.StatusUnauthorized, Code: "invalid_client", Challenge: `Basic realm="grantproof"`, Description: "this server knows no such method"}
			}
			return client, err
		})
	}
}

// refusingAssertions refuses those that do not fit besides.
func refusingAssertions(fits func(*realm.Realm, authserver.Assertion) bool) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.AssertionFits.In(in)
		authserver.AssertionFits.Replace(in, func(r *realm.Realm, client store.Client, a authserver.Assertion) *wire.Error {
			refused := held(r, client, a)
			if refused == nil && !fits(r, a) {
				refused = &wire.Error{Status: http.StatusUnauthorized, Code: "invalid_client", Challenge: `Basic realm="grantproof"`, Description: "the dates of the assertion do not fit"}
			}
			return refused
		})
	}
}

// validAt tells whether an assertion is valid at a time, with a leeway.
func validAt(a authserver.Assertion, now time.Time, leeway time.Duration) bool {
	expires, _ := a.Claims.GetExpirationTime()
	begins, _ := a.Claims.GetNotBefore()
	return (expires == nil || now.Add(-leeway).Before(expires.Time)) && (begins == nil || !now.Add(leeway).Before(begins.Time))
}

// shift moves a date by seconds.
func shift(claims jwt.MapClaims, name string, seconds float64) {
	if date, ok := claims[name].(float64); ok {
		claims[name] = date + seconds
	}
}
