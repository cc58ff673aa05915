package fault

import (
	"context"
	"errors"

	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

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
		if set.Has(faultname.ToolSchemaMissing) {
			shown.OutputSchema = nil
		}
		if i > 0 || !set.Has(faultname.ToolMissing) {
			edited.Tools = append(edited.Tools, &shown)
		}
	}
	return &edited
}

func editCall(set Set, result *mcp.CallToolResult) (mcp.Result, error) {
	if !result.IsError && set.Has(faultname.ToolResultEmpty) {
		result.StructuredContent = map[string]any{}
	}
	if !result.IsError {
		return result, nil
	}
	if set.Has(faultname.ToolErrorAsProtocolError) {
		return nil, errors.New("internal error")
	}
	if set.Has(faultname.SecretInToolError) {
		result.Content = append(result.Content, &mcp.TextContent{Text: "Authorization: Bearer eyJhbGciOiJFUzI1NiJ9.e30.c2ln"})
	}
	return result, nil
}
