package fault

import (
	"cmp"
	"maps"
	"net/http"
	"net/url"
	"slices"
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
		Name:     "assertion-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7523-2.2/client-assertion"},
		Summary:  "Every client assertion is refused.",
		Rules:    seam.Instead(authserver.AssertionVerified, func(authserver.Assertion, jwt.VerificationKeySet, []string) bool { return false }),
	},
	{
		Name:     "assertion-type-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7523-2.2/assertion-type"},
		Summary:  "A client assertion is accepted with any client_assertion_type.",
		Request: seam.OnCredentials(func(_ *http.Request, form url.Values) {
			if form.Has("client_assertion") {
				form.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
			}
		}),
	},
	{
		Name:     "assertion-beside-secret-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7523-2.2/one-method"},
		Summary:  "A client assertion beside an Authorization header is accepted.",
		Request: seam.OnCredentials(func(r *http.Request, form url.Values) {
			if form.Has("client_assertion") {
				form.Del("client_secret")
				seam.WithoutAuthorization(r)
			}
		}),
	},
	{
		Name:     "client-id-needed-beside-assertion",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7523-2.2/client-id-optional"},
		Summary:  "A client assertion without a client_id parameter is refused.",
		Rules: seam.Instead(authserver.ClientOfAssertion, func(subject, clientID string) (string, bool) {
			return subject, clientID == subject
		}),
	},
	{
		Name:     "client-id-beside-assertion-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7523-2.2/client-id-identical"},
		Summary:  "The client_id parameter is not compared with the client assertion.",
		Rules:    seam.Instead(authserver.ClientOfAssertion, func(subject, _ string) (string, bool) { return subject, true }),
	},
	{
		Name:     "assertion-issuer-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7523-3/issuer", "rfc7523-3/issuer-compared", "rfc7523-3/issuer-is-client", "oidc-core-9/assertion-claims"},
		Summary:  "The iss of a client assertion is not checked.",
		Rules:    onAssertion(func(_ *realm.Realm, client store.Client, a *authserver.Assertion) { a.Claims["iss"] = client.ID }),
	},
	{
		Name:     "assertion-subject-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7523-3/subject", "rfc7523-3/subject-is-client", "oidc-core-9/assertion-claims"},
		Summary:  "The sub of a client assertion is not checked if there is a client_id parameter.",
		Rules: seam.Rules(
			seam.Instead(authserver.ClientOfAssertion, func(subject, clientID string) (string, bool) { return cmp.Or(clientID, subject), true }),
			onAssertion(func(_ *realm.Realm, client store.Client, a *authserver.Assertion) { a.Claims["sub"] = client.ID }),
		),
	},
	{
		Name:     "assertion-audience-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7523-3/audience", "rfc7523-3/audience-self", "rfc7523-3/audience-compared", "oidc-core-9/assertion-audience", "oauth-2.1-client-authentication/issuer-as-audience"},
		Summary:  "The aud of a client assertion is not checked.",
		Rules:    onAssertion(func(r *realm.Realm, _ store.Client, a *authserver.Assertion) { a.Claims["aud"] = r.Issuer }),
	},
	{
		Name:     "assertion-audience-loose",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-client-authentication/issuer-as-audience"},
		Summary:  "A client assertion is accepted if its aud contains the token endpoint, even among other audiences.",
		Rules: onAssertion(func(r *realm.Realm, _ store.Client, a *authserver.Assertion) {
			audience, _ := a.Claims.GetAudience()
			if slices.Contains(audience, r.Issuer) || slices.Contains(audience, r.Issuer+"/oauth/token") {
				a.Claims["aud"] = r.Issuer
			}
		}),
	},
	{
		Name:     "assertion-expiry-optional",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7523-3/expiry"},
		Summary:  "A client assertion without exp is accepted.",
		Rules: onAssertion(func(r *realm.Realm, _ store.Client, a *authserver.Assertion) {
			if expires, err := a.Claims.GetExpirationTime(); err != nil || expires == nil {
				a.Claims["exp"] = soon(r)
			}
		}),
	},
	{
		Name:     "assertion-expiry-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7523-3/expired", "oidc-core-9/assertion-expiry"},
		Summary:  "An expired client assertion is accepted.",
		Rules: onAssertion(func(r *realm.Realm, _ store.Client, a *authserver.Assertion) {
			if expires, err := a.Claims.GetExpirationTime(); err == nil && expires != nil {
				a.Claims["exp"] = soon(r)
			}
		}),
	},
	{
		Name:     "assertion-not-before-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7523-3/not-before"},
		Summary:  "A client assertion is accepted before its nbf.",
		Rules: onAssertion(func(_ *realm.Realm, _ store.Client, a *authserver.Assertion) {
			delete(a.Claims, "nbf")
			delete(a.Claims, "iat")
		}),
	},
	{
		Name:     "assertion-identifier-optional",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-9/assertion-claims"},
		Summary:  "A client assertion without jti is accepted.",
		Rules:    onAssertion(func(_ *realm.Realm, _ store.Client, a *authserver.Assertion) { a.Claims["jti"] = token.NewID() }),
	},
	{
		Name:     "assertion-unknown-claim-refused",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-9/unknown-claims-ignored"},
		Summary:  "A client assertion with an unknown claim is refused.",
		Rules: func(in rule.Replaced) {
			held := authserver.AssertionFits.In(in)
			authserver.AssertionFits.Replace(in, func(r *realm.Realm, client store.Client, a authserver.Assertion) *wire.Error {
				for name := range a.Claims {
					if !slices.Contains([]string{"iss", "sub", "aud", "exp", "nbf", "iat", "jti"}, name) {
						return &wire.Error{Status: http.StatusUnauthorized, Code: "invalid_client", Description: "the assertion has a claim that is not known"}
					}
				}
				return held(r, client, a)
			})
		},
	},
	{
		Name:     "assertion-of-another-kind-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8725-3.12/kinds-told-apart"},
		Summary:  "A JWT made for another purpose is accepted as a client assertion.",
		Rules:    onAssertion(func(_ *realm.Realm, _ store.Client, a *authserver.Assertion) { delete(a.Header, "typ") }),
	},
	{
		Name:     "assertion-critical-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7523-3/valid-jwt"},
		Summary:  "The crit header of a client assertion is ignored.",
		Rules:    onAssertion(func(_ *realm.Realm, _ store.Client, a *authserver.Assertion) { delete(a.Header, "crit") }),
	},
	{
		Name:     "assertion-unsigned-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7523-3/signed"},
		Summary:  "A client assertion with alg none is accepted.",
		Rules:    verifiedIf(func(a authserver.Assertion) bool { return a.Algorithm == "none" }),
	},
	{
		Name:     "assertion-of-another-key-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7523-3/signature"},
		Summary:  "The signature of a client assertion is not verified.",
		Rules:    verifiedIf(func(a authserver.Assertion) bool { return a.Algorithm != "none" }),
	},
	{
		Name:     "assertion-key-confusion",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8725-3.1/key-with-one-algorithm"},
		Summary:  "The public key of a client is accepted as a MAC secret.",
		Rules: func(in rule.Replaced) {
			held := authserver.AssertionKeys.In(in)
			authserver.AssertionKeys.Replace(in, func(a authserver.Assertion, set token.KeySet) jwt.VerificationKeySet {
				if a.Algorithm == "HS256" {
					return publicKeysAsSecrets(set)
				}
				return held(a, set)
			})
		},
	},
	{
		Name:     "assertion-algorithm-not-restricted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8414-2/lists-are-complete"},
		Summary:  "A client assertion is verified with any algorithm that it names.",
		Rules: func(in rule.Replaced) {
			held := authserver.AssertionVerified.In(in)
			authserver.AssertionVerified.Replace(in, func(a authserver.Assertion, keys jwt.VerificationKeySet, algorithms []string) bool {
				return held(a, keys, append(slices.Clone(algorithms), "RS384", "RS512", "PS384", "PS512"))
			})
		},
	},
	{
		Name:     "assertion-error-renamed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7523-3.2/invalid-client"},
		Summary:  "An invalid client assertion is refused with invalid_grant.",
		Answer: func(request *http.Request, r *seam.Response) {
			if wire.FromContext(request.Context()).Parameters.Has("client_assertion") {
				seam.OnError("invalid_client", func(r *seam.Response) {
					withoutChallenge(r)
					seam.With("error", "invalid_grant")(r)
				})(r)
			}
		},
	},
	{
		Name:     "keys-never-fetched-again",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-10.1.1/refetched-by-server"},
		Summary:  "The keys at jwks_uri are fetched once and never again.",
		Rules:    seam.Instead(authserver.KeysKnown, func(authserver.Assertion, token.KeySet) bool { return true }),
	},
})

