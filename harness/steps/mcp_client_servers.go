package steps

import (
	"context"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about the authorization servers among which a client finds its way.
var (
	_ = phrases(Given, []step{
		{says: `an MCP client with a client ID metadata document`, do: agentWithDocument},
		{says: `the client ID metadata document has a key`, do: documentHasKey},
		{says: `the MCP server has moved to another authorization server`, do: hasMoved},
		{says: `the MCP server names an authorization server without metadata`, do: namesSilentServer},
	})
	_ = phrases(Then, []step{
		{says: `the metadata document of the agent has`, table: words.Published, do: agentDocumentHas},
		{says: `the agent asked that authorization server for`, table: words.Paths, do: askedSilentServer},
	})
)

// agentDocument is the client_id of a client with a document: the one that clients
// have which the conformance tests of the Model Context Protocol examine
// (https://github.com/modelcontextprotocol/conformance). The authorization server
// knows it beforehand, since nothing is published there.
const agentDocument = "https://conformance-test.local/client-metadata.json"

func agentWithDocument(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	if err := w.PrepareMCPClient(ctx); err != nil {
		return err
	}
	w.Examined.Setup.MetadataURL = agentDocument
	return registerDocument(ctx, w, "none")
}

func registerDocument(ctx context.Context, w *world.World, method string) error {
	return w.Register(ctx, false, world.Table{
		{Name: "client_id", Value: agentDocument}, {Name: "redirect_uris", Value: w.MCPClientRedirectURIs()},
		{Name: "grant_types", Value: "authorization_code refresh_token"}, {Name: "token_endpoint_auth_method", Value: method},
	})
}

func documentHasKey(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	if err := w.KeepsDocument(); err != nil {
		return err
	}
	err := registerDocument(ctx, w, "private_key_jwt")
	w.Examined.Setup.Key = w.Client.Key
	return err
}

func agentDocumentHas(_ context.Context, w *world.World, _ []string, table world.Table) error {
	document, err := w.ClientDocument()
	if err != nil {
		return err
	}
	return members(w, document, table)
}

func hasMoved(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.MoveTools(ctx)
}

func namesSilentServer(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.NameSilentServer(ctx)
}

func askedSilentServer(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	var want []string
	for _, row := range table {
		want = append(want, row.Value)
	}
	// On a failure the older revision is tried, from the beginning.
	if got := w.AskedSilentServer(); len(got) < len(want) || !slices.Equal(got[:len(want)], want) {
		return check.Fail("requests to "+strings.Join(got, ", "), "requests to "+strings.Join(want, ", "))
	}
	return nil
}
