package fault

import (
	"net/http"
	"strings"
)

// Faults of an authorization server that nearly does what it has to: it obeys
// the rule in the case that everybody tries, and not in the one beside it.
const (
	HTTPSPortIgnored           Name = "https-port-ignored"
	RedirectHostCaseIgnored    Name = "redirect-host-case-ignored"
	RedirectPathCaseIgnored    Name = "redirect-path-case-ignored"
	RedirectSlashIgnored       Name = "redirect-trailing-slash-ignored"
	RedirectOriginAsPrefix     Name = "redirect-origin-as-prefix"
	RedirectQueryIgnored       Name = "redirect-query-ignored"
	PublicCodeAcceptedTwice    Name = "public-code-accepted-twice"
	CodesRace                  Name = "codes-race"
	CodeOfAnotherForPublic     Name = "code-of-another-for-public-clients"
	VerifierComparedInPart     Name = "verifier-compared-in-part"
	ConfidentialWithoutProof   Name = "confidential-clients-without-verifier"
	ClientSecretCutOff         Name = "client-secret-cut-off"
	EmptySecretAccepted        Name = "empty-secret-accepted"
	BodySecretNotChecked       Name = "body-secret-not-checked"
	RefreshUpToRegistration    Name = "refresh-up-to-registration"
	RefreshChecksFirstScope    Name = "refresh-checks-first-scope"
	RefreshGrantsRegistration  Name = "refresh-grants-registration"
	ForeignRefreshTokenRevoked Name = "foreign-refresh-token-revoked"
	ForeignRevokedByPublic     Name = "foreign-token-revoked-by-public-client"
	ForeignRevocationPretended Name = "foreign-revocation-pretended"
	ExpiredTokenActiveForHour  Name = "expired-token-active-for-an-hour"
	OtherAudienceActive        Name = "other-audience-active"
	UnknownTokenNotFound       Name = "unknown-token-not-found"
	IssuerMissingInForm        Name = "issuer-missing-in-form"
	IssuerMissingInDenial      Name = "issuer-missing-in-denial"
	IssuerMissingWithoutState  Name = "issuer-missing-without-state"
	FirstRedirectURIJudged     Name = "first-redirect-uri-judged"
	LoopbackLookalike          Name = "loopback-lookalike-registered"
	FirstResourceJudged        Name = "first-resource-judged"
	ResourceComparedByPrefix   Name = "resource-compared-by-prefix"
	RefreshForAnyResource      Name = "refresh-for-any-resource"
	PagesLeadAnywhere          Name = "pages-lead-anywhere"
	ClientSecretGuessable      Name = "client-secret-guessable"
	StateCutOff                Name = "state-cut-off"
	IPv6PortFixed              Name = "ipv6-port-fixed"
	GarbageCrashes             Name = "garbage-crashes"
	HeaderFromParameter        Name = "header-from-parameter"
	TokenByAnyMethod           Name = "token-by-any-method"
	PrimesPublished            Name = "primes-published"
	InactiveExplained          Name = "inactive-explained"
	LifetimeOfNothing          Name = "lifetime-of-nothing"
	ScopeClaimOfRegistration   Name = "scope-claim-of-registration"
)

