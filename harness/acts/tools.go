package acts

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/world"
)

// ToolServer is an MCP server over HTTP, as the scenario speaks to it.
type ToolServer struct {
	URL      string // Its endpoint and its resource identifier.
	Revision string // Of the protocol.
	session  string // The handle that it gave out, on a revision with sessions.
	called   map[*exchange.Exchange]target.Tool
}

// EnterTools makes a client of the MCP server act, which speaks the newest
// revision that the server does.
func EnterTools(ctx context.Context, w *world.World) error {
	if err := ProtectTools(ctx, w); err != nil {
		return err
	}
	if err := RegisterAny(ctx, w); err != nil {
		return err
	}
	spoken := w.Run.Setting.Revisions(ctx, w.Run)
	world.Part[ToolServer](w).Revision = spoken[len(spoken)-1]
	return nil
}

// ProtectTools makes the MCP server the one that tokens are for.
func ProtectTools(ctx context.Context, w *world.World) error {
	if err := w.Ensure(ctx); err != nil {
		return err
	}
	tools := &ToolServer{URL: w.Run.Target.MCPServer.URL, Revision: Stateless}
	if w.Realm.McpServer != nil {
		tools.URL = *w.Realm.McpServer
	}
	world.Put(w, tools)
	if tools.URL == "" {
		return check.Unnamed("mcp_server.url", "the target has no MCP server; add mcp_server.url")
	}
	return nil
}

// audience is the resource that tokens are for, where that is not left to the
// authorization server. Clients of an MCP server name it always (MCP, resource
// parameter, https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization#resource-parameter-implementation);
// where a realm has nothing else to protect, all its clients are such.
func audience(w *world.World) string {
	switch tools := world.Part[ToolServer](w); {
	case tools != nil:
		return tools.URL
	case w.Realm.Resource == "":
		return w.Run.Target.MCPServer.URL
	}
	return ""
}

// called are the calls that a table names: of the first tool, or of each that needs
// more than that (beyond the scope). Without any, the only one has no name.
func called(r *world.Run, named string) ([]target.Tool, error) {
	tools := r.Target.MCPServer.Tools
	switch {
	case named != "(beyond the scope)" && len(tools) == 0:
		return []target.Tool{{}}, nil
	case named != "(beyond the scope)":
		return tools[:1], nil
	}
	var beyond []target.Tool
	for _, tool := range tools {
		if len(missing(tool.Scope, tools[0].Scope)) > 0 {
			beyond = append(beyond, tool)
		}
	}
	if len(beyond) == 0 {
		return nil, check.Unnamed("mcp_server.tools", "the target names no tool that needs another scope than the first; add one to mcp_server.tools")
	}
	return beyond, nil
}

func missing(needed, granted string) []string {
	var lacking []string
	for _, name := range strings.Fields(needed) {
		if !strings.Contains(" "+granted+" ", " "+name+" ") {
			lacking = append(lacking, name)
		}
	}
	return lacking
}

// CallTools sends a message to the MCP server with the access token; where the
// client has none, it gets one first, with the scope of the first tool. A row
// method names another method than tools/call, and a row tool another tool; the
// others are about how the token is sent and about HTTP.
func CallTools(ctx context.Context, w *world.World, table world.Table) error {
	if w.Grant.AccessToken == "" {
		if err := ObtainForTools(ctx, w); err != nil {
			return err
		}
	}
	if world.Part[ToolServer](w).Revision == Stateful {
		if err := BeginSession(ctx, w); err != nil {
			return err
		}
	}
	if method, other := table.Get("method"); other && method != "tools/call" {
		return sendMessage(ctx, w, mcpMessage{method: method, params: map[string]any{}}, table)
	}
	named, _ := table.Get("tool")
	tools, err := called(w.Run, named)
	if err != nil {
		return err
	}
	return callEach(ctx, w, tools, table)
}

// callEach calls tools one after the other. The first answer is the one that counts,
// and what a Then says holds for the others, too.
func callEach(ctx context.Context, w *world.World, tools []target.Tool, table world.Table) error {
	server := world.Part[ToolServer](w)
	server.called = map[*exchange.Exchange]target.Tool{}
	var answers []world.Result
	for _, tool := range tools {
		if err := sendMessage(ctx, w, callOf(tool), table); err != nil {
			return err
		}
		server.called[w.Last.Exchange] = tool
		answers = append(answers, w.Last)
	}
	w.Last = answers[0]
	w.Last.Also = answers[1:]
	return nil
}

