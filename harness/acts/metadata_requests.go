package acts

import (
	"context"
	"net/http"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about documents that a client fetches.
var _ = phrases(When, []step{
	{says: `the client tries every value of "([^"]*)"`, do: naming(Try)},
	{says: `the client fetches the (authorization server metadata|protected resource metadata|MCP server metadata|MCP server metadata at the (?:root of its host|path of its endpoint)|OpenID configuration|JSON Web Key Set)`, with: words.MetadataFetch, do: fetchesDocument},
	{says: `the client fetches "([^"]*)" from the (authorization server|protected resource)`, do: fetchesPath},
})

func fetchesDocument(ctx context.Context, w *world.World, args []string, table world.Table) error {
	if args[0] == "MCP server metadata" {
		return fetchToolsMetadata(ctx, w)
	}
	address, err := addressOf(ctx, w, args[0])
	if err != nil {
		return err
	}
	request := exchange.Request{Endpoint: exchange.Metadata, Method: http.MethodGet, URL: address, Header: http.Header{}}
	transport(table).apply(&request)
	return Do(ctx, w, world.MetadataResponse, request)
}

// addressOf is where a document is. A client looks for the metadata of an MCP server
// at the root of its host last
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization/authorization-server-discovery#protected-resource-metadata-discovery-requirements).
func addressOf(ctx context.Context, w *world.World, document string) (string, error) {
	switch document {
	case "protected resource metadata":
		return world.WellKnown(w.Realm.Resource, "oauth-protected-resource"), nil
	case "MCP server metadata at the path of its endpoint":
		return world.WellKnown(world.Part[ToolServer](w).URL, "oauth-protected-resource"), nil
	case "MCP server metadata at the root of its host":
		return world.WellKnown(ToolsRoot(w), "oauth-protected-resource"), nil
	case "OpenID configuration":
		return world.OpenIDConfiguration(w.Realm.Issuer), nil
	case "JSON Web Key Set":
		return JWKSURI(ctx, w)
	}
	return w.MetadataURL(), nil
}

func fetchesPath(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	if args[1] == "protected resource" {
		return Fetch(ctx, w, w.Realm.Resource+args[0])
	}
	return Fetch(ctx, w, w.Realm.Issuer+args[0])
}
