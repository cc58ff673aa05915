package mcpserver_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/mcpserver"
	"github.com/grantproof/grantproof/impl/oauthclient"
	"github.com/grantproof/grantproof/impl/realm"
)

const listTasks = `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"list_tasks","arguments":{},"_meta":{` +
	`"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientInfo":{"name":"b","version":"1"},"io.modelcontextprotocol/clientCapabilities":{}}}}`

// What the protection adds to a call of a tool: the same tool, of the same API,
// with a token that is verified and exchanged, and without.
func BenchmarkToolCall(b *testing.B) {
	f, err := impl.Start(impl.Config{AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", MCPServer: "127.0.0.1:0",
		Policy: realm.Policy{Documented: true, Verify: realm.ByJWT}})
	if err != nil {
		b.Fatal(err)
	}
	defer f.Close()
	server, err := mcpserver.New(oauthclient.Config{AuthServer: f.Issuer, ResourceServer: f.Resource, ClientID: "mcp-task-manager", ClientSecret: "mcp-secret-12345"})
	if err != nil {
		b.Fatal(err)
	}
	open := httptest.NewServer(mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return server }, &mcp.StreamableHTTPOptions{Stateless: true, JSONResponse: true}))
	defer open.Close()
	access := tokenFor(b, f, f.MCP, "tasks:read")
	for name, call := range map[string]struct{ endpoint, access string }{"protected": {f.MCP, access}, "unprotected": {open.URL, ""}} {
		b.Run(name, func(b *testing.B) {
			client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 4}}
			for b.Loop() {
				callTool(b, client, call.endpoint, call.access)
			}
		})
	}
}

func callTool(b *testing.B, client *http.Client, endpoint, access string) {
	r, err := http.NewRequestWithContext(b.Context(), "POST", endpoint, strings.NewReader(listTasks))
	if err != nil {
		b.Fatal(err)
	}
	for name, value := range map[string]string{"Content-Type": "application/json", "Accept": "application/json, text/event-stream",
		"MCP-Protocol-Version": "2026-07-28", "Mcp-Method": "tools/call", "Mcp-Name": "list_tasks"} {
		r.Header.Set(name, value)
	}
	if access != "" {
		r.Header.Set("Authorization", "Bearer "+access)
	}
	answer, err := client.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer answer.Body.Close()
	if body, err := io.ReadAll(answer.Body); err != nil || !strings.Contains(string(body), `"total`) {
		b.Fatalf("%s: %s %v", answer.Status, body, err)
	}
}
