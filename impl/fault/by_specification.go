package fault

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

// Faults of servers that were written by reading ten requirements in their
// specifications, and not the scenarios about them: three for each, with those
// of the client. At first sight the suite killed eleven of the thirty; the
// scenarios that kill the others were written for them.
const (
	EmptyRedirectListRegistered   Name = "empty-redirect-uri-list-registered"
	RedirectURIsByNamedGrant      Name = "redirect-uris-by-named-grant"
	RedirectURIsByFirstGrant      Name = "redirect-uris-by-first-grant"
	RefreshedTokenAsHTML          Name = "refreshed-token-as-html"
	TokenAsForm                   Name = "token-as-form-unless-json-asked"
	LifetimeAsText                Name = "lifetime-as-text"
	AuthTimeInMilliseconds        Name = "auth-time-in-milliseconds"
	AuthTimeNotForZero            Name = "auth-time-missing-for-max-age-zero"
	AuthTimeOfConsent             Name = "auth-time-of-consent"
	DocumentOriginTrusted         Name = "document-origin-trusted"
	DocumentLoopbackPathIgnored   Name = "document-loopback-path-ignored"
	DocumentRedirectURIJudgedOnce Name = "document-redirect-uri-judged-once"
	StepUpScopeAsList             Name = "step-up-scope-as-json-list"
	TabInChallengedScope          Name = "tab-in-challenged-scope"
	ChallengedScopeBeyondASCII    Name = "challenged-scope-beyond-ascii"
	IntrospectedRefreshTokenOpens Name = "introspected-refresh-token-opens"
	OfflineTokenOpensResource     Name = "offline-token-opens-resource"
	PublicRefreshTokenOpens       Name = "public-refresh-token-opens"
	MCPServersEmpty               Name = "mcp-authorization-servers-empty"
	MCPServerAsText               Name = "mcp-authorization-server-as-text"
	MCPRootWithoutServers         Name = "mcp-root-metadata-without-servers"
	NotificationWithoutToken      Name = "mcp-notification-without-token"
	HandshakeWithoutToken         Name = "mcp-handshake-without-token"
	ListsForAnyToken              Name = "mcp-lists-for-any-token"
)

