package fault

import (
	"context"
	"errors"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Faults of the MCP server; all of them are edits of what it answers.
const (
	ToolMissing              Name = "tool-missing"
	ToolResultEmpty          Name = "tool-result-empty"
	ToolSchemaMissing        Name = "tool-schema-missing"
	ToolErrorAsProtocolError Name = "tool-error-as-protocol-error"
	SecretInToolError        Name = "secret-in-tool-error"
)

var mcpServer = []Fault{
	{ToolMissing, MCPServer, ids{"documented-mcp/tools"}, "One of the documented tools is missing."},
	{ToolResultEmpty, MCPServer, ids{"documented-mcp/list-tasks", "documented-mcp/create-task", "documented-mcp/get-task", "documented-mcp/update-task"}, "A tool that succeeds answers with nothing."},
	{ToolSchemaMissing, MCPServer, ids{"documented-mcp/tool-schemas"}, "The tools have no output schema."},
	{ToolErrorAsProtocolError, MCPServer, ids{"documented-mcp/tool-errors"}, "A tool that fails is answered with an internal error of the protocol."},
	{SecretInToolError, MCPServer, ids{"documented-mcp/no-secret"}, "The message of a failing tool holds a token."},
}

// MCPServerFaults edits the answers of an MCP server.
func MCPServerFaults(set Set) mcp.Middleware {
	return func(next mcp.MethodHandler) mcp.MethodHandler {
		return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
			result, err := next(ctx, method, request)
			if err != nil || len(set) == 0 {
				return result, err
			}
			switch result := result.(type) {
			case *mcp.ListToolsResult:
				return editTools(set, result), nil
			case *mcp.CallToolResult:
				return editCall(set, result)
			}
			return result, nil
		}
	}
}

func editTools(set Set, result *mcp.ListToolsResult) *mcp.ListToolsResult {
	edited := *result
	edited.Tools = nil
	for i, tool := range result.Tools {
		shown := *tool
		if set.Has(ToolSchemaMissing) {
			shown.OutputSchema = nil
		}
		if i > 0 || !set.Has(ToolMissing) {
			edited.Tools = append(edited.Tools, &shown)
		}
	}
	return &edited
}

func editCall(set Set, result *mcp.CallToolResult) (mcp.Result, error) {
	if !result.IsError && set.Has(ToolResultEmpty) {
		result.StructuredContent = map[string]any{}
	}
	if !result.IsError {
		return result, nil
	}
	if set.Has(ToolErrorAsProtocolError) {
		return nil, errors.New("internal error")
	}
	if set.Has(SecretInToolError) {
		result.Content = append(result.Content, &mcp.TextContent{Text: "Authorization: Bearer eyJhbGciOiJFUzI1NiJ9.e30.c2ln"})
	}
	return result, nil
}
