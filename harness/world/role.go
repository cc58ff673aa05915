package world

// Offers tells whether there is something to examine in a role; the rules for
// every exchange have none.
func (r *Run) Offers(role string) bool {
	switch role {
	case "authorization-server":
		return r.Target.AuthorizationServer.Issuer != ""
	case "resource-server":
		return r.Target.ResourceServer.URL != ""
	case "mcp-server":
		return r.Target.MCPServer.URL != "" || r.Parties != nil
	case "mcp-client":
		return r.Parties != nil
	case "demo":
		return r.Capabilities["documented"]
	}
	return true
}