var bySpecification = []Fault{
	{EmptyRedirectListRegistered, AuthorizationServer, ids{"rfc7591-5/redirect-uris-required"}, "A client for authorization codes registers with an empty list of redirect URIs."},
	{RedirectURIsByNamedGrant, AuthorizationServer, ids{"rfc7591-5/redirect-uris-required"}, "A client that names no grant, and so has authorization codes, registers without a redirect URI."},
	{RedirectURIsByFirstGrant, AuthorizationServer, ids{"rfc7591-5/redirect-uris-required"}, "Whether a client needs a redirect URI is decided by the first of its grants."},
	{RefreshedTokenAsHTML, AuthorizationServer, ids{"rfc6749-5.1/json"}, "The answer to a refresh is text/html."},
	{TokenAsForm, AuthorizationServer, ids{"rfc6749-5.1/json"}, "A token comes form-encoded where the request does not ask for JSON."},
	{LifetimeAsText, AuthorizationServer, ids{"rfc6749-5.1/json"}, "The expires_in of a token response is a text."},
	{AuthTimeInMilliseconds, AuthorizationServer, ids{"oidc-core-15.1/auth-time-supported"}, "The auth_time counts milliseconds."},
	{AuthTimeNotForZero, AuthorizationServer, ids{"oidc-core-15.1/auth-time-supported"}, "An ID token has no auth_time where max_age is 0."},
	{AuthTimeOfConsent, AuthorizationServer, ids{"oidc-core-15.1/auth-time-supported"}, "The auth_time is when the person agreed, and not when they signed in."},
	{DocumentOriginTrusted, AuthorizationServer, ids{mcpSpec + "client-id-metadata-documents/redirect-uri-checked"}, "Every redirect URI at the origin of the metadata document is good."},
	{DocumentLoopbackPathIgnored, AuthorizationServer, ids{mcpSpec + "client-id-metadata-documents/redirect-uri-checked"}, "Where the metadata document has a loopback redirect URI, every path there is good."},
	{DocumentRedirectURIJudgedOnce, AuthorizationServer, ids{mcpSpec + "client-id-metadata-documents/redirect-uri-checked"}, "The redirect URI of a client that was seen before is not held against its metadata document."},
	{StepUpScopeAsList, ResourceServer, ids{"rfc6750-3/scope-characters"}, "The scope that is lacking is a list of JSON in the challenge."},
	{TabInChallengedScope, ResourceServer, ids{"rfc6750-3/scope-characters"}, "The challenge to a token that is not valid separates scopes by a tab."},
	{ChallengedScopeBeyondASCII, ResourceServer, ids{"rfc6750-3/scope-characters"}, "The challenge to a request without a token names a scope with letters beyond ASCII."},
	{IntrospectedRefreshTokenOpens, ResourceServer, ids{"rfc6749-1.5/refresh-token-opens-nothing"}, "A protected resource that introspects takes every active token for an access token."},
	{OfflineTokenOpensResource, ResourceServer, ids{"rfc6749-1.5/refresh-token-opens-nothing"}, "A refresh token for offline access opens the protected resource."},
	{PublicRefreshTokenOpens, ResourceServer, ids{"rfc6749-1.5/refresh-token-opens-nothing"}, "The refresh token of a public client opens the protected resource."},
	{MCPServersEmpty, MCPServer, ids{mcpSpec + "authorization-server-location/authorization-servers"}, "The list of authorization servers in the metadata of the MCP server is empty."},
	{MCPServerAsText, MCPServer, ids{mcpSpec + "authorization-server-location/authorization-servers"}, "The authorization_servers in the metadata of the MCP server are a text."},
	{MCPRootWithoutServers, MCPServer, ids{mcpSpec + "authorization-server-location/authorization-servers"}, "The metadata at the root of the host name no authorization server."},
	{NotificationWithoutToken, MCPServer, ids{mcpSpec + "access-token-privilege/before-processing"}, "Notifications need no token."},
	{HandshakeWithoutToken, MCPServer, ids{mcpSpec + "access-token-privilege/before-processing"}, "What a client asks before all else needs no token."},
	{ListsForAnyToken, MCPServer, ids{mcpSpec + "access-token-privilege/before-processing"}, "Who lists the tools needs a token, and it is not looked at."},
}

var bySpecificationEdits = map[Name]func(*http.Request, *Response){
	TokenAsForm: func(r *http.Request, response *Response) {
		if !strings.Contains(r.Header.Get("Accept"), "application/json") {
			onTokens(asForm)(r, response)
		}
	},
	LifetimeAsText: onTokens(func(r *Response) {
		if lifetime, said := members(r)["expires_in"]; said {
			with("expires_in", fmt.Sprint(lifetime))(r)
		}
	}),
	StepUpScopeAsList:    onChallengeWith(`error="insufficient_scope"`, `scope="[\"tasks:read\"]"`),
	TabInChallengedScope: onChallengeWith(`error="invalid_token"`, "scope=\"tasks:read\ttasks:write\""),
	ChallengedScopeBeyondASCII: func(r *http.Request, response *Response) {
		if r.Header.Get("Authorization") == "" {
			onChallengeWith("Bearer", `scope="tâches:lire"`)(r, response)
		}
	},
	MCPServersEmpty: onMetadata(with("authorization_servers", []string{})),
	MCPServerAsText: onMetadata(func(r *Response) {
		if servers, _ := members(r)["authorization_servers"].([]any); len(servers) > 0 {
			with("authorization_servers", servers[0])(r)
		}
	}),
	MCPRootWithoutServers: on("GET", "/.well-known/oauth-protected-resource", without("authorization_servers")),
}

// asForm writes the members of a JSON object as a form.
func asForm(r *Response) {
	form := url.Values{}
	for name, value := range members(r) {
		form.Set(name, fmt.Sprint(value))
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Body = []byte(form.Encode())
}

// onChallengeWith gives the challenges that hold a text the scope of a faulty server.
func onChallengeWith(text, scope string) func(*http.Request, *Response) {
	return onChallenge(func(challenge string) string {
		if !strings.Contains(challenge, text) {
			return challenge
		}
		return withoutParameter("scope")(challenge) + ", " + scope
	})
}
