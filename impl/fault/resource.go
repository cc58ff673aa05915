package fault

// Faults of the authorization server in how it restricts tokens to resources.
const (
	ResourceIgnored             Name = "resource-ignored"
	UnknownResourceAccepted     Name = "unknown-resource-accepted"
	ResourceSyntaxNotChecked    Name = "resource-syntax-not-checked"
	ResourceBeyondGrantAccepted Name = "resource-beyond-grant-accepted"
	ResourceCaseSensitive       Name = "resource-case-sensitive"
	RepeatedResourceRefused     Name = "repeated-resource-refused"
	DefaultAudienceIsEverything Name = "default-audience-is-everything"
)

var resource = []Fault{
	{ResourceIgnored, AuthorizationServer, ids{"rfc8707-2/audience-restricted", "rfc9068-3/resource-audience", "rfc9068-5/distinct-audiences"}, "The requested resource is ignored; every token is for the same one."},
	{UnknownResourceAccepted, AuthorizationServer, ids{"rfc8707-2/unknown-resource", "rfc8693-2.2.2/invalid-target"}, "A token is issued for a resource that nobody knows."},
	{ResourceSyntaxNotChecked, AuthorizationServer, ids{"rfc8707-2/absolute", "rfc8693-2.1/resource-absolute"}, "A resource may have a fragment."},
	{ResourceBeyondGrantAccepted, AuthorizationServer, ids{"rfc8707-2.2/subset", "rfc8707-2.2/refresh", "rfc9068-3/no-ambiguity", "rfc9700-4.14.2/bound-to-consent"}, "A token is issued for a resource that was not granted."},
	{ResourceCaseSensitive, AuthorizationServer, ids{"mcp-2026-07-28-canonical-server-uri/upper-case-accepted"}, "A resource with its scheme in upper case is unknown."},
	{RepeatedResourceRefused, AuthorizationServer, ids{"rfc8707-2/repeated", "rfc8693-2.1/repeated"}, "A request for two resources is refused as malformed."},
	{DefaultAudienceIsEverything, AuthorizationServer, ids{"rfc8707-2/default-audience"}, "A token for which no resource was named is for all."},
}
