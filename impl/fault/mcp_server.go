package fault

import (
	"context"
	"errors"

	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// Faults of the MCP server; all of them are edits of what it answers.
const (
	ToolSchemaMissing        Name = "tool-schema-missing"
	ToolErrorAsProtocolError Name = "tool-error-as-protocol-error"
	SecretInToolError        Name = "secret-in-tool-error"
)

var mcpServer = []Fault{
	{ToolSchemaMissing, MCPServer, "documented-mcp/tool-schemas", "The tools have no output schema."},
	{ToolErrorAsProtocolError, MCPServer, "documented-mcp/tool-errors", "A tool that fails is answered with an internal error of the protocol."},
	{SecretInToolError, MCPServer, "documented-mcp/no-secret", "The message of a failing tool holds a token."},
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
	if !set.Has(ToolSchemaMissing) {
		return result
	}
	edited := *result
	edited.Tools = nil
	for _, tool := range result.Tools {
		bare := *tool
		bare.OutputSchema = nil
		edited.Tools = append(edited.Tools, &bare)
	}
	return &edited
}

func editCall(set Set, result *mcp.CallToolResult) (mcp.Result, error) {
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