// onAssertion edits a copy of an assertion before it is judged.
func onAssertion(edit func(r *realm.Realm, client store.Client, a *authserver.Assertion)) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.AssertionFits.In(in)
		authserver.AssertionFits.Replace(in, func(r *realm.Realm, client store.Client, a authserver.Assertion) *wire.Error {
			a.Header, a.Claims = maps.Clone(a.Header), maps.Clone(a.Claims)
			edit(r, client, &a)
			return held(r, client, a)
		})
	}
}

// soon is a time that a claim may say.
func soon(r *realm.Realm) float64 { return float64(r.Clock.Now().Add(time.Minute).Unix()) }

// verifiedIf believes some assertions without a signature that is right.
func verifiedIf(believed func(authserver.Assertion) bool) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.AssertionVerified.In(in)
		authserver.AssertionVerified.Replace(in, func(a authserver.Assertion, keys jwt.VerificationKeySet, algorithms []string) bool {
			return believed(a) || held(a, keys, algorithms)
		})
	}
}

// publicKeysAsSecrets takes public keys for the secrets of a MAC.
func publicKeysAsSecrets(set token.KeySet) jwt.VerificationKeySet {
	var secrets jwt.VerificationKeySet
	for _, key := range set {
		if text, err := token.PublicPEM(key.Key); err == nil {
			secrets.Keys = append(secrets.Keys, text)
		}
	}
	return secrets
}
