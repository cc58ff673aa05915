package fault

var _ = add([]Fault{
	{
		Name:     "logo-fetched-each-time",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-displaying-logos/prefetched"},
		Summary:  "A logo is fetched every time it is shown.",
	},
	{
		Name:     "documents-not-fetched",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-information-discovery/fetched", "mcp-2026-07-28-overview/cimd-server", "mcp-2026-07-28-client-id-metadata-documents/document-fetched"},
		Summary:  "A client_id that is a URL is an unknown client.",
	},
	{
		Name:     "document-url-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-identifier/https-with-path", "cimd-client-identifier/no-dot-segments", "cimd-client-identifier/no-fragment", "cimd-client-identifier/no-userinfo"},
		Summary:  "Any URL is accepted as a client_id.",
	},
	{
		Name:     "document-status-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-information-discovery/only-200"},
		Summary:  "A client metadata document is read with any status below 400.",
	},
	{
		Name:     "document-redirects-followed",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-information-discovery/no-redirects"},
		Summary:  "Redirects are followed when a client metadata document is fetched.",
	},
	{
		Name:     "document-client-id-not-compared",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-metadata-document/client-id-identical", "mcp-2026-07-28-client-id-metadata-documents/client-id-checked"},
		Summary:  "The client_id in a client metadata document is not compared with its URL.",
	},
	{
		Name:     "document-members-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"mcp-2026-07-28-client-id-metadata-documents/structure-checked"},
		Summary:  "A client metadata document without client_name is accepted.",
	},
	{
		Name:     "document-secret-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-metadata-document/no-secret", "cimd-client-metadata-document/no-secret-method"},
		Summary:  "A client metadata document with a client secret is accepted.",
	},
	{
		Name:     "document-fetch-unguarded",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-ssrf-attacks/urls-in-document", "cimd-ssrf-attacks/special-addresses", "mcp-2026-07-28-client-id-metadata-document-security/fetch-guarded", "mcp-security-ssrf-against-authorization-servers/document-fetch"},
		Summary:  "Client metadata documents are fetched from any address, including loopback.",
	},
	{
		Name:     "document-size-unlimited",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-maximum-response-size/limited"},
		Summary:  "The size of a client metadata document is not limited.",
	},
	{
		Name:     "document-never-cached",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-metadata-caching/headers-respected", "mcp-2026-07-28-client-id-metadata-documents/document-cached"},
		Summary:  "A client metadata document is fetched for every request.",
	},
	{
		Name:     "document-cached-for-ever",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-metadata-caching/headers-respected"},
		Summary:  "A client metadata document is cached although its headers forbid it.",
	},
	{
		Name:     "document-key-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-authentication/required"},
		Summary:  "A client need not authenticate although its metadata document names a method.",
	},
	{
		Name:     "document-errors-cached",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-metadata-caching/no-errors", "cimd-metadata-caching/no-malformed"},
		Summary:  "An error response is cached as a client metadata document.",
	},
})
