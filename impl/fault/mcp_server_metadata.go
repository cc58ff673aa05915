package fault

import (
	"github.com/grantproof/grantproof/impl/seam"
	"net/http"
	"strings"
)

var _ = add([]Fault{
	{
		Name:     "mcp-authorization-servers-empty",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "authorization-server-location/authorization-servers"},
		Summary:  "The authorization_servers in the metadata of the MCP server is an empty list.",
		Answer:   seam.OnMetadata(seam.With("authorization_servers", []string{})),
	},
	{
		Name:     "mcp-authorization-server-as-text",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "authorization-server-location/authorization-servers"},
		Summary:  "The authorization_servers in the metadata of the MCP server is a string.",
		Answer: seam.OnMetadata(func(r *seam.Response) {
			if servers, _ := seam.Members(r)["authorization_servers"].([]any); len(servers) > 0 {
				seam.With("authorization_servers", servers[0])(r)
			}
		}),
	},
	{
		Name:     "mcp-root-metadata-without-servers",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "authorization-server-location/authorization-servers"},
		Summary:  "The metadata at the root of the host names no authorization server.",
		Answer:   seam.On("GET", "/.well-known/oauth-protected-resource", seam.Without("authorization_servers")),
	},
	{
		Name:     "mcp-metadata-missing",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "authorization-server-location/resource-metadata", mcpSpec + "protected-resource-metadata/discoverable"},
		Summary:  "The MCP server has no metadata.",
		Answer:   seam.OnMetadata(func(r *seam.Response) { seam.As(http.StatusNotFound, `{"error":"not_found"}`)(r) }),
	},
	{
		Name:     "resource-metadata-elsewhere",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "protected-resource-metadata/discoverable"},
		Summary:  "A challenge names a metadata URL that is not found.",
		Answer: seam.OnUnauthorized(func(r *seam.Response) {
			seam.OnChallenge(func(challenge string) string { return strings.Replace(challenge, "/.well-known/", "/unknown/", 1) })(nil, r)
		}),
	},
	{
		Name:     "mcp-authorization-servers-not-named",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "authorization-server-location/authorization-servers"},
		Summary:  "The metadata of the MCP server names no authorization server.",
		Answer:   seam.OnMetadata(seam.Without("authorization_servers")),
	},
	{
		Name:     "mcp-metadata-with-slash",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "canonical-server-uri/no-trailing-slash-server"},
		Summary:  "The resource in the metadata of the MCP server has a trailing slash.",
		Answer: seam.OnMetadata(func(r *seam.Response) {
			resource, _ := seam.Members(r)["resource"].(string)
			seam.With("resource", resource+"/")(r)
		}),
	},
	{
		Name:     "mcp-metadata-of-the-host",
		Role:     MCPServer,
		Violates: ids{"rfc9728-3.1/own-document"},
		Summary:  "The metadata of the MCP server describes its host.",
		Answer: seam.OnMetadata(func(r *seam.Response) {
			resource, _ := seam.Members(r)["resource"].(string)
			seam.With("resource", strings.TrimSuffix(resource, "/mcp"))(r)
		}),
	},
})
