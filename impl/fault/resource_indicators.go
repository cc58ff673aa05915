package fault

var _ = add([]Fault{
	{
		Name:     "first-resource-judged",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2.2/subset"},
		Summary:  "Of the resources of a request the first alone has to be granted.",
	},
	{
		Name:     "resource-compared-by-prefix",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2.2/subset"},
		Summary:  "A token for a resource may be had for all that is below it.",
	},
	{
		Name:     "resource-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2/audience-restricted", "rfc9068-3/resource-audience", "rfc9068-5/distinct-audiences"},
		Summary:  "The requested resource is ignored; every token is for the same one.",
	},
	{
		Name:     "unknown-resource-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2/unknown-resource", "rfc8693-2.2.2/invalid-target"},
		Summary:  "A token is issued for a resource that nobody knows.",
	},
	{
		Name:     "resource-syntax-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2/absolute", "rfc8693-2.1/resource-absolute"},
		Summary:  "A resource may have a fragment.",
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
		Summary:  "A resource with its scheme in upper case is unknown.",
	},
	{
		Name:     "default-audience-is-everything",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2/default-audience"},
		Summary:  "A token for which no resource was named is for all.",
	},
})
