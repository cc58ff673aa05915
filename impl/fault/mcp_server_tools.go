package fault

import (
	"context"
	"errors"

	"github.com/grantproof/grantproof/impl/bearer"
	"github.com/grantproof/grantproof/impl/mcpserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

var _ = add([]Fault{
	{
		Name:     "tool-scope-not-checked",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "error-handling/insufficient-scope-403"},
		Summary:  "Any token can call any tool.",
		Rules:    seam.Instead(bearer.Covers, func(r *realm.Realm, granted token.Scope, needed string) bool { return true }),
	},
	{
		Name:     "tool-never-opens",
		Role:     MCPServer,
		Violates: ids{"mcp-security-scope-minimization/reduced-tokens"},
		Summary:  "No token has a sufficient scope for any tool.",
		Rules:    seam.Instead(bearer.Covers, func(r *realm.Realm, granted token.Scope, needed string) bool { return false }),
	},
	{
		Name:     "tool-missing",
		Role:     MCPServer,
		Violates: ids{"documented-mcp/tools"},
		Summary:  "One of the documented tools is missing.",
		Rules:    listing(func(tools []*mcp.Tool) []*mcp.Tool { return tools[1:] }),
	},
	{
		Name:     "tool-result-empty",
		Role:     MCPServer,
		Violates: ids{"documented-mcp/list-tasks", "documented-mcp/create-task", "documented-mcp/get-task", "documented-mcp/update-task"},
		Summary:  "A successful tool call returns an empty result.",
		Rules: calling(func(result *mcp.CallToolResult) error {
			if !result.IsError {
				result.StructuredContent = map[string]any{}
			}
			return nil
		}),
	},
	{
		Name:     "tool-schema-missing",
		Role:     MCPServer,
		Violates: ids{"documented-mcp/tool-schemas"},
		Summary:  "The tools have no output schema.",
		Rules: listing(func(tools []*mcp.Tool) []*mcp.Tool {
			var shown []*mcp.Tool
			for _, tool := range tools {
				without := *tool
				without.OutputSchema = nil
				shown = append(shown, &without)
			}
			return shown
		}),
	},
	{
		Name:     "tool-error-as-protocol-error",
		Role:     MCPServer,
		Violates: ids{"documented-mcp/tool-errors"},
		Summary:  "A failed tool call returns an internal JSON-RPC error.",
		Rules: calling(func(result *mcp.CallToolResult) error {
			if result.IsError {
				return errors.New("internal error")
			}
			return nil
		}),
	},
	{
		Name:     "secret-in-tool-error",
		Role:     MCPServer,
		Violates: ids{"documented-mcp/no-secret"},
		Summary:  "The error message of a failed tool call contains a token.",
		Rules: calling(func(result *mcp.CallToolResult) error {
			if result.IsError {
				result.Content = append(result.Content, &mcp.TextContent{Text: "Authorization: Bearer eyJhbGciOiJFUzI1NiJ9.e30.c2ln"})
			}
			return nil
		}),
	},
})

// listing edits which tools there are.
func listing(edit func([]*mcp.Tool) []*mcp.Tool) func(rule.Replaced) {
	return answering(func(result mcp.Result) (mcp.Result, error) {
		list, ok := result.(*mcp.ListToolsResult)
		if !ok || len(list.Tools) == 0 {
			return result, nil
		}
		edited := *list
		edited.Tools = edit(list.Tools)
		return &edited, nil
	})
}

// calling edits what a tool answers.
func calling(edit func(*mcp.CallToolResult) error) func(rule.Replaced) {
	return answering(func(result mcp.Result) (mcp.Result, error) {
		call, ok := result.(*mcp.CallToolResult)
		if !ok {
			return result, nil
		}
		if err := edit(call); err != nil {
			return nil, err
		}
		return call, nil
	})
}

// answering edits the results of the MCP server.
func answering(edit func(mcp.Result) (mcp.Result, error)) func(rule.Replaced) {
	return seam.Instead(mcpserver.Results, func(sound mcp.MethodHandler) mcp.MethodHandler {
		return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
			result, err := sound(ctx, method, request)
			if err != nil {
				return result, err
			}
			return edit(result)
		}
	})
}