// ObtainForTools gets a token with the scope of the first tool, as a Given.
func ObtainForTools(ctx context.Context, w *world.World) error {
	tools, err := called(w.Run, "")
	if err != nil {
		return err
	}
	if tools[0].Scope == "" {
		return ObtainToken(ctx, w, nil)
	}
	return ObtainToken(ctx, w, world.Table{{Name: "scope", Value: tools[0].Scope}})
}

func callOf(tool target.Tool) mcpMessage {
	if tool.Name == "" { // Every server lists its tools.
		return mcpMessage{method: "tools/list", params: map[string]any{}}
	}
	arguments := tool.Arguments
	if arguments == nil {
		arguments = map[string]any{}
	}
	return mcpMessage{"tools/call", tool.Name, map[string]any{"name": tool.Name, "arguments": arguments}}
}

// BeginSession begins a session with a token of its own, once.
func BeginSession(ctx context.Context, w *world.World) error {
	tools := world.Part[ToolServer](w)
	if tools.session != "" {
		return nil
	}
	handle, err := NewSession(ctx, w)
	tools.session = handle
	return err
}

// NewSession begins a session and returns its handle; empty where the server
// does without.
func NewSession(ctx context.Context, w *world.World) (string, error) {
	sound := w.Fork()
	sound.Grant = world.Grant{}
	world.Put(sound, &ToolServer{URL: world.Part[ToolServer](w).URL, Revision: Stateful})
	if err := ObtainForTools(ctx, sound); err != nil {
		return "", err
	}
	return openSession(ctx, sound)
}

// openSession begins a session with the token at hand.
func openSession(ctx context.Context, w *world.World) (string, error) {
	if err := Initialize(ctx, w, nil); err != nil {
		return "", err
	}
	if err := check.MCPResult(w.Last.Exchange); err != nil {
		return "", err
	}
	tools := world.Part[ToolServer](w)
	tools.session = w.Last.Exchange.Answer.Get("Mcp-Session-Id")
	if tools.session == "" {
		return "", nil
	}
	return tools.session, sendMessage(ctx, w, mcpMessage{method: "notifications/initialized"}, nil)
}

// Initialize sends the message with which a session begins, which table makes
// deviate.
func Initialize(ctx context.Context, w *world.World, table world.Table) error {
	return sendMessage(ctx, w, mcpMessage{method: "initialize", params: map[string]any{
		"protocolVersion": Stateful, "capabilities": map[string]any{}, "clientInfo": examiner,
	}}, table)
}

// ToolNames are those of the tools that the MCP server lists for the token at
// hand, on whichever revision it speaks.
func ToolNames(ctx context.Context, w *world.World) ([]string, error) {
	var problems []error
	for _, revision := range []string{Stateful, Stateless} {
		world.Part[ToolServer](w).Revision = revision
		names, err := toolNames(ctx, w)
		if err == nil {
			return names, nil
		}
		problems = append(problems, fmt.Errorf("on the revision %s: %w", revision, err))
	}
	return nil, errors.Join(problems...)
}

func toolNames(ctx context.Context, w *world.World) ([]string, error) {
	if world.Part[ToolServer](w).Revision == Stateful {
		if _, err := openSession(ctx, w); err != nil {
			return nil, err
		}
	}
	if err := sendMessage(ctx, w, mcpMessage{method: "tools/list", params: map[string]any{}}, nil); err != nil {
		return nil, err
	}
	if err := check.MCPResult(w.Last.Exchange); err != nil {
		return nil, err
	}
	var listed struct {
		Result struct{ Tools []struct{ Name string } }
	}
	err := json.Unmarshal(check.MCPMessage(w.Last.Exchange), &listed)
	var names []string
	for _, tool := range listed.Result.Tools {
		names = append(names, tool.Name)
	}
	return names, err
}

// ScopeOfTool is what the tool needs that the last answer is about.
func ScopeOfTool(w *world.World) string {
	return world.Part[ToolServer](w).called[w.Last.Exchange].Scope
}

// ToolsRoot is the root of the host of the MCP server; in a realm, which has a
// path of its own on its host, that path.
func ToolsRoot(w *world.World) string {
	if w.Realm.McpServer == nil {
		return world.Origin(world.Part[ToolServer](w).URL)
	}
	return strings.TrimSuffix(world.Part[ToolServer](w).URL, "/mcp")
}
