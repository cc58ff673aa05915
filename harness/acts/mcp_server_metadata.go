package acts

import (
	"context"
	"fmt"
	"net/http"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// calledWithAnotherToken: whatever reaches the resource behind the MCP server, it
// is not the token that the client showed.
func calledWithAnotherToken(ctx context.Context, w *world.World) error {
	calls, err := requests(ctx, w, "resource")
	if err != nil {
		return err
	}
	if len(w.Run.Target.MCPServer.Tools) == 0 {
		return check.Unnamed("mcp_server.tools", "the target names no tool that calls the protected resource; add one to mcp_server.tools")
	}
	if len(calls) == 0 {
		return check.Fail("the protected resource was not called", "a call with a token of its own")
	}
	for _, call := range calls {
		if strings.Contains((*call.Headers)["Authorization"], w.Grant.AccessToken) {
			return check.Fail("the protected resource was called with the token of the client", "a call with another token")
		}
	}
	return nil
}

func logsHoldNoToken(ctx context.Context, w *world.World) error {
	_, lines, err := w.Traffic(ctx)
	if err != nil {
		return err
	}
	for _, line := range lines {
		if strings.Contains(line, w.Grant.AccessToken) {
			return check.Fail("a log with the access token in it", "no log with the access token in it")
		}
	}
	return nil
}

// aboutTools: at the root of a host may be nothing, or the metadata of another
// resource.
func aboutTools(_ context.Context, w *world.World, _ []string, table world.Table) error {
	object, err := answeredObject(w)
	if err != nil || w.Last.Exchange.Status != http.StatusOK {
		return &check.NotApplicable{Reason: "the host of the MCP server has no metadata at its root", Lacks: "root_metadata"}
	}
	if object["resource"] != world.Part[ToolServer](w).URL {
		return &check.NotApplicable{Reason: fmt.Sprintf("the metadata at the root of the host are about %v, and not about the MCP server", object["resource"])}
	}
	return members(w, object, table)
}

// fetchToolsMetadata looks for the metadata of the MCP server as a client does. Where
// they are nowhere, the answer at the well-known URI of its path is the last one.
func fetchToolsMetadata(ctx context.Context, w *world.World) error {
	server := world.Part[ToolServer](w)
	if err := Fetch(ctx, w, world.WellKnown(server.URL, "oauth-protected-resource")); err != nil || w.Last.Success() == nil {
		return err
	}
	elsewhere := w.Fork()
	if err := sendMessage(ctx, elsewhere, mcpMessage{method: "tools/list"}, world.Table{{Name: "access_token", Value: "(omitted)"}}); err != nil {
		return err
	}
	challenge, _ := check.Challenge(elsewhere.Last.Exchange, "Bearer")
	for _, place := range []string{challenge["resource_metadata"], world.WellKnown(ToolsRoot(w), "oauth-protected-resource")} {
		if place == "" || Fetch(ctx, elsewhere, place) != nil || elsewhere.Last.Success() != nil {
			continue
		}
		// At the root of a host may be the metadata of another resource.
		if object, err := answeredObject(elsewhere); err == nil && (place == challenge["resource_metadata"] || object["resource"] == server.URL) {
			w.Last = elsewhere.Last
			return nil
		}
	}
	return nil
}

// metadataFound: a 401 names the metadata, or they are where they are looked for.
func metadataFound(ctx context.Context, w *world.World) error {
	answer, err := answered(w)
	if err != nil {
		return err
	}
	places := []string{world.WellKnown(world.Part[ToolServer](w).URL, "oauth-protected-resource"), world.WellKnown(ToolsRoot(w), "oauth-protected-resource")}
	if challenge, err := check.Challenge(answer, "Bearer"); err == nil && challenge["resource_metadata"] != "" {
		places = []string{challenge["resource_metadata"]}
	}
	for _, place := range places {
		if err := Fetch(ctx, w, place); err != nil {
			return err
		}
		if w.Last.Success() == nil {
			return nil
		}
	}
	return check.Fail("no metadata at "+strings.Join(places, " or "), "protected resource metadata")
}

// ownDocument: the API behind the MCP server is another resource.
func ownDocument(ctx context.Context, w *world.World) error {
	if w.Realm.Resource == "" {
		return check.Unnamed("resource_server.url", "the target has no protected resource besides; add resource_server.url")
	}
	if err := Fetch(ctx, w, world.WellKnown(w.Realm.Resource, "oauth-protected-resource")); err != nil {
		return err
	}
	object, err := answeredObject(w)
	if err != nil {
		return err
	}
	return check.Equal("the resource of that document", fmt.Sprint(object["resource"]), w.Realm.Resource)
}
