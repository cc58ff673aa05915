package steps

import (
	"context"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about the authorization servers among which a client finds its way.
var (
	otherServerGivens = []step{
		{`an MCP client with a client ID metadata document`, noTable, agentWithDocument},
		{`the MCP server has moved to another authorization server`, noTable, hasMoved},
		{`the MCP server names an authorization server without metadata`, noTable, namesSilentServer},
	}
	otherServerThens = []step{
		{`the agent registered with the other authorization server`, noTable, registeredWithOther},
		{`the other authorization server got nothing of the first one's`, noTable, nothingOfTheFirst},
		{`the agent asked that authorization server for`, tableNeeded, askedSilentServer},
	}
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
	return w.Register(ctx, false, world.Table{
		{Name: "client_id", Value: agentDocument}, {Name: "redirect_uris", Value: w.MCPClientRedirectURIs()},
		{Name: "grant_types", Value: "authorization_code refresh_token"},
	})
}

func hasMoved(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.MoveTools(ctx)
}

func namesSilentServer(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	return w.NameSilentServer(ctx)
}

func registeredWithOther(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	seen, err := w.OtherTraffic(ctx)
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(seen, places["registration"]) {
		return check.Fail("the other authorization server got no registration request", "a registration request there")
	}
	return nil
}

// nothingOfTheFirst: what a client has of one authorization server reaches no
// other one. The client_id and the tokens are those of its requests.
func nothingOfTheFirst(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
	own, _, err := w.Traffic(ctx)
	if err != nil {
		return err
	}
	seen, err := w.OtherTraffic(ctx)
	if err != nil {
		return err
	}
	of := map[string]string{}
	for _, request := range own {
		for _, name := range []string{"client_id", "client_secret", "refresh_token", "code"} {
			if value := (*request.Parameters)[name]; value != "" && request.Role == "authorization-server" {
				of[value] = name
			}
		}
		if token, bearer := strings.CutPrefix((*request.Headers)["Authorization"], "Bearer "); bearer && request.Role == "mcp-server" {
			of[token] = "access token"
		}
	}
	if len(seen) == 0 || len(of) == 0 {
		return check.Fail("the client did not ask both authorization servers", "requests to both")
	}
	for _, request := range seen {
		if name, found := carriesAny(request, of); found {
			return check.Fail("the "+name+" of the first one was sent to "+request.Path+" of the other", "nothing of it there")
		}
	}
	return nil
}

// carriesAny finds one of several values in a request, and says what it is.
func carriesAny(request control.Request, values map[string]string) (name string, found bool) {
	carried := []string{request.Path}
	for _, value := range *request.Headers {
		carried = append(carried, value)
	}
	for _, value := range *request.Parameters {
		carried = append(carried, value)
	}
	all := strings.Join(carried, "\n")
	for value, name := range values {
		if strings.Contains(all, value) {
			return name, true
		}
	}
	return "", false
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
