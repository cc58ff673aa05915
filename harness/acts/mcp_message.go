package acts

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/world"
)

// mcpMessage is one message of the protocol.
type mcpMessage struct {
	method, name string
	params       map[string]any
}

var examiner = map[string]any{"name": "grantproof-examiner", "version": "1"}

func sendMessage(ctx context.Context, w *world.World, message mcpMessage, table world.Table) error {
	tools := world.Part[ToolServer](w)
	request := exchange.Request{Endpoint: exchange.MCP, Method: http.MethodPost, URL: tools.URL, Header: http.Header{
		"Content-Type": {"application/json"}, "Accept": {"application/json, text/event-stream"}, "Mcp-Protocol-Version": {tools.Revision},
	}}
	tools.address(&request, message)
	table, err := respelled(w, table, "access_token")
	if err != nil {
		return err
	}
	present(w, &request, table)
	about, rest := split(table)
	if value, set := world.Table(about).Get("Authorization"); set {
		setAuthorization(&request, value, w.Grant.AccessToken)
	}
	transport(world.Table(about).Without("Authorization")).apply(&request)
	if handle, named := rest.Get("Mcp-Session-Id"); named {
		request.Header.Set("Mcp-Session-Id", handle)
		if handle == "(omitted)" {
			request.Header.Del("Mcp-Session-Id")
		}
	}
	return Do(ctx, w, world.MCPResponse, request)
}

// address writes the message as the revision has it: with the session that was
// begun, or with headers and members that take its place
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/transports).
func (s *ToolServer) address(request *exchange.Request, message mcpMessage) {
	body := map[string]any{"jsonrpc": "2.0", "method": message.method}
	if !strings.HasPrefix(message.method, "notifications/") {
		body["id"] = 1
	}
	if message.params != nil {
		body["params"] = message.params
	}
	if s.Revision == Stateful {
		if s.session != "" {
			request.Header.Set("Mcp-Session-Id", s.session)
		}
	} else {
		request.Header.Set("Mcp-Method", message.method)
		if message.name != "" {
			request.Header.Set("Mcp-Name", message.name)
		}
		if message.params != nil {
			message.params["_meta"] = map[string]any{
				"io.modelcontextprotocol/protocolVersion": s.Revision, "io.modelcontextprotocol/clientInfo": examiner,
				"io.modelcontextprotocol/clientCapabilities": map[string]any{},
			}
		}
	}
	request.Body, _ = json.Marshal(body) // fails for nothing that is made of texts
}

// The revisions of MCP on which scenarios speak.
const (
	Stateful  = "2025-11-25"
	Stateless = "2026-07-28"
)

// Speak chooses the revision of the protocol.
func Speak(ctx context.Context, w *world.World, revision string) error {
	world.Part[ToolServer](w).Revision = revision
	if spoken := w.Run.Setting.Revisions(ctx, w.Run); !slices.Contains(spoken, revision) {
		return &check.NotApplicable{Reason: fmt.Sprintf("the MCP server does not speak the revision %s; it speaks %s", revision, strings.Join(spoken, " and "))}
	}
	return nil
}
