package fault

var _ = add([]Fault{
	{
		Name:     "logo-fetched-each-time",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-displaying-logos/prefetched"},
		Summary:  "A logo is fetched each time that it is shown.",
	},
	{
		Name:     "documents-not-fetched",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-information-discovery/fetched", "mcp-2026-07-28-overview/cimd-server", "mcp-2026-07-28-client-id-metadata-documents/document-fetched"},
		Summary:  "A client_id that is a URL is unknown.",
	},
	{
		Name:     "document-url-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-identifier/https-with-path", "cimd-client-identifier/no-dot-segments", "cimd-client-identifier/no-fragment", "cimd-client-identifier/no-userinfo"},
		Summary:  "Any URL is a client_id.",
	},
	{
		Name:     "document-status-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-information-discovery/only-200"},
		Summary:  "A document is read whatever its status, if it is no error.",
	},
	{
		Name:     "document-redirects-followed",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-information-discovery/no-redirects"},
		Summary:  "Redirects are followed to wherever the document is.",
	},
	{
		Name:     "document-client-id-not-compared",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-metadata-document/client-id-identical", "mcp-2026-07-28-client-id-metadata-documents/client-id-checked"},
		Summary:  "A document may be about another client.",
	},
	{
		Name:     "document-members-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"mcp-2026-07-28-client-id-metadata-documents/structure-checked"},
		Summary:  "A document may lack its name.",
	},
	{
		Name:     "document-secret-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-metadata-document/no-secret", "cimd-client-metadata-document/no-secret-method"},
		Summary:  "A public document may hold a secret.",
	},
	{
		Name:     "document-fetch-unguarded",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-ssrf-attacks/urls-in-document", "cimd-ssrf-attacks/special-addresses", "mcp-2026-07-28-client-id-metadata-document-security/fetch-guarded", "mcp-security-ssrf-against-authorization-servers/document-fetch"},
		Summary:  "Documents are fetched from anywhere, also from the machine itself.",
	},
	{
		Name:     "document-size-unlimited",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-maximum-response-size/limited"},
		Summary:  "A document may be as large as it likes.",
	},
	{
		Name:     "document-never-cached",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-metadata-caching/headers-respected", "mcp-2026-07-28-client-id-metadata-documents/document-cached"},
		Summary:  "A document is fetched each time.",
	},
	{
		Name:     "document-cached-for-ever",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-metadata-caching/headers-respected"},
		Summary:  "A document is kept although it forbids that.",
	},
	{
		Name:     "document-key-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-authentication/required"},
		Summary:  "A client need not authenticate although its document says how it does.",
	},
	{
		Name:     "document-errors-cached",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-metadata-caching/no-errors", "cimd-metadata-caching/no-malformed"},
		Summary:  "What was answered in place of a document is kept.",
	},
})
