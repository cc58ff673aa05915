package mcpserver

import (
	"context"
	"net/url"

	"github.com/grantproof/grantproof/generated/mcpserver"
	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/realm"
)

// document implements the operations of api/mcpserver.yaml that are no protocol.
type document struct{}

var _ mcpserver.StrictServerInterface = document{}

// ProtectedResourceMetadata implements RFC 9728 section 3
// (https://www.rfc-editor.org/rfc/rfc9728#section-3).
func (document) ProtectedResourceMetadata(ctx context.Context, _ mcpserver.ProtectedResourceMetadataRequestObject) (mcpserver.ProtectedResourceMetadataResponseObject, error) {
	return mcpserver.ProtectedResourceMetadata200JSONResponse(metadata(ctx)), nil
}

// ProtectedResourceMetadataAtRoot is for clients that look there last
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#protected-resource-metadata-discovery-requirements).
func (document) ProtectedResourceMetadataAtRoot(ctx context.Context, _ mcpserver.ProtectedResourceMetadataAtRootRequestObject) (mcpserver.ProtectedResourceMetadataAtRootResponseObject, error) {
	return mcpserver.ProtectedResourceMetadataAtRoot200JSONResponse(metadata(ctx)), nil
}

// metadata never names offline_access: whether a client keeps its access is
// between it and the authorization server.
func metadata(ctx context.Context) oauth.ProtectedResourceMetadata {
	r := realm.From(ctx)
	return oauth.ProtectedResourceMetadata{
		Resource:               r.MCP,
		AuthorizationServers:   new([]string{r.Issuer}),
		ScopesSupported:        new([]string(supported)),
		BearerMethodsSupported: new([]string{"header"}),
		ResourceName:           new("grantproof task manager"),
	}
}

// Health tells that the server is alive.
func (document) Health(context.Context, mcpserver.HealthRequestObject) (mcpserver.HealthResponseObject, error) {
	return mcpserver.Health200JSONResponse{Status: "ok", Service: "mcp-server"}, nil
}

// Ready tells that the server can answer.
func (document) Ready(ctx context.Context, _ mcpserver.ReadyRequestObject) (mcpserver.ReadyResponseObject, error) {
	if refused := realm.From(ctx).Ready(ctx); refused != nil {
		return nil, refused
	}
	return mcpserver.Ready200JSONResponse{Status: "ready", Service: "mcp-server"}, nil
}

// originOf is the origin of a URL (RFC 6454 section 6.2,
// https://www.rfc-editor.org/rfc/rfc6454#section-6.2).
func originOf(identifier string) string {
	parsed, err := url.Parse(identifier)
	if err != nil {
		return ""
	}
	return parsed.Scheme + "://" + parsed.Host
}
