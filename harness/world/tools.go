package world

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/target"
)

// ToolServer is an MCP server over HTTP, as the scenario speaks to it.
type ToolServer struct {
	URL      string // Its endpoint and its resource identifier.
	Revision string // Of the protocol.
	session  string // The handle that it gave out, on a revision with sessions.
}

// EnterTools makes a client of the MCP server act, which speaks the newest
// revision that the server does.
func (w *World) EnterTools(ctx context.Context) error {
	if err := w.ProtectTools(ctx); err != nil {
		return err
	}
	if err := w.RegisterAny(ctx); err != nil {
		return err
	}
	spoken := w.Run.Setting.Revisions(ctx, w.Run)
	Part[ToolServer](w).Revision = spoken[len(spoken)-1]
	return nil
}

// ProtectTools makes the MCP server the one that tokens are for.
func (w *World) ProtectTools(ctx context.Context) error {
	if err := w.Ensure(ctx); err != nil {
		return err
	}
	tools := &ToolServer{URL: w.Run.Target.MCPServer.URL, Revision: Stateless}
	if w.Realm.McpServer != nil {
		tools.URL = *w.Realm.McpServer
	}
	Put(w, tools)
	if tools.URL == "" {
		return check.Unnamed("mcp_server.url", "the target has no MCP server; add mcp_server.url")
	}
	return nil
}

// audience is the resource that tokens are for, where that is not left to the
// authorization server. Clients of an MCP server name it always (MCP, resource
// parameter, https://modelcontextprotocol.io/specification/2025-11-25/basic/authorization#resource-parameter-implementation);
// where a realm has nothing else to protect, all its clients are such.
func (w *World) audience() string {
	switch tools := Part[ToolServer](w); {
	case tools != nil:
		return tools.URL
	case w.Realm.Resource == "":
		return w.Run.Target.MCPServer.URL
	}
	return ""
}

// tool is the call that a table names: of the first tool, or of one that needs
// more than that (beyond the scope). Without any, it has no name.
func (r *Run) tool(named string) (target.Tool, error) {
	tools := r.Target.MCPServer.Tools
	switch {
	case named != "(beyond the scope)" && len(tools) == 0:
		return target.Tool{}, nil
	case named != "(beyond the scope)":
		return tools[0], nil
	}
	for _, tool := range tools {
		if len(missing(tool.Scope, tools[0].Scope)) > 0 {
			return tool, nil
		}
	}
	return target.Tool{}, check.Unnamed("mcp_server.tools", "the target names no tool that needs another scope than the first; add one to mcp_server.tools")
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
func (w *World) CallTools(ctx context.Context, table Table) error {
	if w.Grant.AccessToken == "" {
		if err := w.ObtainForTools(ctx); err != nil {
			return err
		}
	}
	if Part[ToolServer](w).Revision == Stateful {
		if err := w.BeginSession(ctx); err != nil {
			return err
		}
	}
	message, err := w.message(table)
	if err != nil {
		return err
	}
	return w.sendMessage(ctx, message, table)
}

// ObtainForTools gets a token with the scope of the first tool, as a Given.
func (w *World) ObtainForTools(ctx context.Context) error {
	tool, err := w.Run.tool("")
	if err != nil {
		return err
	}
	if tool.Scope == "" {
		return w.ObtainToken(ctx, nil)
	}
	return w.ObtainToken(ctx, Table{{"scope", tool.Scope}})
}

func (w *World) message(table Table) (mcpMessage, error) {
	method, other := table.Get("method")
	if other && method != "tools/call" {
		return mcpMessage{method: method, params: map[string]any{}}, nil
	}
	named, _ := table.Get("tool")
	tool, err := w.Run.tool(named)
	if tool.Name == "" { // Every server lists its tools.
		return mcpMessage{method: "tools/list", params: map[string]any{}}, err
	}
	arguments := tool.Arguments
	if arguments == nil {
		arguments = map[string]any{}
	}
	return mcpMessage{"tools/call", tool.Name, map[string]any{"name": tool.Name, "arguments": arguments}}, err
}

// BeginSession begins a session with a token of its own, once.
func (w *World) BeginSession(ctx context.Context) error {
	tools := Part[ToolServer](w)
	if tools.session != "" {
		return nil
	}
	handle, err := w.NewSession(ctx)
	tools.session = handle
	return err
}

// NewSession begins a session and returns its handle; empty where the server
// does without.
func (w *World) NewSession(ctx context.Context) (string, error) {
	sound := w.Fork()
	sound.Grant = Grant{}
	Put(sound, &ToolServer{URL: Part[ToolServer](w).URL, Revision: Stateful})
	if err := sound.ObtainForTools(ctx); err != nil {
		return "", err
	}
	return sound.openSession(ctx)
}

// openSession begins a session with the token at hand.
func (w *World) openSession(ctx context.Context) (string, error) {
	if err := w.Initialize(ctx, nil); err != nil {
		return "", err
	}
	if err := check.MCPResult(w.Last.Exchange); err != nil {
		return "", err
	}
	tools := Part[ToolServer](w)
	tools.session = w.Last.Exchange.Answer.Get("Mcp-Session-Id")
	if tools.session == "" {
		return "", nil
	}
	return tools.session, w.sendMessage(ctx, mcpMessage{method: "notifications/initialized"}, nil)
}

// Initialize sends the message with which a session begins, which table makes
// deviate.
func (w *World) Initialize(ctx context.Context, table Table) error {
	return w.sendMessage(ctx, mcpMessage{method: "initialize", params: map[string]any{
		"protocolVersion": Stateful, "capabilities": map[string]any{}, "clientInfo": examiner,
	}}, table)
}

// ToolNames are those of the tools that the MCP server lists for the token at
// hand, on whichever revision it speaks.
func (w *World) ToolNames(ctx context.Context) ([]string, error) {
	var problems []error
	for _, revision := range []string{Stateful, Stateless} {
		Part[ToolServer](w).Revision = revision
		names, err := w.toolNames(ctx)
		if err == nil {
			return names, nil
		}
		problems = append(problems, fmt.Errorf("on the revision %s: %w", revision, err))
	}
	return nil, errors.Join(problems...)
}

func (w *World) toolNames(ctx context.Context) ([]string, error) {
	if Part[ToolServer](w).Revision == Stateful {
		if _, err := w.openSession(ctx); err != nil {
			return nil, err
		}
	}
	if err := w.sendMessage(ctx, mcpMessage{method: "tools/list", params: map[string]any{}}, nil); err != nil {
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

// ScopeOfTool is what the tool needs that a table names.
func (w *World) ScopeOfTool(table Table) (string, error) {
	named, _ := table.Get("tool")
	tool, err := w.Run.tool(named)
	return tool.Scope, err
}

// ToolsRoot is the root of the host of the MCP server; in a realm, which has a
// path of its own on its host, that path.
func (w *World) ToolsRoot() string {
	if w.Realm.McpServer == nil {
		return Origin(Part[ToolServer](w).URL)
	}
	return strings.TrimSuffix(Part[ToolServer](w).URL, "/mcp")
}
