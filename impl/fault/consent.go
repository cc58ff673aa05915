package fault

import (
	"context"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/authserver/pages"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

var _ = add([]Fault{
	{
		Name:     "client-uri-hidden",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/client-uri-shown"},
		Summary:  "The consent page does not show the client's website.",
		Rules:    onConsentPage(hideLink("website")),
	},
	{
		Name:     "terms-hidden",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/tos-shown"},
		Summary:  "The consent page does not show the client's terms of service.",
		Rules:    onConsentPage(hideLink("terms of service")),
	},
	{
		Name:     "privacy-policy-hidden",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/policy-shown"},
		Summary:  "The consent page does not show the client's privacy policy.",
		Rules:    onConsentPage(hideLink("privacy policy")),
	},
	{
		Name:     "logo-hidden",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/logo-shown"},
		Summary:  "The consent page does not show the client's logo.",
		Rules:    onConsentPage(func(page *pages.Consent) { page.Logo = pages.Image{} }),
	},
	{
		Name:     "logo-linked",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-displaying-logos/prefetched"},
		Summary:  "The consent page links the logo at its own address, so the person's browser fetches it.",
		Answer:   seam.OnPages(seam.Replaced(`(<img class="logo" src=")data:[^"]*`, "${1}https://client.example/logo.png")),
	},
	{
		Name:     "impostor-not-told",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-consent-phishing/unknown-clients"},
		Summary:  "The consent page does not warn about a client that uses the name of another client.",
		Rules: onConsentPage(func(page *pages.Consent) {
			if page.Namesake {
				page.Unverified, page.Namesake = false, false
			}
		}),
	},
	{
		Name:     "document-host-hidden",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-oauth-phishing-attacks/hostname-shown"},
		Summary:  "The consent page does not show the host of the client metadata document.",
		Rules:    onConsentPage(func(page *pages.Consent) { page.Publisher = "" }),
	},
	{
		Name:     "insecure-return-not-warned",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.1/insecure-warned"},
		Summary:  "The consent page does not warn that the redirect to the client is unencrypted.",
		Rules:    onConsentPage(func(page *pages.Consent) { page.Unencrypted = false }),
	},
	{
		Name:     "unticked-scopes-granted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.3/narrowed-consent"},
		Summary:  "Scopes that the person did not tick are granted too.",
		Rules:    seam.Instead(authserver.ScopeAllowed, func(asked, _ token.Scope) token.Scope { return asked }),
	},
	{
		Name:     "consent-of-another-session",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.12/server-csrf"},
		Summary:  "An approval counts in any session.",
		Rules:    seam.Instead(authserver.FormOfSession, func(string, string) bool { return true }),
		Answer:   seam.CookiesOfAnySite,
	},
	{
		Name:     "forged-form-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.12/server-csrf", "oidc-core-3.1.2.3/csrf-and-clickjacking"},
		Summary:  "Forms submitted from other sites are accepted (CSRF).",
		Request:  seam.WithoutOrigin,
		Rules:    seam.Instead(authserver.FormOfSession, func(string, string) bool { return true }),
		Answer:   seam.CookiesOfAnySite,
	},
	{
		Name:     "client-not-named",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.2/owner-informed", "oauth-2.1-consent-phishing/clear-prompt"},
		Summary:  "The consent page does not name the client.",
		Rules:    onConsentPage(func(page *pages.Consent) { page.Name.Text = "An application" }),
	},
	{
		Name:     "unverified-not-told",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-consent-phishing/unknown-clients"},
		Summary:  "The consent page does not mark a client that registered itself.",
		Rules:    onConsentPage(func(page *pages.Consent) { page.Unverified, page.Namesake = false, false }),
	},
	{
		Name:     "redirect-host-hidden",
		Role:     AuthorizationServer,
		Violates: ids{"mcp-security-localhost-redirect-uri-impersonation/countermeasures", "mcp-2026-07-28-localhost-redirect-uri-risks/hostname-shown"},
		Summary:  "The consent page does not show the host of the redirect URI.",
		Rules:    onConsentPage(func(page *pages.Consent) { page.Returns = "the application" }),
	},
	{
		Name:     "localhost-not-warned",
		Role:     AuthorizationServer,
		Violates: ids{"mcp-security-localhost-redirect-uri-impersonation/countermeasures", "mcp-2026-07-28-localhost-redirect-uri-risks/warning"},
		Summary:  "The consent page does not warn that any program can listen at a localhost address.",
		Rules:    onConsentPage(func(page *pages.Consent) { page.Local = false }),
	},
	{
		Name:     "access-not-ended",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-consent-phishing/grants-revocable"},
		Summary:  "Access that the person ended continues.",
		Rules:    seam.Instead(authserver.EndGrants, func(context.Context, *realm.Realm, string, string) error { return nil }),
	},
	{
		Name:     "untrusted-redirected-at-once",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.11.2/trusted-redirects", "mcp-2026-07-28-open-redirection/automatic-redirect"},
		Summary:  "An invalid request redirects the person to an untrusted client without a page.",
		Rules:    seam.Instead(authserver.RedirectTrusted, func(store.Client, string) bool { return true }),
	},
	{
		Name:     "foreign-letters-dropped",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2.2/untagged-as-is"},
		Summary:  "The client name is shown without its non-ASCII letters.",
		Rules: func(in rule.Replaced) {
			held := authserver.ClientName.In(in)
			authserver.ClientName.Replace(in, func(ctx context.Context, client store.Client) pages.Name {
				name := held(ctx, client)
				name.Text = strings.Map(func(r rune) rune {
					if r > '~' {
						return -1
					}
					return r
				}, name.Text)
				return name
			})
		},
	},
	{
		Name:     "language-tag-case-matters",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2.2/language-tag-case"},
		Summary:  "The language tag of a client name is compared case-sensitively.",
		Rules:    seam.Instead(authserver.SameLanguage, func(a, b string) bool { return a == b }),
	},
})

// onConsentPage edits what the page for consent says.
func onConsentPage(edit func(page *pages.Consent)) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.ConsentPage.In(in)
		authserver.ConsentPage.Replace(in, func(ctx context.Context, client store.Client, redirectURI string) (pages.Consent, error) {
			page, err := held(ctx, client, redirectURI)
			edit(&page)
			return page, err
		})
	}
}

// hideLink leaves a page of the client out.
func hideLink(text string) func(*pages.Consent) {
	return func(page *pages.Consent) {
		page.Links = slices.DeleteFunc(page.Links, func(link pages.Link) bool { return link.Text == text })
	}
}
