package fault

import "net/http"

var _ = add([]Fault{
	{
		Name:     "denial-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2.1/access-denied", "oidc-core-3.1.2.6/error-with-state"},
		Summary:  "A code is issued although the resource owner denied.",
	},
	{
		Name:     "unknown-response-type-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2.1/error-response", "oauth-2.1-removal-of-implicit-grant/no-token-response", "oidc-core-3.1.2.2/parameters-validated", "oidc-core-3.1.2.2/error-returned"},
		Summary:  "An unknown response type is taken for code.",
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
		Summary:  "Authorization codes are numbered.",
	},
	{
		Name:     "challenge-in-code",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.4/challenge-hidden", "oauth-2.1-authorization-response/challenge-hidden"},
		Summary:  "The authorization code holds the code challenge.",
	},
	{
		Name:     "authorization-endpoint-cors",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-2.6/no-cors", "oidc-discovery-3/no-cors-authorization"},
		Summary:  "Scripts of every origin may read the authorization endpoint.",
		Answer:   on("GET", "/oauth/authorize", func(r *Response) { r.Header.Set("Access-Control-Allow-Origin", "*") }),
	},
	{
		Name:     "direct-approval-everywhere",
		Role:     AuthorizationServer,
		Violates: ids{"documented-authorize/documented-only"},
		Summary:  "A strict server answers the demo's JSON with a code.",
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
		Summary:  "A request without a nonce is refused.",
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
		Summary:  "A wish that the server cannot meet is refused.",
	},
	{
		Name:     "request-object-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.6/request-not-supported"},
		Summary:  "A request object is not read, and nobody is told.",
	},
	{
		Name:     "sign-in-skipped",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1/owner-verified", "oidc-core-3.1.2.3/user-authenticated", "rfc6749-10.2/owner-authenticated"},
		Summary:  "Whoever opens the pages is taken for the resource owner.",
	},
	{
		Name:     "error-before-sign-in",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.11.2/user-first"},
		Summary:  "Whoever follows a faulty link is sent on to the client at once.",
	},
	{
		Name:     "prompt-none-asks",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-15.1/prompt-supported", "oidc-core-3.1.2.1/prompt-none-silent", "oidc-core-3.1.2.3/prompt-none-error"},
		Summary:  "With prompt=none pages are shown.",
	},
	{
		Name:     "prompt-none-always-refused",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.2.1/hint-not-needed"},
		Summary:  "With prompt=none nobody ever gets a code.",
	},
})
