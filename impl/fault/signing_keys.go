package fault

import (
	"github.com/golang-jwt/jwt/v5"

	"net/http"
	"strings"
	"time"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Fault{
	{
		Name:     "key-set-as-text",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7517-8.5.1/media-type"},
		Summary:  "The key set is text/plain.",
		Answer:   seam.On("GET", "/.well-known/jwks.json", seam.AsText),
	},
	{
		Name:     "private-key-published",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7517-5/keys", "oidc-discovery-3/no-private-keys"},
		Summary:  "The key set contains the private part of a key.",
		Answer: func(r *http.Request, response *seam.Response) {
			if strings.HasSuffix(r.URL.Path, "jwks.json") {
				response.Body = []byte(strings.Replace(string(response.Body), `"kty"`, `"d":"c2VjcmV0","kty"`, 1))
			}
		},
	},
	{
		Name:     "old-key-withdrawn",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-10.1.1/old-keys-kept"},
		Summary:  "A replaced key is withdrawn although tokens that it signed are still valid.",
		Rules:    seam.Instead(realm.OldKeyPublished, func() time.Duration { return 0 }),
	},
	{
		Name:     "key-ids-repeated",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7517-4.5/key-ids"},
		Summary:  "All keys of the key set have the same kid.",
		Answer:   seam.On("GET", "/.well-known/jwks.json", repeatKeyID),
	},
	{
		Name:     "keys-not-published",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9068-4/keys-published"},
		Summary:  "The key set has no keys.",
		Answer:   seam.On("GET", "/.well-known/jwks.json", seam.With("keys", []string{})),
	},
	{
		Name:     "key-use-missing",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-discovery-3/key-use"},
		Summary:  "The key set has a key for encryption, and the other keys have no use.",
		Answer:   seam.On("GET", "/.well-known/jwks.json", mixUses),
	},
	{
		Name:     "key-certificate-foreign",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-discovery-3/bare-keys"},
		Summary:  "A key has the certificate of another key.",
		Answer:   seam.On("GET", "/.well-known/jwks.json", certify),
	},
	{
		Name:     "primes-published",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7517-5/keys", "oidc-discovery-3/no-private-keys"},
		Summary:  "The key set contains a prime of its last key.",
		Answer: seam.On("GET", "/.well-known/jwks.json", func(r *seam.Response) {
			last := strings.LastIndex(string(r.Body), "}]")
			r.Body = []byte(string(r.Body[:last]) + `,"p":"c2VjcmV0"` + string(r.Body[last:]))
		}),
	},
})

func nothing(jwt.MapClaims) any { return nil }
