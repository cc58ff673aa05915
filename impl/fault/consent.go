package fault

var _ = add([]Fault{
	{
		Name:     "client-uri-hidden",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/client-uri-shown"},
		Summary:  "The website of a client is not shown.",
	},
	{
		Name:     "terms-hidden",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/tos-shown"},
		Summary:  "The terms of service of a client are not shown.",
	},
	{
		Name:     "privacy-policy-hidden",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/policy-shown"},
		Summary:  "The privacy policy of a client is not shown.",
	},
	{
		Name:     "logo-hidden",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/logo-shown"},
		Summary:  "The logo of a client is not shown.",
	},
	{
		Name:     "logo-linked",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-displaying-logos/prefetched"},
		Summary:  "The browser of the person gets the logo from wherever it is.",
	},
	{
		Name:     "impostor-not-told",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-5/impersonation"},
		Summary:  "A client that took the name of another one is shown without a warning.",
	},
	{
		Name:     "document-host-hidden",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-oauth-phishing-attacks/hostname-shown"},
		Summary:  "The person does not see from which host a client's document comes.",
	},
	{
		Name:     "insecure-return-not-warned",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.1/insecure-warned"},
		Summary:  "The person does not hear that the way back to the client is not encrypted.",
	},
	{
		Name:     "unticked-scopes-granted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.3/narrowed-consent"},
		Summary:  "What the person did not allow is granted with the rest.",
	},
	{
		Name:     "consent-of-another-session",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.12/server-csrf"},
		Summary:  "An approval counts in whichever session it is sent.",
	},
	{
		Name:     "consent-form-reusable",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.12/explicit-consent"},
		Summary:  "An approval counts as often as it is sent.",
	},
	{
		Name:     "forged-form-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.12/server-csrf", "oidc-core-3.1.2.3/csrf-and-clickjacking"},
		Summary:  "Forms of other sites are taken for those of the person.",
	},
	{
		Name:     "client-not-named",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.2/owner-informed", "oauth-2.1-consent-phishing/clear-prompt"},
		Summary:  "The person is asked about an application and not told which.",
	},
	{
		Name:     "unverified-not-told",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-5/self-asserted", "oauth-2.1-consent-phishing/unknown-clients"},
		Summary:  "A client that registered itself looks like every other.",
	},
	{
		Name:     "redirect-host-hidden",
		Role:     AuthorizationServer,
		Violates: ids{"mcp-security-localhost-redirect-uri-impersonation/countermeasures", "mcp-2026-07-28-localhost-redirect-uri-risks/hostname-shown"},
		Summary:  "The person does not see where the approval leads.",
	},
	{
		Name:     "localhost-not-warned",
		Role:     AuthorizationServer,
		Violates: ids{"mcp-security-localhost-redirect-uri-impersonation/countermeasures", "mcp-2026-07-28-localhost-redirect-uri-risks/warning"},
		Summary:  "The person does not hear that any program can have a localhost address.",
	},
	{
		Name:     "access-not-ended",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-consent-phishing/grants-revocable"},
		Summary:  "An access that the person ended goes on.",
	},
	{
		Name:     "untrusted-redirected-at-once",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.11.2/trusted-redirects", "mcp-2026-07-28-open-redirection/automatic-redirect"},
		Summary:  "A faulty request sends the person on to a client that nobody knows.",
	},
})
