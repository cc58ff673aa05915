package agent

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/generated/resourceserver"
	"github.com/grantproof/grantproof/impl/oauthclient"
	"github.com/grantproof/grantproof/impl/printable"
	"github.com/grantproof/grantproof/impl/strictjson"
)

// Metadata is what the agent says of itself to authorization servers, by a name
// for people.
func Metadata(name string) *oauth.ClientMetadata {
	return &oauth.ClientMetadata{ClientName: &name, ClientURI: new("https://github.com/grantproof/grantproof")}
}

// Remote does the actions by the tools of an MCP server, which it calls with
// tokens of its own.
type Remote struct {
	server  string
	handler *oauthclient.Handler
	session *mcp.ClientSession
	limit   time.Duration // Of one answer, and of an authorization on the way to it.
}

// impatience is how long an MCP server may take for one answer. Without a limit
// one that answers another question than was asked would be waited for for ever.
const impatience = time.Minute

// Connect connects to an MCP server over HTTP; handler authorizes at it. Without
// a version the newest one is spoken.
func Connect(ctx context.Context, server string, handler *oauthclient.Handler, version string) (*Remote, error) {
	client := mcp.NewClient(&mcp.Implementation{Name: "grantproof-agent", Title: "grantproof agent", Version: "1.0.0"},
		&mcp.ClientOptions{Capabilities: &mcp.ClientCapabilities{}})
	limit := handler.Limit() + impatience
	ctx, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	session, err := client.Connect(ctx, &mcp.StreamableClientTransport{
		Endpoint: server, HTTPClient: handler.HTTPClient(), OAuthHandler: handler, DisableStandaloneSSE: true,
	}, &mcp.ClientSessionOptions{ProtocolVersion: version})
	remote := &Remote{server, handler, session, limit}
	if err != nil {
		return nil, remote.inWords(ctx, oauthclient.StepConnection, err)
	}
	return remote, nil
}

// Close ends the session.
func (r *Remote) Close() error { return r.session.Close() }

// Call calls a tool without arguments.
func (r *Remote) Call(ctx context.Context, tool string) error {
	result, err := r.call(ctx, tool, map[string]any{})
	if err != nil {
		return err
	}
	if result.IsError {
		return r.refused(result)
	}
	return nil
}

// Run does the action of that name, by the tool that is called like it.
func (r *Remote) Run(ctx context.Context, action string, args map[string]string) (Result, error) {
	i := slices.IndexFunc(Actions, func(known Action) bool { return known.Name == action })
	if i < 0 {
		return Result{}, fmt.Errorf("there is no action %q; choose one of %s", action, strings.Join(names(), ", "))
	}
	if err := Actions[i].check(args); err != nil {
		return Result{}, err
	}
	tools, err := r.tools(ctx)
	if err != nil {
		return Result{}, err
	}
	tool := strings.ReplaceAll(action, "-", "_")
	if !slices.ContainsFunc(tools, func(known *mcp.Tool) bool { return known.Name == tool }) {
		return Result{}, &oauthclient.StepError{Step: oauthclient.StepToolList, Layer: oauthclient.LayerMCP, URL: r.server, Problem: "has no tool " + tool, Advice: "see with \"grantproof agent tools --mcp URL\" which tools it has, and call one with \"grantproof agent call NAME --mcp URL\""}
	}
	result, err := r.call(ctx, tool, args)
	if err != nil {
		return Result{}, err
	}
	if result.IsError {
		return Result{}, r.refused(result)
	}
	return Result{Sentence: sentence(action, result), Data: result.StructuredContent}, nil
}

func (r *Remote) tools(ctx context.Context) ([]*mcp.Tool, error) {
	ctx, cancel := context.WithTimeout(ctx, r.limit)
	defer cancel()
	var all []*mcp.Tool
	for tool, err := range r.session.Tools(ctx, nil) {
		if err != nil {
			return nil, r.inWords(ctx, oauthclient.StepToolList, err)
		}
		all = append(all, tool)
	}
	return all, nil
}

func (r *Remote) call(ctx context.Context, tool string, arguments any) (*mcp.CallToolResult, error) {
	ctx, cancel := context.WithTimeout(ctx, r.limit)
	defer cancel()
	result, err := r.session.CallTool(ctx, &mcp.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		return nil, r.inWords(ctx, oauthclient.StepToolCall, err)
	}
	return result, nil
}

// sentence tells what a tool came to, as it is told without an MCP server.
func sentence(action string, result *mcp.CallToolResult) string {
	var list resourceserver.TaskList
	var task resourceserver.Task
	content, _ := json.Marshal(result.StructuredContent)
	switch {
	case action == "list-tasks" && strictjson.Unmarshal(content, &list) == nil:
		return counted(len(list.Tasks)) + named(list.Tasks)
	case strictjson.Unmarshal(content, &task) != nil || task.ID == "":
		return printable.Line(said(result))
	}
	done := map[string]string{"create-task": "Created", "get-task": "Found", "update-task": "Updated"}[action]
	return strings.TrimSpace(done + " " + shown(task) + ".")
}

// said is the text of a result.
func said(result *mcp.CallToolResult) string {
	var all []string
	for _, content := range result.Content {
		if text, ok := content.(*mcp.TextContent); ok {
			all = append(all, text.Text)
		}
	}
	return strings.Join(all, " ")
}
