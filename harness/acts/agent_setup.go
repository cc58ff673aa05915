package acts

import (
	"context"

	"github.com/grantproof/grantproof/harness/words"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrase about the client of MCP servers that is examined.
var _ = phrases(Given, []step{
	{says: `an MCP client`, with: words.MCPClient, registers: beforehand, do: anMCPClient},
})

// agentDocument is the client_id of a client with a document: the one that clients
// have which the conformance tests of the Model Context Protocol examine
// (https://github.com/modelcontextprotocol/conformance). The authorization server
// knows it beforehand, since nothing is published there.
const agentDocument = "https://conformance-test.local/client-metadata.json"

// anMCPClient is one that nobody registered yet, unless its client_id says otherwise.
func anMCPClient(ctx context.Context, w *world.World, _ []string, table world.Table) error {
	method, _ := table.Get("token_endpoint_auth_method")
	switch id, known := table.Get("client_id"); {
	case !known:
		return unregistered(ctx, w)
	case id == "(client ID metadata document)":
		return withDocument(ctx, w, method)
	case id == "(of another authorization server)":
		if err := registeredBeforehand(ctx, w, table); err != nil {
			return err
		}
		world.Part[ExaminedClient](w).Setup.Issuer = "https://another.example"
	default:
		return registeredBeforehand(ctx, w, table)
	}
	return nil
}

func unregistered(ctx context.Context, w *world.World) error {
	if err := PrepareMCPClient(ctx, w); err != nil {
		return err
	}
	return HideDocuments(ctx, w)
}

func withDocument(ctx context.Context, w *world.World, method string) error {
	if err := PrepareMCPClient(ctx, w); err != nil {
		return err
	}
	world.Part[ExaminedClient](w).Setup.MetadataURL = agentDocument
	if method == "" {
		return registerDocument(ctx, w, "none")
	}
	if err := KeepsDocument(w); err != nil {
		return err
	}
	if err := registerDocument(ctx, w, method); err != nil {
		return err
	}
	world.Part[ExaminedClient](w).Setup.Key = w.Client.Key
	return nil
}

func registerDocument(ctx context.Context, w *world.World, method string) error {
	return RegisterClient(ctx, w, false, world.Table{
		{Name: "client_id", Value: agentDocument}, {Name: "redirect_uris", Value: MCPClientRedirectURIs(w)},
		{Name: "grant_types", Value: "authorization_code refresh_token"}, {Name: "token_endpoint_auth_method", Value: method},
	})
}

// registeredBeforehand registers the client, with the secret or the method that the
// table names. With client_credentials as its grant it acts for itself.
func registeredBeforehand(ctx context.Context, w *world.World, table world.Table) error {
	if err := unregistered(ctx, w); err != nil {
		return err
	}
	all := append(world.Table{{Name: "grant_types", Value: "authorization_code refresh_token client_credentials"}, {Name: "redirect_uris", Value: MCPClientRedirectURIs(w)}},
		table.Without("client_id").Without("grant_types")...)
	if err := RegisterClient(ctx, w, true, all); err != nil {
		return err
	}
	setup := &world.Part[ExaminedClient](w).Setup
	if _, named := table.Get("token_endpoint_auth_method"); named {
		setup.Key = w.Client.Key
	} else if err := AuthenticateByBasic(ctx, w); err != nil {
		return err
	}
	_, setup.ForItself = table.Get("grant_types")
	setup.Issuer, setup.ClientID, setup.ClientSecret = w.Realm.Issuer, w.Client.ID, w.Client.Secret
	return nil
}
