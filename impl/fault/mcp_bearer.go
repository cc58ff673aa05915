package fault

// Faults of the MCP server in how it treats tokens. Each is that of a protected
// resource by another name, so that only the MCP server has it.
const (
	MCPAudienceNotChecked  Name = "mcp-audience-not-checked"
	MCPExpiryNotChecked    Name = "mcp-expiry-not-checked"
	MCPIssuerNotChecked    Name = "mcp-issuer-not-checked"
	MCPSignatureNotChecked Name = "mcp-signature-not-checked"
	MCPTokenInQuery        Name = "mcp-token-in-query-accepted"
	MCPTokenTypeNotChecked Name = "mcp-token-type-not-checked"
)

var asResource = map[Name]Name{
	MCPAudienceNotChecked:  AudienceNotChecked,
	MCPExpiryNotChecked:    ExpiryNotChecked,
	MCPIssuerNotChecked:    IssuerNotChecked,
	MCPSignatureNotChecked: SignatureNotChecked,
	MCPTokenInQuery:        TokenInQueryAccepted,
	MCPTokenTypeNotChecked: TokenTypeNotChecked,
}

// OfMCPServer are the faults of set in how the MCP server treats tokens, by the
// names that they have at a protected resource.
func OfMCPServer(set Set) Set {
	own := Set{}
	for name, same := range asResource {
		if set.Has(name) {
			own[same] = true
		}
	}
	return own
}
