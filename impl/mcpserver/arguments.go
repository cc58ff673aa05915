package mcpserver

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/impl/strictjson"
)

// inputs is what each tool takes, by its name.
type inputs map[string]*jsonschema.Schema

// guard says in a sentence what is wrong with the arguments of a call, and
// turns what is wrong with its result into the result of a tool: an assistant
// reads that, and hardly ever an error of the protocol
// (https://modelcontextprotocol.io/specification/2025-11-25/server/tools#error-handling).
func (s inputs) guard(next mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
		call, ok := request.(*mcp.CallToolRequest)
		if !ok || s[call.Params.Name] == nil {
			return next(ctx, method, request) // An unknown tool is an error of the protocol.
		}
		if err := complaint(s[call.Params.Name], call.Params.Arguments); err != nil {
			return failed(err), nil
		}
		result, err := next(ctx, method, request)
		if err != nil && ctx.Err() == nil {
			return failed(errors.New("the resource server answered with something that is no task; check RESOURCE_SERVER_URL")), nil
		}
		return result, err
	}
}

func failed(err error) *mcp.CallToolResult {
	var result mcp.CallToolResult
	result.SetError(err)
	return &result
}

// complaint says why the arguments do not fit, nil where they do.
func complaint(schema *jsonschema.Schema, raw json.RawMessage) error {
	given := map[string]any{}
	if len(raw) > 0 && strictjson.Unmarshal(raw, &given) != nil {
		return errors.New("the arguments are not a JSON object; send one")
	}
	for _, name := range schema.Required {
		if _, ok := given[name]; !ok {
			return fmt.Errorf("the argument %s is missing; give %s", name, schema.Properties[name].Description)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(given)) {
		property := schema.Properties[name]
		if property == nil {
			return fmt.Errorf("there is no argument %q; this tool takes %s", name, takes(schema))
		}
		if err := misfit(name, property, given[name]); err != nil {
			return err
		}
	}
	return nil
}

func misfit(name string, property *jsonschema.Schema, value any) error {
	if value == nil && slices.Contains(property.Types, "null") {
		return nil
	}
	text, ok := value.(string)
	switch {
	case !ok:
		return fmt.Errorf("the argument %s is not a text; give %s", name, property.Description)
	case property.MinLength != nil && strings.TrimSpace(text) == "":
		return fmt.Errorf("the argument %s is empty; give %s", name, property.Description)
	case property.Enum != nil && !slices.Contains(property.Enum, value):
		return fmt.Errorf("%q is no %s; choose one of %s", text, name, list(property.Enum))
	}
	return nil
}

func takes(schema *jsonschema.Schema) string {
	if len(schema.PropertyOrder) == 0 {
		return "none"
	}
	return strings.Join(schema.PropertyOrder, ", ")
}

func list(values []any) string {
	var all []string
	for _, value := range values {
		all = append(all, fmt.Sprint(value))
	}
	return strings.Join(all, ", ")
}
