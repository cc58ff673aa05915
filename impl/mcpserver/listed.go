package mcpserver

import (
	"cmp"
	"context"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/impl/realm"
)

// listed gives the tools of a realm their names there. Only a realm that arranges
// it has other tools in its list than all.
func listed(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
		c, ok := callerOf(request)
		if !ok || c.Policy().Tools == nil {
			return next(ctx, method, request)
		}
		if call, isCall := request.(*mcp.CallToolRequest); isCall {
			call.Params.Name = toolNamed(c.Realm, call.Params.Name)
		}
		result, err := next(ctx, method, request)
		if all, isList := result.(*mcp.ListToolsResult); isList {
			return renamed(all, c.Policy().Tools), err
		}
		return result, err
	}
}

// toolNamed is the tool that goes by a name in a realm.
func toolNamed(in *realm.Realm, name string) string { return cmp.Or(in.Policy().Tools[name], name) }

// renamed is a list of tools by other names, without those that have none.
func renamed(all *mcp.ListToolsResult, names map[string]string) *mcp.ListToolsResult {
	some := *all
	some.Tools = []*mcp.Tool{}
	for name, tool := range names {
		for _, known := range all.Tools {
			if known.Name == tool {
				other := *known
				other.Name = name
				some.Tools = append(some.Tools, &other)
			}
		}
	}
	return &some
}
