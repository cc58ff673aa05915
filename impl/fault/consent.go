package fault

var _ = add([]Fault{
	{
		Name:     "client-uri-hidden",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/client-uri-shown"},
		Summary:  "The consent page does not show the client's website.",
	},
	{
		Name:     "terms-hidden",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/tos-shown"},
		Summary:  "The consent page does not show the client's terms of service.",
	},
	{
		Name:     "privacy-policy-hidden",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/policy-shown"},
		Summary:  "The consent page does not show the client's privacy policy.",
	},
	{
		Name:     "logo-hidden",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/logo-shown"},
		Summary:  "The consent page does not show the client's logo.",
	},
	{
		Name:     "logo-linked",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-displaying-logos/prefetched"},
		Summary:  "The consent page links the logo at its own address, so the person's browser fetches it.",
	},
	{
		Name:     "impostor-not-told",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-5/impersonation"},
		Summary:  "The consent page does not warn about a client that uses the name of another client.",
	},
	{
		Name:     "document-host-hidden",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-oauth-phishing-attacks/hostname-shown"},
		Summary:  "The consent page does not show the host of the client metadata document.",
	},
	{
		Name:     "insecure-return-not-warned",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.1/insecure-warned"},
		Summary:  "The consent page does not warn that the redirect to the client is unencrypted.",
	},
	{
		Name:     "unticked-scopes-granted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.3/narrowed-consent"},
		Summary:  "Scopes that the person did not tick are granted too.",
	},
	{
		Name:     "consent-of-another-session",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.12/server-csrf"},
		Summary:  "An approval counts in any session.",
	},
	{
		Name:     "consent-form-reusable",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.12/explicit-consent"},
		Summary:  "An approval can be submitted any number of times.",
	},
	{
		Name:     "forged-form-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.12/server-csrf", "oidc-core-3.1.2.3/csrf-and-clickjacking"},
		Summary:  "Forms submitted from other sites are accepted (CSRF).",
	},
	{
		Name:     "client-not-named",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.2/owner-informed", "oauth-2.1-consent-phishing/clear-prompt"},
		Summary:  "The consent page does not name the client.",
	},
	{
		Name:     "unverified-not-told",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-5/self-asserted", "oauth-2.1-consent-phishing/unknown-clients"},
		Summary:  "The consent page does not mark a client that registered itself.",
	},
	{
		Name:     "redirect-host-hidden",
		Role:     AuthorizationServer,
		Violates: ids{"mcp-security-localhost-redirect-uri-impersonation/countermeasures", "mcp-2026-07-28-localhost-redirect-uri-risks/hostname-shown"},
		Summary:  "The consent page does not show the host of the redirect URI.",
	},
	{
		Name:     "localhost-not-warned",
		Role:     AuthorizationServer,
		Violates: ids{"mcp-security-localhost-redirect-uri-impersonation/countermeasures", "mcp-2026-07-28-localhost-redirect-uri-risks/warning"},
		Summary:  "The consent page does not warn that any program can listen at a localhost address.",
	},
	{
		Name:     "access-not-ended",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-consent-phishing/grants-revocable"},
		Summary:  "Access that the person ended continues.",
	},
	{
		Name:     "untrusted-redirected-at-once",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.11.2/trusted-redirects", "mcp-2026-07-28-open-redirection/automatic-redirect"},
		Summary:  "An invalid request redirects the person to an untrusted client without a page.",
	},
})
