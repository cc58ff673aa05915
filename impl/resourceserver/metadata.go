package resourceserver

import (
	"context"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/generated/resourceserver"
	"github.com/grantproof/grantproof/impl/realm"
)

// ProtectedResourceMetadata implements RFC 9728 section 3
// (https://www.rfc-editor.org/rfc/rfc9728#section-3).
func (s *Server) ProtectedResourceMetadata(ctx context.Context, _ resourceserver.ProtectedResourceMetadataRequestObject) (resourceserver.ProtectedResourceMetadataResponseObject, error) {
	r := realm.From(ctx)
	return resourceserver.ProtectedResourceMetadata200JSONResponse(oauth.ProtectedResourceMetadata{
		Resource:               r.Resource,
		AuthorizationServers:   new([]string{r.Issuer}),
		ScopesSupported:        new([]string(realm.Scopes)),
		BearerMethodsSupported: new([]string{"header"}),
		ResourceName:           new("grantproof task API"),
	}), nil
}

// Health tells that the server is alive.
func (s *Server) Health(context.Context, resourceserver.HealthRequestObject) (resourceserver.HealthResponseObject, error) {
	return resourceserver.Health200JSONResponse{Status: "ok", Service: "resource-server"}, nil
}

// Ready tells that the server can answer.
func (s *Server) Ready(ctx context.Context, _ resourceserver.ReadyRequestObject) (resourceserver.ReadyResponseObject, error) {
	if refused := realm.From(ctx).Ready(ctx); refused != nil {
		return nil, refused
	}
	return resourceserver.Ready200JSONResponse{Status: "ready", Service: "resource-server"}, nil
}
