package fault

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Fault{
	{
		Name:     "code-challenge-optional",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.4.1/challenge-required", "rfc8252-8.1/pkce-enforced", "oauth-2.1-authorization-error-response/public-without-challenge", "oauth-2.1-authorization-error-response/confidential-without-challenge", "oauth-2.1-authorization-request/pkce-beside-nonce", "oauth-2.1-code-token-extension/no-challenge"},
		Summary:  "An authorization request without a code challenge is accepted.",
		Rules:    seam.Instead(authserver.CodeChallengeRequired, func(realm.CodeChallenge, store.Client, *string) bool { return false }),
	},
	{
		Name:     "unknown-challenge-method-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.4.1/unsupported-method"},
		Summary:  "An unknown code_challenge_method is treated as S256.",
		Rules:    seam.Instead(authserver.CodeChallengeMethodSupported, func(realm.CodeChallenge, string) bool { return true }),
	},
	{
		Name:     "missing-method-is-s256",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.3/method-default", "rfc7636-4.3/plain-default"},
		Summary:  "A code challenge without a method is treated as S256.",
		Rules: seam.Instead(authserver.CodeChallengeMethod, func(sent *string) string {
			if sent == nil {
				return "S256"
			}
			return *sent
		}),
	},
	{
		Name:     "verifier-never-matches",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.2/s256-supported", "rfc7636-4.6/verifier-matches", "rfc9700-2.1.1/pkce-supported"},
		Summary:  "No code verifier matches.",
		Rules:    seam.Instead(authserver.CodeVerifierMatches, func(string, string) bool { return false }),
	},
	{
		Name:     "plain-challenge-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8414-2/lists-are-complete", "rfc7636-4.5/method-of-the-code", "rfc7636-4.4.1/plain-unsupported", "oauth-2.1-pkce-plain-code-challenge-method/prohibited"},
		Summary:  "The method plain is accepted although the metadata lists S256 alone.",
		Rules: seam.Rules(
			func(in rule.Replaced) {
				held := authserver.CodeChallengeMethodSupported.In(in)
				authserver.CodeChallengeMethodSupported.Replace(in, func(asks realm.CodeChallenge, method string) bool {
					return method == "plain" || held(asks, method)
				})
			},
			func(in rule.Replaced) {
				held := authserver.CodeChallengeWellFormed.In(in)
				authserver.CodeChallengeWellFormed.Replace(in, func(method, codeChallenge string) bool {
					return method == "plain" || held(method, codeChallenge)
				})
			},
			func(in rule.Replaced) {
				held := authserver.CodeVerifier.In(in)
				authserver.CodeVerifier.Replace(in, func(r *realm.Realm, codeChallenge, verifier string) *wire.Error {
					if codeChallenge == verifier {
						return nil
					}
					return held(r, codeChallenge, verifier)
				})
			},
		),
	},
	{
		Name:     "verifier-without-challenge-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-2.1.1/no-downgrade"},
		Summary:  "A code verifier is ignored if the authorization request had no code challenge.",
		Rules: func(in rule.Replaced) {
			held := authserver.CodeVerifier.In(in)
			authserver.CodeVerifier.Replace(in, func(r *realm.Realm, codeChallenge, verifier string) *wire.Error {
				if codeChallenge == "" {
					return nil
				}
				return held(r, codeChallenge, verifier)
			})
		},
	},
	{
		Name:     "public-clients-without-challenge",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-authorization-error-response/public-without-challenge"},
		Summary:  "If the code challenge is optional for confidential clients, it is optional for public clients too.",
		Rules: func(in rule.Replaced) {
			held := authserver.CodeChallengeRequired.In(in)
			authserver.CodeChallengeRequired.Replace(in, func(asks realm.CodeChallenge, client store.Client, method *string) bool {
				if asks == realm.ChallengeOptional {
					return method != nil
				}
				return held(asks, client, method)
			})
		},
	},
	{
		Name:     "plain-verifier-not-compared",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.6/verifier-mismatch", "rfc7636-4.5/method-of-the-code"},
		Summary:  "A server that supports the method plain does not compare the code verifier.",
		Rules: func(in rule.Replaced) {
			held := authserver.CodeVerifier.In(in)
			authserver.CodeVerifier.Replace(in, func(r *realm.Realm, codeChallenge, verifier string) *wire.Error {
				if r.Policy().CodeChallenge == realm.ChallengePlain {
					return nil
				}
				return held(r, codeChallenge, verifier)
			})
		},
	},
	{
		Name:     "plain-listed-and-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8414-2/lists-are-true"},
		Summary:  "The metadata lists the method plain, but it is refused.",
		Rules: func(in rule.Replaced) {
			held := authserver.CodeChallengeMethodSupported.In(in)
			authserver.CodeChallengeMethodSupported.Replace(in, func(asks realm.CodeChallenge, method string) bool {
				return method != "plain" && held(asks, method)
			})
		},
	},
	{
		Name:     "verifier-compared-in-part",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.6/verifier-mismatch"},
		Summary:  "Only the first characters of the code challenge are compared with the code verifier.",
		Rules: seam.Instead(authserver.CodeVerifierMatches, func(codeChallenge, verifier string) bool {
			hash := sha256.Sum256([]byte(verifier))
			return strings.HasPrefix(codeChallenge, base64.RawURLEncoding.EncodeToString(hash[:])[:2])
		}),
	},
	{
		Name:     "missing-verifier-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-2.1.1/verifier-enforced"},
		Summary:  "The code verifier is compared only if the token request has one.",
		Rules: func(in rule.Replaced) {
			held := authserver.CodeVerifier.In(in)
			authserver.CodeVerifier.Replace(in, func(r *realm.Realm, codeChallenge, verifier string) *wire.Error {
				if verifier == "" {
					return nil
				}
				return held(r, codeChallenge, verifier)
			})
		},
	},
})
