package fault

import (
	"github.com/grantproof/grantproof/impl/seam"
	"net/http"
	"strings"
)

var _ = add([]Fault{
	{
		Name:     "step-up-scope-as-json-list",
		Role:     ResourceServer,
		Violates: ids{"rfc6750-3/scope-characters"},
		Summary:  "The scope in an insufficient_scope challenge is a JSON list.",
		Answer:   seam.OnChallengeWith(`error="insufficient_scope"`, `scope="[\"tasks:read\"]"`),
	},
	{
		Name:     "tab-in-challenged-scope",
		Role:     ResourceServer,
		Violates: ids{"rfc6750-3/scope-characters"},
		Summary:  "An invalid_token challenge separates scopes by a tab.",
		Answer:   seam.OnChallengeWith(`error="invalid_token"`, "scope=\"tasks:read\ttasks:write\""),
	},
	{
		Name:     "challenged-scope-beyond-ascii",
		Role:     ResourceServer,
		Violates: ids{"rfc6750-3/scope-characters"},
		Summary:  "The challenge to a request without a token names a scope with non-ASCII characters.",
		Answer: func(r *http.Request, response *seam.Response) {
			if r.Header.Get("Authorization") == "" {
				seam.OnChallengeWith("Bearer", `scope="tâches:lire"`)(r, response)
			}
		},
	},
	{
		Name:     "challenge-without-parameters",
		Role:     ResourceServer,
		Violates: ids{"rfc6750-3/auth-param"},
		Summary:  "A challenge is the word Bearer alone.",
		Answer:   seam.OnChallenge(func(string) string { return "Bearer" }),
	},
	{
		Name:     "challenge-attribute-twice",
		Role:     ResourceServer,
		Violates: ids{"rfc6750-3/attributes-once"},
		Summary:  "A challenge has two realm parameters.",
		Answer:   seam.OnChallenge(func(challenge string) string { return challenge + `, realm="again"` }),
	},
	{
		Name:     "challenge-scope-in-quotes",
		Role:     ResourceServer,
		Violates: ids{"rfc6750-3/scope-characters"},
		Summary:  "The scope of a challenge contains quotes.",
		Answer:   seam.OnChallenge(func(challenge string) string { return challenge + `, scope="\"all\""` }),
	},
	{
		Name:     "challenge-error-in-quotes",
		Role:     ResourceServer,
		Violates: ids{"rfc6750-3/error-characters"},
		Summary:  "The error_description of a challenge contains quotes.",
		Answer:   seam.OnChallenge(func(challenge string) string { return challenge + `, error_description="\"no\""` }),
	},
	{
		Name:     "challenge-error-uri-broken",
		Role:     ResourceServer,
		Violates: ids{"rfc6750-3/error-uri"},
		Summary:  "The error_uri of a challenge is a sentence instead of a URI.",
		Answer:   seam.OnChallenge(func(challenge string) string { return challenge + `, error_uri="see our pages"` }),
	},
	{
		Name:     "invalid-token-renamed",
		Role:     ResourceServer,
		Violates: ids{"rfc9068-4/error-code"},
		Summary:  "A challenge says invalid_request instead of invalid_token.",
		Answer: func(_ *http.Request, r *seam.Response) {
			r.Body = []byte(strings.Replace(string(r.Body), "invalid_token", "invalid_request", 1))
			r.Header.Set("WWW-Authenticate", strings.Replace(r.Header.Get("WWW-Authenticate"), "invalid_token", "invalid_request", 1))
		},
	},
	{
		Name:     "bearer-challenge-missing",
		Role:     ResourceServer,
		Violates: ids{"rfc6750-3/challenge", "documented-access/no-token", "rfc9110-11.6.1/challenge-with-401"},
		Summary:  "A request without a token gets 401 and no challenge.",
		Answer:   seam.OnUnauthorized(func(r *seam.Response) { r.Header.Del("WWW-Authenticate") }),
	},
	{
		Name:     "error-without-credentials",
		Role:     ResourceServer,
		Violates: ids{"rfc6750-3.1/no-error-without-credentials"},
		Summary:  "The challenge to a request without a token names an error.",
		Answer: seam.OnUnauthorized(func(r *seam.Response) {
			if challenge := r.Header.Get("WWW-Authenticate"); !strings.Contains(challenge, "error=") {
				r.Header.Set("WWW-Authenticate", challenge+`, error="invalid_token"`)
			}
		}),
	},
	{
		Name:     "padded-token-accepted",
		Role:     ResourceServer,
		Violates: ids{"rfc7515-5.2/no-additional-characters"},
		Summary:  "Padding at the end of a token is ignored.",
		Request:  withoutPadding,
	},
})
