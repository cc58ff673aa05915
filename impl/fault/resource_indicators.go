package fault

var _ = add([]Fault{
	{
		Name:     "first-resource-judged",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2.2/subset"},
		Summary:  "Only the first resource of a request is compared with the grant.",
	},
	{
		Name:     "resource-compared-by-prefix",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2.2/subset"},
		Summary:  "A grant for a resource allows tokens for every resource below it.",
	},
	{
		Name:     "resource-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2/audience-restricted", "rfc9068-3/resource-audience", "rfc9068-5/distinct-audiences"},
		Summary:  "The requested resource is ignored; every token has the same audience.",
	},
	{
		Name:     "unknown-resource-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2/unknown-resource", "rfc8693-2.2.2/invalid-target"},
		Summary:  "A token is issued for an unknown resource.",
	},
	{
		Name:     "resource-syntax-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2/absolute", "rfc8693-2.1/resource-absolute"},
		Summary:  "A resource with a fragment is accepted.",
	},
	{
		Name:     "resource-beyond-grant-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2.2/subset", "rfc8707-2.2/refresh", "rfc9068-3/no-ambiguity", "rfc9700-4.14.2/bound-to-consent"},
		Summary:  "A token is issued for a resource that was not granted.",
	},
	{
		Name:     "resource-case-sensitive",
		Role:     AuthorizationServer,
		Violates: ids{"mcp-2026-07-28-canonical-server-uri/upper-case-accepted"},
		Summary:  "A resource with an upper-case scheme is refused as unknown.",
	},
	{
		Name:     "default-audience-is-everything",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2/default-audience"},
		Summary:  "A token requested without a resource is valid for all resources.",
	},
})
