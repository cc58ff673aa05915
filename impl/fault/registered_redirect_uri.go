package fault

import (
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/clientmetadata"
	"github.com/grantproof/grantproof/impl/redirecturi"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
)

var _ = add([]Fault{
	{
		Name:     "empty-redirect-uri-list-registered",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-5/redirect-uris-required"},
		Summary:  "A client for authorization codes can register an empty list of redirect URIs.",
		Rules: func(in rule.Replaced) {
			held := authserver.RedirectURIsNeeded.In(in)
			authserver.RedirectURIsNeeded.Replace(in, func(client store.Client, metadata oauth.ClientMetadata) bool {
				return metadata.RedirectUris == nil && held(client, metadata)
			})
		},
	},
	{
		Name:     "redirect-uris-by-named-grant",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-5/redirect-uris-required"},
		Summary:  "A client that names no grant types, and so gets authorization_code, can register without a redirect URI.",
		Rules: func(in rule.Replaced) {
			held := authserver.RedirectURIsNeeded.In(in)
			authserver.RedirectURIsNeeded.Replace(in, func(client store.Client, metadata oauth.ClientMetadata) bool {
				return metadata.GrantTypes != nil && held(client, metadata)
			})
		},
	},
	{
		Name:     "redirect-uris-by-first-grant",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-5/redirect-uris-required"},
		Summary:  "Only the first grant type of a registration decides whether a redirect URI is required.",
		Rules: seam.Instead(authserver.RedirectURIsNeeded, func(client store.Client, _ oauth.ClientMetadata) bool {
			return client.GrantTypes[0] == "authorization_code"
		}),
	},
	{
		Name:     "redirect-uris-not-required",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-5/redirect-uris-required", "rfc6749-3.1.2.2/public-registered", "rfc6749-3.1.2.2/all-registered"},
		Summary:  "A client for authorization codes can register without a redirect URI.",
		Rules:    seam.Instead(authserver.RedirectURIsNeeded, func(store.Client, oauth.ClientMetadata) bool { return false }),
	},
	{
		Name:     "loopback-lookalike-registered",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-5/redirect-uri-kinds"},
		Summary:  "A host whose name begins like a loopback address counts as loopback.",
		Rules: func(in rule.Replaced) {
			held := redirecturi.Flaw.In(in)
			redirecturi.Flaw.Replace(in, func(uri, applicationType string) string {
				if to, err := url.Parse(uri); err == nil && (strings.HasPrefix(to.Hostname(), "localhost") || strings.HasPrefix(to.Hostname(), "127.0.0.1")) {
					to.Host = "127.0.0.1"
					uri = to.String()
				}
				return held(uri, applicationType)
			})
		},
	},
	{
		Name:     "fragment-registered",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2/no-fragment", "rfc7591-3.2.2/invalid-redirect-uri"},
		Summary:  "A client can register a redirect URI with a fragment.",
		Rules:    registeredDespite("it has a fragment"),
	},
	{
		Name:     "relative-redirect-uri-registered",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2/absolute-uri", "rfc7591-3.2.2/invalid-redirect-uri"},
		Summary:  "A client can register a relative redirect URI.",
		Rules:    registeredDespite("it is not absolute"),
	},
	{
		Name:     "any-scheme-registered",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-5/redirect-uri-kinds"},
		Summary:  "A client can register a redirect URI with the scheme javascript or file.",
		Rules:    registeredDespite("its scheme is not one that belongs to a client", withoutPeriod),
	},
	{
		Name:     "http-redirect-uri-registered",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-2.6/no-http-redirect", "mcp-2026-07-28-communication-security/redirect-uris-server", "rfc7591-5/redirect-uri-kinds"},
		Summary:  "A client can register an http redirect URI outside loopback.",
		Rules:    registeredDespite("http is for the loopback interface only"),
	},
	{
		Name:     "redirect-uri-without-path-registered",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-registration-requirements/complete-redirect-uri", "rfc8252-8.4/complete-uri", "rfc6749-3.1.2.2/complete-uri"},
		Summary:  "A client can register a redirect URI without a path.",
		Rules:    registeredDespite("it has no path"),
	},
	{
		Name:     "scheme-without-period-registered",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8252-8.4/scheme-with-period"},
		Summary:  "A client can register a private-use scheme without a period.",
		Rules:    registeredDespite(withoutPeriod),
	},
	{
		Name:     "first-redirect-uri-judged",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-3.2.2/invalid-redirect-uri"},
		Summary:  "Only the first redirect URI of a registration is checked.",
		Rules: func(in rule.Replaced) {
			held := clientmetadata.Judge.In(in)
			clientmetadata.Judge.Replace(in, func(in rule.Place, client store.Client) *clientmetadata.Flaw {
				client.RedirectURIs = client.RedirectURIs[:min(len(client.RedirectURIs), 1)]
				return held(in, client)
			})
		},
	},
})

const withoutPeriod = "a private-use scheme is a domain name in reverse order, such as com.example.app"

// registeredDespite registers a redirect URI although it has one of these flaws.
func registeredDespite(flaws ...string) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := redirecturi.Flaw.In(in)
		redirecturi.Flaw.Replace(in, func(uri, applicationType string) string {
			flaw := held(uri, applicationType)
			if slices.Contains(flaws, flaw) {
				return ""
			}
			return flaw
		})
	}
}
