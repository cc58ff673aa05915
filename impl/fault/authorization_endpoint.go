package fault

import "net/http"

var _ = add([]Fault{
	{
		Name:     "denial-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2.1/access-denied", "oidc-core-3.1.2.6/error-with-state"},
		Summary:  "A code is issued although the resource owner denied access.",
	},
	{
		Name:     "unknown-response-type-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2.1/error-response", "oauth-2.1-removal-of-implicit-grant/no-token-response", "oidc-core-3.1.2.2/parameters-validated", "oidc-core-3.1.2.2/error-returned"},
		Summary:  "An unknown response_type is treated as code.",
	},
	{
		Name:     "authorization-by-get-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1/get"},
		Summary:  "An authorization request by GET is refused.",
	},
	{
		Name:     "code-guessable",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.10/guess-probability", "rfc6749-10.10/guess-160"},
		Summary:  "Authorization codes are sequential numbers.",
	},
	{
		Name:     "challenge-in-code",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.4/challenge-hidden", "oauth-2.1-authorization-response/challenge-hidden"},
		Summary:  "The authorization code contains the code challenge.",
	},
	{
		Name:     "authorization-endpoint-cors",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-2.6/no-cors", "oidc-discovery-3/no-cors-authorization"},
		Summary:  "CORS lets scripts of every origin read the authorization endpoint.",
		Answer:   on("GET", "/oauth/authorize", func(r *Response) { r.Header.Set("Access-Control-Allow-Origin", "*") }),
	},
	{
		Name:     "direct-approval-everywhere",
		Role:     AuthorizationServer,
		Violates: ids{"documented-authorize/documented-only"},
		Summary:  "The policy strict accepts the direct approval of the demo and returns a code.",
		Answer: func(r *http.Request, response *Response) {
			if r.URL.Path == "/oauth/authorize" && r.Header.Get("Content-Type") == "application/json" && response.Status == http.StatusBadRequest {
				as(http.StatusOK, `{"code":"of-nobody","redirect_uri":"http://localhost:3000/callback"}`)(response)
			}
		},
	},
	{
		Name:     "nonce-required",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/nonce-optional"},
		Summary:  "An authentication request without a nonce is refused.",
	},
	{
		Name:     "openid-by-get-only",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/get-and-post"},
		Summary:  "An authentication request by POST is refused.",
	},
	{
		Name:     "unknown-hints-refused",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-15.1/display-no-error", "oidc-core-15.1/locales-no-error", "oidc-core-15.1/acr-values-no-error", "oidc-core-3.1.2.1/ui-locales-no-error", "oidc-core-5.5/heuristic-claims", "oidc-core-5.5.1/no-error-for-missing"},
		Summary:  "A request with an optional parameter that the server cannot honor is refused.",
	},
	{
		Name:     "request-object-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.6/request-not-supported"},
		Summary:  "A request object is ignored without an error.",
	},
	{
		Name:     "sign-in-skipped",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1/owner-verified", "oidc-core-3.1.2.3/user-authenticated", "rfc6749-10.2/owner-authenticated"},
		Summary:  "The consent page takes any visitor for the resource owner, without sign-in.",
	},
	{
		Name:     "error-before-sign-in",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.11.2/user-first"},
		Summary:  "An invalid authorization request redirects to the client before the person signs in.",
	},
	{
		Name:     "prompt-none-asks",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-15.1/prompt-supported", "oidc-core-3.1.2.1/prompt-none-silent", "oidc-core-3.1.2.3/prompt-none-error"},
		Summary:  "A request with prompt=none shows pages.",
	},
	{
		Name:     "prompt-none-always-refused",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/hint-not-needed"},
		Summary:  "A request with prompt=none never gets a code.",
	},
})