var nearMiss = []Fault{
	{HTTPSPortIgnored, AuthorizationServer, ids{"rfc6749-3.1.2.3/simple-comparison"}, "The port of an https redirect URI may vary."},
	{RedirectPathCaseIgnored, AuthorizationServer, ids{"rfc6749-3.1.2.3/simple-comparison", "rfc8252-8.4/exact-match", "mcp-2026-07-28-open-redirection/exact-match", "oauth-2.1-registration-requirements/exact-redirect-uri", "rfc9700-4.1.3/exact-redirect-uri"}, "The path of a redirect URI is compared without regard to case."},
	{RedirectSlashIgnored, AuthorizationServer, ids{"rfc6749-3.1.2.3/simple-comparison", "rfc8252-8.4/exact-match", "mcp-2026-07-28-open-redirection/exact-match", "oauth-2.1-registration-requirements/exact-redirect-uri", "rfc9700-4.1.3/exact-redirect-uri"}, "A slash at the end of a redirect URI makes no difference."},
	{RedirectOriginAsPrefix, AuthorizationServer, ids{"rfc6749-3.1.2.3/simple-comparison", "rfc8252-8.4/exact-match", "mcp-2026-07-28-open-redirection/exact-match", "oauth-2.1-registration-requirements/exact-redirect-uri", "rfc9700-4.1.3/exact-redirect-uri"}, "A redirect URI is accepted that begins with the origin of a registered one as text, so that this stands for a user before another host."},
	{RedirectHostCaseIgnored, AuthorizationServer, ids{"rfc6749-3.1.2.3/simple-comparison"}, "The host of a redirect URI is compared without regard to case."},
	{RedirectQueryIgnored, AuthorizationServer, ids{"rfc6749-3.1.2.3/simple-comparison"}, "The query of a redirect URI is not compared."},
	{PublicCodeAcceptedTwice, AuthorizationServer, ids{"rfc6749-4.1.2/single-use"}, "The code of a public client works more than once."},
	{CodesRace, AuthorizationServer, ids{"rfc6749-4.1.2/single-use"}, "A code works again for a moment, so that several win at once."},
	{CodeOfAnotherForPublic, AuthorizationServer, ids{"rfc6749-4.1.3/bound-to-client"}, "A public client may redeem the code of another client."},
	{VerifierComparedInPart, AuthorizationServer, ids{"rfc7636-4.6/verifier-mismatch"}, "Of the code challenge its first characters alone are compared, if a verifier is there."},
	{ConfidentialWithoutProof, AuthorizationServer, ids{"rfc7636-4.6/verifier-mismatch"}, "A confidential client may leave the code verifier out."},
	{ClientSecretCutOff, AuthorizationServer, ids{"rfc6749-5.2/invalid-client"}, "What follows the client secret is not looked at."},
	{EmptySecretAccepted, AuthorizationServer, ids{"rfc6749-5.2/invalid-client"}, "An empty secret in the Authorization header is right."},
	{BodySecretNotChecked, AuthorizationServer, ids{"rfc6749-5.2/invalid-client"}, "A secret in the body is not checked."},
	{RefreshUpToRegistration, AuthorizationServer, ids{"rfc6749-6/scope-not-broader"}, "A refresh may ask for all that the client is registered for."},
	{RefreshChecksFirstScope, AuthorizationServer, ids{"rfc6749-6/scope-not-broader"}, "Of the scopes of a refresh the first alone has to be granted."},
	{RefreshGrantsRegistration, AuthorizationServer, ids{"rfc6749-6/scope-omitted"}, "A refresh without a scope brings all that the client is registered for."},
	{ForeignRefreshTokenRevoked, AuthorizationServer, ids{"rfc7009-2.1/own-tokens-only"}, "A client revokes the refresh tokens of others."},
	{ForeignRevokedByPublic, AuthorizationServer, ids{"rfc7009-2.1/own-tokens-only"}, "A public client revokes the tokens of others."},
	{ForeignRevocationPretended, AuthorizationServer, ids{"rfc7009-2.1/own-tokens-only"}, "The revocation of the token of another client is answered like success."},
	{ExpiredTokenActiveForHour, AuthorizationServer, ids{"rfc7662-2.2/inactive"}, "A token is active for an hour after it has expired."},
	{OtherAudienceActive, AuthorizationServer, ids{"rfc7662-2.2/inactive"}, "A protected resource learns about tokens for other resources."},
	{UnknownTokenNotFound, AuthorizationServer, ids{"rfc7662-2.2/inactive"}, "The introspection of an unknown token is answered with 404."},
	{IssuerMissingInForm, AuthorizationServer, ids{"rfc9207-2/iss-in-response"}, "A response by a form does not name the issuer."},
	{IssuerMissingInDenial, AuthorizationServer, ids{"rfc9207-2/iss-in-response"}, "Where the resource owner denies, the response does not name the issuer."},
	{IssuerMissingWithoutState, AuthorizationServer, ids{"rfc9207-2/iss-in-response"}, "A response without a state does not name the issuer."},
	{FirstRedirectURIJudged, AuthorizationServer, ids{"rfc7591-3.2.2/invalid-redirect-uri"}, "Of the redirect URIs of a registration the first alone is looked at."},
	{LoopbackLookalike, AuthorizationServer, ids{"rfc7591-5/redirect-uri-kinds"}, "A host that begins like a loopback address is taken for one."},
	{FirstResourceJudged, AuthorizationServer, ids{"rfc8707-2.2/subset"}, "Of the resources of a request the first alone has to be granted."},
	{ResourceComparedByPrefix, AuthorizationServer, ids{"rfc8707-2.2/subset"}, "A token for a resource may be had for all that is below it."},
	{RefreshForAnyResource, AuthorizationServer, ids{"rfc8707-2.2/refresh"}, "A refresh brings tokens for resources that were not granted."},
	{PagesLeadAnywhere, AuthorizationServer, ids{"rfc9700-2.1/no-open-redirector"}, "The page for signing out goes on to wherever its link says."},
	{ClientSecretGuessable, AuthorizationServer, ids{"rfc6749-10.10/guess-probability"}, "The secrets of clients that register are numbered."},
	{StateCutOff, AuthorizationServer, ids{"rfc6749-4.1.2/state-exact"}, "Of a long state its first 1000 bytes come back."},
	{IPv6PortFixed, AuthorizationServer, ids{"rfc8252-7.3/loopback-port"}, "The port of an IPv6 loopback redirect URI may not vary."},
	{GarbageCrashes, AuthorizationServer, ids{"rfc6749-4.1.2.1/no-server-error"}, "A NUL in a code challenge is answered with status 500."},
	{HeaderFromParameter, AuthorizationServer, ids{"rfc6749-10.14/server-input"}, "A line break in a nonce begins another header."},
	{TokenByAnyMethod, AuthorizationServer, ids{"rfc6749-3.2/post"}, "A token is issued by PATCH."},
	{PrimesPublished, AuthorizationServer, ids{"rfc7517-5/keys", "oidc-discovery-3/no-private-keys"}, "The key set holds a prime of the last key."},
	{InactiveExplained, AuthorizationServer, ids{"rfc7662-2.2/nothing-about-inactive"}, "It is said why a token is inactive."},
	{LifetimeOfNothing, AuthorizationServer, ids{"rfc6749-5.1/expires-in"}, "A token response says that the token lives for no time."},
	{ScopeClaimOfRegistration, AuthorizationServer, ids{"rfc9068-2.2.3/scope"}, "The access token says the scope of the client's registration."},
}

