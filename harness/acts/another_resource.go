package acts

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/world"
)

// elsewhere is a resource that no target protects.
const elsewhere = "https://another.example/mcp"

// ObtainForAnother gets a token that is not for the MCP server, as a Given: for
// the protected resource beside it or the second one of the target file, or else for
// one that nobody knows, if the authorization server issues such tokens.
func ObtainForAnother(ctx context.Context, w *world.World) error {
	if named := cmp.Or(w.Realm.Resource, w.Run.Target.ResourceServer.Second); named != "" {
		return ObtainToken(ctx, w, world.Table{{Name: "resource", Value: named}})
	}
	err := ObtainToken(ctx, w, world.Table{{Name: "resource", Value: elsewhere}})
	unfit := new(check.NotApplicable)
	switch {
	case errors.As(err, &unfit) || err != nil && w.Last.Exchange == nil:
		return err
	case err != nil:
		return check.Unnamed("resource_server.url", "the target has no protected resource besides, and the authorization server issues no token for one that it does not know; add resource_server.url, or resource_server.second")
	case !isFor(w, elsewhere):
		return check.Unnamed("capabilities.resource_indicators", "nobody tells whether the token is for the resource that the client named; add capabilities.resource_indicators to the target file, if it is")
	}
	return nil
}

// isFor tells whether the access token is for a resource that the client named.
func isFor(w *world.World, resource string) bool {
	token, err := proof.Parse(w.Grant.AccessToken)
	if err != nil {
		return w.Run.Capabilities["resource_indicators"]
	}
	return names(token.Claims["aud"], resource)
}

// names tells whether an aud, one text or a list, names a resource (RFC 7519 section
// 4.1.3, https://www.rfc-editor.org/rfc/rfc7519#section-4.1.3).
func names(aud any, resource string) bool {
	list, isList := aud.([]any)
	return aud == any(resource) || isList && slices.Contains(list, any(resource))
}

// AddResource makes the authorization server know a second protected resource.
func AddResource(ctx context.Context, w *world.World) error {
	if err := w.Ensure(ctx); err != nil {
		return err
	}
	return w.Run.Setting.AddResource(ctx, w, Valid(w, "second resource"))
}
