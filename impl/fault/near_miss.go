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
)

var nearMiss = []Fault{
	{HTTPSPortIgnored, AuthorizationServer, ids{"rfc6749-3.1.2.3/simple-comparison"}, "The port of an https redirect URI may vary."},
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
}

var nearMissEdits = map[Name]func(*http.Request, *Response){
	UnknownTokenNotFound: on("POST", "/oauth/introspect", func(r *Response) {
		if strings.HasPrefix(string(r.Body), `{"active":false`) {
			as(http.StatusNotFound, `{"error":"not_found"}`)(r)
		}
	}),
}