var nearMissEdits = map[Name]func(*http.Request, *Response){
	UnknownTokenNotFound: on("POST", "/oauth/introspect", func(r *Response) {
		if strings.HasPrefix(string(r.Body), `{"active":false`) {
			as(http.StatusNotFound, `{"error":"not_found"}`)(r)
		}
	}),
	InactiveExplained: on("POST", "/oauth/introspect", func(r *Response) {
		if strings.HasPrefix(string(r.Body), `{"active":false`) {
			with("reason", "the token is unknown")(r)
		}
	}),
	PagesLeadAnywhere: func(r *http.Request, response *Response) {
		if to := r.URL.Query().Get("post_logout_redirect_uri"); to != "" && r.URL.Path == "/sign-out" {
			response.Status = http.StatusFound
			response.Header.Set("Location", to)
		}
	},
	GarbageCrashes: func(r *http.Request, response *Response) {
		if strings.Contains(r.URL.Query().Get("code_challenge"), "\x00") {
			response.Status = http.StatusInternalServerError
		}
	},
	HeaderFromParameter: func(r *http.Request, response *Response) {
		if _, injected, found := strings.Cut(r.URL.Query().Get("nonce"), "\r\n"); found {
			name, value, _ := strings.Cut(injected, ": ")
			response.Header.Set(name, value)
		}
	},
	TokenByAnyMethod:  on("PATCH", "/oauth/token", as(http.StatusOK, `{"access_token":"of-nobody","token_type":"Bearer"}`)),
	LifetimeOfNothing: onTokens(with("expires_in", 0)),
	PrimesPublished: on("GET", "/.well-known/jwks.json", func(r *Response) {
		last := strings.LastIndex(string(r.Body), "}]")
		r.Body = []byte(string(r.Body[:last]) + `,"p":"c2VjcmV0"` + string(r.Body[last:]))
	}),
}
