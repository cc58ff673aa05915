package fault

// Faults of the authorization server in how it treats client ID metadata
// documents.
const (
	DocumentsNotFetched         Name = "documents-not-fetched"
	DocumentsNotAdvertised      Name = "documents-not-advertised"
	DocumentURLNotChecked       Name = "document-url-not-checked"
	DocumentStatusIgnored       Name = "document-status-ignored"
	DocumentRedirectsFollowed   Name = "document-redirects-followed"
	DocumentClientIDNotCompared Name = "document-client-id-not-compared"
	DocumentMembersNotChecked   Name = "document-members-not-checked"
	DocumentSecretAccepted      Name = "document-secret-accepted"
	DocumentFetchUnguarded      Name = "document-fetch-unguarded"
	DocumentSizeUnlimited       Name = "document-size-unlimited"
	DocumentNeverCached         Name = "document-never-cached"
	DocumentCachedForEver       Name = "document-cached-for-ever"
	DocumentTakenOnTrust        Name = "document-taken-on-trust"
	DocumentKeyIgnored          Name = "document-key-ignored"
	DocumentErrorsCached        Name = "document-errors-cached"
)

var documents = []Fault{
	{DocumentsNotFetched, AuthorizationServer, ids{"cimd-client-information-discovery/fetched", "mcp-2026-07-28-overview/cimd-server", "mcp-2026-07-28-client-id-metadata-documents/document-fetched"}, "A client_id that is a URL is unknown."},
	{DocumentsNotAdvertised, AuthorizationServer, ids{"cimd-authorization-server-metadata/advertised"}, "The metadata does not say that metadata documents are supported."},
	{DocumentURLNotChecked, AuthorizationServer, ids{"cimd-client-identifier/https-with-path", "cimd-client-identifier/no-dot-segments", "cimd-client-identifier/no-fragment", "cimd-client-identifier/no-userinfo"}, "Any URL is a client_id."},
	{DocumentStatusIgnored, AuthorizationServer, ids{"cimd-client-information-discovery/only-200"}, "A document is read whatever its status, if it is no error."},
	{DocumentRedirectsFollowed, AuthorizationServer, ids{"cimd-client-information-discovery/no-redirects"}, "Redirects are followed to wherever the document is."},
	{DocumentClientIDNotCompared, AuthorizationServer, ids{"cimd-client-metadata-document/client-id-identical", "mcp-2026-07-28-client-id-metadata-documents/client-id-checked"}, "A document may be about another client."},
	{DocumentMembersNotChecked, AuthorizationServer, ids{"mcp-2026-07-28-client-id-metadata-documents/structure-checked"}, "A document may lack its name."},
	{DocumentSecretAccepted, AuthorizationServer, ids{"cimd-client-metadata-document/no-secret", "cimd-client-metadata-document/no-secret-method"}, "A public document may hold a secret."},
	{DocumentFetchUnguarded, AuthorizationServer, ids{"cimd-ssrf-attacks/urls-in-document", "cimd-ssrf-attacks/special-addresses", "mcp-2026-07-28-client-id-metadata-document-security/fetch-guarded", "mcp-security-ssrf-against-authorization-servers/document-fetch"}, "Documents are fetched from anywhere, also from the machine itself."},
	{DocumentSizeUnlimited, AuthorizationServer, ids{"cimd-maximum-response-size/limited"}, "A document may be as large as it likes."},
	{DocumentNeverCached, AuthorizationServer, ids{"cimd-metadata-caching/headers-respected", "mcp-2026-07-28-client-id-metadata-documents/document-cached"}, "A document is fetched each time."},
	{DocumentCachedForEver, AuthorizationServer, ids{"cimd-metadata-caching/headers-respected"}, "A document is kept although it forbids that."},
	{DocumentTakenOnTrust, AuthorizationServer, ids{"cimd-client-metadata-document/json", "cimd-redirect-url-registration/required"}, "Where a document says nothing, the request is believed."},
	{DocumentKeyIgnored, AuthorizationServer, ids{"cimd-client-authentication/required"}, "A client need not authenticate although its document says how it does."},
	{DocumentErrorsCached, AuthorizationServer, ids{"cimd-metadata-caching/no-errors", "cimd-metadata-caching/no-malformed"}, "What was answered in place of a document is kept."},
}
