package agent

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/impl/strictjson"
)

// Tool is a tool of an MCP server, for a person who wants to call it.
type Tool struct {
	Name        string         `json:"name"`
	Description string         `json:"description,omitempty"`
	Arguments   []ToolArgument `json:"arguments,omitempty"`
}

// ToolArgument is one that a tool takes.
type ToolArgument struct {
	Name     string `json:"name"`
	Type     string `json:"type,omitempty"` // As its schema says; empty where that says none.
	Required bool   `json:"required"`
}

// Tools are the tools of the MCP server.
func (r *Remote) Tools(ctx context.Context) ([]Tool, error) {
	listed, err := r.tools(ctx)
	var all []Tool
	for _, tool := range listed {
		all = append(all, Tool{tool.Name, cmp.Or(tool.Description, tool.Title), argumentsOf(tool.InputSchema)})
	}
	return all, err
}

func argumentsOf(schema any) []ToolArgument {
	var takes struct {
		Required   []string `json:"required"`
		Properties map[string]struct {
			Type any `json:"type"`
		} `json:"properties"`
	}
	if text, err := json.Marshal(schema); err != nil || strictjson.Unmarshal(text, &takes) != nil {
		return nil
	}
	var all []ToolArgument
	for _, name := range slices.Sorted(maps.Keys(takes.Properties)) {
		all = append(all, ToolArgument{name, typeOf(takes.Properties[name].Type), slices.Contains(takes.Required, name)})
	}
	slices.SortStableFunc(all, func(a, b ToolArgument) int { return cmp.Compare(order(a), order(b)) })
	return all
}

// order: what a tool requires comes first.
func order(a ToolArgument) int {
	if a.Required {
		return 0
	}
	return 1
}

// typeOf is the type of a schema, or the first of several that is a value.
func typeOf(named any) string {
	several, isList := named.([]any)
	if !isList {
		several = []any{named}
	}
	for _, one := range several {
		if text, ok := one.(string); ok && text != "null" {
			return text
		}
	}
	return ""
}

// CallTool calls a tool with any arguments. The result is its text, and its structured
// content.
func (r *Remote) CallTool(ctx context.Context, tool string, arguments map[string]any) (Result, error) {
	result, err := r.call(ctx, tool, arguments)
	if err != nil {
		return Result{}, err
	}
	if result.IsError {
		return Result{}, r.refused(result)
	}
	return Result{Sentence: cmp.Or(said(result), withoutText(result)), Data: result.StructuredContent}, nil
}

// withoutText says what a result has that has no text.
func withoutText(result *mcp.CallToolResult) string {
	if content, err := json.Marshal(result.StructuredContent); err == nil && result.StructuredContent != nil {
		return string(content)
	}
	if len(result.Content) == 0 {
		return "The tool gave an empty result."
	}
	return fmt.Sprintf("The tool gave %d contents and no text.", len(result.Content))
}

// ParseArguments reads the arguments of a tool from a command line: name=text, and
// name:=JSON for numbers, booleans, lists and objects.
func ParseArguments(given []string) (map[string]any, error) {
	arguments := map[string]any{}
	for _, argument := range given {
		name, value, found := strings.Cut(argument, "=")
		name, isJSON := strings.CutSuffix(name, ":")
		if _, twice := arguments[name]; !found || name == "" || twice {
			return nil, fmt.Errorf("the argument %q is not NAME=TEXT or NAME:=JSON, or its name was given before; give each once, such as title=Report or limit:=10", argument)
		}
		arguments[name] = value
		if !isJSON {
			continue
		}
		if err := strictjson.Check([]byte(value)); err != nil {
			return nil, fmt.Errorf("the argument %s:= has %q, which is no JSON; give a text as %s=%s, and JSON as %s:=10, %s:=true or %s:='[\"a\"]'", name, value, name, value, name, name, name)
		}
		arguments[name] = json.RawMessage(value)
	}
	return arguments, nil
}
