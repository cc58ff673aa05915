package fault

import "net/http"

// Faults of the authorization server in what binds a code to its client: the
// code challenge and the redirect URI.
const (
	VerifierWithoutChallengeIgnored   Name = "verifier-without-challenge-ignored"
	PublicClientsWithoutChallenge     Name = "public-clients-without-challenge"
	PlainVerifierNotCompared          Name = "plain-verifier-not-compared"
	PlainListedAndRefused             Name = "plain-listed-and-refused"
	RedirectURIAlwaysRequired         Name = "redirect-uri-always-required"
	RedirectURIAtTokenEndpointRefused Name = "redirect-uri-at-token-endpoint-refused"
	OptionalRedirectURINotCompared    Name = "optional-redirect-uri-not-compared"
	RedirectURIOptionalWithoutPKCE    Name = "redirect-uri-optional-without-pkce"
	DirectApprovalEverywhere          Name = "direct-approval-everywhere"
	CodeOutlivesAccess                Name = "code-outlives-access"
)

var code = []Fault{
	{VerifierWithoutChallengeIgnored, AuthorizationServer, ids{"rfc9700-2.1.1/no-downgrade"}, "A code verifier is not looked at where the authorization request had no code challenge."},
	{PublicClientsWithoutChallenge, AuthorizationServer, ids{"oauth-2.1-authorization-error-response/public-without-challenge"}, "Where confidential clients may do without a code challenge, public ones may too."},
	{PlainVerifierNotCompared, AuthorizationServer, ids{"rfc7636-4.6/verifier-mismatch", "rfc7636-4.5/method-of-the-code"}, "A server that supports the transformation plain compares no code verifier."},
	{PlainListedAndRefused, AuthorizationServer, ids{"rfc8414-2/lists-are-true"}, "The metadata lists the transformation plain, and it is refused."},
	{RedirectURIAlwaysRequired, AuthorizationServer, ids{"oauth-2.1-redirect-uri-in-token-request/not-required"}, "A code is never redeemed without the redirect_uri of the authorization request."},
	{RedirectURIAtTokenEndpointRefused, AuthorizationServer, ids{"oauth-2.1-redirect-uri-in-token-request/allowed"}, "A server that does not need redirect_uri in a token request refuses it there."},
	{OptionalRedirectURINotCompared, AuthorizationServer, ids{"oauth-2.1-redirect-uri-in-token-request/enforced"}, "A server that does not need redirect_uri in a token request does not compare it either."},
	{RedirectURIOptionalWithoutPKCE, AuthorizationServer, ids{"oauth-2.1-redirect-uri-in-token-request/enforced"}, "A code that no code verifier protects is redeemed without redirect_uri."},
	{CodeOutlivesAccess, AuthorizationServer, ids{"rfc6749-5.2/revoked-grant"}, "A code is redeemed after the resource owner ended the client's access."},
	{DirectApprovalEverywhere, AuthorizationServer, ids{"documented-authorize/documented-only"}, "A strict server answers the demo's JSON with a code."},
}

var codeEdits = map[Name]func(*http.Request, *Response){
	DirectApprovalEverywhere: func(r *http.Request, response *Response) {
		if r.URL.Path == "/oauth/authorize" && r.Header.Get("Content-Type") == "application/json" && response.Status == http.StatusBadRequest {
			as(http.StatusOK, `{"code":"of-nobody","redirect_uri":"http://localhost:3000/callback"}`)(response)
		}
	},
}
