package wire

// The roles that answer requests, as traffic and metrics name them.
const (
	AuthorizationServer = "authorization-server"
	ResourceServer      = "resource-server"
	MCPServer           = "mcp-server"
)
