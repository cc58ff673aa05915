package variant

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/token"
)

// publishedKeys are the requirements about the key set.
var publishedKeys = ids{"rfc7517-5/keys", "rfc7517-8.5.1/media-type", "rfc7517-4.5/key-ids", "oidc-discovery-3/no-private-keys", "oidc-core-10.1/published-key", "rfc9068-4/keys-published"}

var _ = add([]Variant{
	{
		Name:    "key-of-an-unknown-type",
		Role:    AuthorizationServer,
		Allows:  "RFC 7517 section 5: keys with a kty that is not understood are ignored",
		Summary: "The key set begins with a key of the type AKP.",
		Tempts:  publishedKeys,
		Answer: onKeys(func(keys []map[string]any) []map[string]any {
			return append([]map[string]any{
				{"kty": "AKP", "alg": "ML-DSA-44", "kid": "of-tomorrow", "use": "sig", "pub": "AAECAwQFBgcICQ"},
			}, keys...)
		}),
	},
	{
		Name:    "keys-with-unknown-members",
		Role:    AuthorizationServer,
		Allows:  "RFC 7517 section 4: additional members can be present in the JWK, and are ignored if not understood",
		Summary: "The keys and the key set have members that no specification names.",
		Tempts:  publishedKeys,
		Answer: func(r *http.Request, response *seam.Response) {
			onKeys(eachKey(func(key map[string]any) { key["iat"], key["nbf"] = 1700000000, 1700000000 }))(r, response)
			if isKeySet(r) {
				seam.With("updated_at", 1700000000)(response)
			}
		},
	},
	{
		Name:    "keys-without-alg-and-use",
		Role:    AuthorizationServer,
		Allows:  "RFC 7517 sections 4.2 and 4.4: use and alg are optional",
		Summary: "The keys have no alg and no use.",
		Tempts:  append(ids{"rfc8414-2/key-use", "oidc-discovery-3/key-use"}, publishedKeys...),
		Answer: onKeys(eachKey(func(key map[string]any) {
			delete(key, "alg")
			delete(key, "use")
		})),
	},
	{
		Name:    "keys-with-operations",
		Role:    AuthorizationServer,
		Allows:  "RFC 7517 section 4.3: key_ops is optional, and says what a key is for",
		Summary: "The keys have key_ops, and no use.",
		Tempts:  publishedKeys,
		Answer: onKeys(eachKey(func(key map[string]any) {
			delete(key, "use")
			key["key_ops"] = []string{"verify"}
		})),
	},
	{
		Name:    "keys-in-another-order",
		Role:    AuthorizationServer,
		Allows:  "RFC 7517 section 5.1: the order of the keys does not imply a preference",
		Summary: "The keys are published in reverse order.",
		Tempts:  publishedKeys,
		Answer: onKeys(func(keys []map[string]any) []map[string]any {
			slices.Reverse(keys)
			return keys
		}),
	},
	{
		Name:    "key-for-encryption",
		Role:    AuthorizationServer,
		Allows:  "RFC 7517 section 4.2: use tells a key for encryption from one for signatures",
		Summary: "The key set begins with a key for encryption.",
		Tempts:  append(ids{"rfc8414-2/key-use", "oidc-discovery-3/key-use"}, publishedKeys...),
		Answer: onKeys(func(keys []map[string]any) []map[string]any {
			return append([]map[string]any{{
				"kty": "EC", "crv": "P-256", "use": "enc", "alg": "ECDH-ES", "kid": "to-encrypt",
				"x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4", "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
			}}, keys...)
		}),
	},
	{
		Name:    "key-set-with-its-media-type",
		Role:    AuthorizationServer,
		Allows:  "RFC 7517 section 8.5.1: the media type of a JWK Set is application/jwk-set+json",
		Summary: "The Content-Type of the key set is application/jwk-set+json.",
		Tempts:  publishedKeys,
		Answer: func(r *http.Request, response *seam.Response) {
			if isKeySet(r) {
				response.Header.Set("Content-Type", "application/jwk-set+json")
			}
		},
	},
	{
		Name:    "access-tokens-signed-with-eddsa",
		Role:    AuthorizationServer,
		Allows:  "RFC 9068 section 2.1: any asymmetric algorithm may sign, RS256 has to be supported",
		Summary: "Access tokens are signed with EdDSA where no algorithm is configured.",
		Tempts:  ids{"rfc9068-2.1/signed", "rfc9068-2.1/asymmetric", "rfc9068-2.1/rs256"},
		Without: ids{"ES256"},
		Rules:   signingInstead("EdDSA"),
	},
	{
		Name:    "access-tokens-signed-with-ps256",
		Role:    AuthorizationServer,
		Allows:  "RFC 9068 section 2.1: any asymmetric algorithm may sign, RS256 has to be supported",
		Summary: "Access tokens are signed with PS256 where no algorithm is configured.",
		Tempts:  ids{"rfc9068-2.1/signed", "rfc9068-2.1/asymmetric", "rfc9068-2.1/rs256"},
		Without: ids{"ES256"},
		Rules:   signingInstead("PS256"),
	},
	{
		Name:    "access-tokens-signed-with-rs256",
		Role:    AuthorizationServer,
		Allows:  "RFC 9068 section 2.1: RS256 is one of the supported algorithms",
		Summary: "Access tokens are signed with RS256 where no algorithm is configured.",
		Tempts:  ids{"rfc9068-2.1/signed", "rfc9068-2.1/asymmetric", "rfc9068-2.1/rs256"},
		Without: ids{"ES256"},
		Rules:   signingInstead("RS256"),
	},
})

func isKeySet(r *http.Request) bool { return r.URL.Path == "/.well-known/jwks.json" }

// onKeys edits the keys that are published.
func onKeys(edit func(keys []map[string]any) []map[string]any) func(*http.Request, *seam.Response) {
	return func(r *http.Request, response *seam.Response) {
		var set struct {
			Keys []map[string]any `json:"keys"`
		}
		if isKeySet(r) && json.Unmarshal(response.Body, &set) == nil && len(set.Keys) > 0 {
			seam.With("keys", edit(set.Keys))(response)
		}
	}
}

func eachKey(edit func(key map[string]any)) func(keys []map[string]any) []map[string]any {
	return func(keys []map[string]any) []map[string]any {
		for _, key := range keys {
			edit(key)
		}
		return keys
	}
}

// signingInstead signs with another algorithm where the server would use its first.
func signingInstead(algorithm string) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held, other := authserver.SignAccessToken.In(in), seam.SignedWith(algorithm)
		authserver.SignAccessToken.Replace(in, func(keys *token.Keyring, configured string, now time.Time, header map[string]any, claims jwt.MapClaims) (string, error) {
			if configured == token.Algorithms[0] {
				return other(keys, configured, now, header, claims)
			}
			return held(keys, configured, now, header, claims)
		})
	}
}
