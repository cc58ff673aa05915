//go:build full

package peers_test

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/oauthclient"
)

const exampleServer = "node_modules/@modelcontextprotocol/sdk/dist/esm/examples/server/simpleStreamableHttp.js"

// Our client reaches a tool of the example server of the MCP TypeScript SDK,
// which takes no token but those that its demo authorization server issued for
// it. There everybody is signed in and agrees.
func TestExampleServerOfTypeScriptSDK(t *testing.T) {
	server := startExample(t)
	response, err := http.Post(server, "application/json", strings.NewReader("{}"))
	if err != nil || response.Body.Close() != nil || response.StatusCode != http.StatusUnauthorized {
		t.Fatalf("without a token the server answers %+v, %v", response, err)
	}
	for name, version := range map[string]string{"2025-11-25": "2025-11-25", "newest first": ""} {
		t.Run(name, func(t *testing.T) {
			opened := 0
			handler, err := oauthclient.NewHandler(oauthclient.HandlerConfig{
				Server:       server,
				Registration: &oauth.ClientMetadata{ClientName: new("Go agent")},
				Browser:      func(ctx context.Context, address string) error { opened++; return follow(ctx, address) },
				Patience:     20 * time.Second,
			})
			if err != nil {
				t.Fatal(err)
			}
			client := mcp.NewClient(&mcp.Implementation{Name: "grantproof", Version: "1"}, nil)
			session, err := client.Connect(t.Context(), &mcp.StreamableClientTransport{
				Endpoint: server, HTTPClient: handler.HTTPClient(), OAuthHandler: handler, DisableStandaloneSSE: true,
			}, &mcp.ClientSessionOptions{ProtocolVersion: version})
			if err != nil {
				t.Fatal(err)
			}
			defer session.Close()
			result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "greet", Arguments: map[string]any{"name": "Ada"}})
			if err != nil || result.IsError || len(result.Content) != 1 || opened != 1 {
				t.Fatalf("called with %+v, %v after %d visits of the browser", result, err, opened)
			}
			if text, ok := result.Content[0].(*mcp.TextContent); !ok || text.Text != "Hello, Ada!" {
				t.Errorf("the tool says %+v", result.Content[0])
			}
		})
	}
}

// startExample starts the example server and its authorization server and
// returns the URL of the former.
func startExample(t *testing.T) string {
	t.Helper()
	port := freePort(t)
	command := exec.CommandContext(t.Context(), "node", exampleServer, "--oauth", "--oauth-strict")
	command.Dir, command.Stderr = install(t, "mcp-typescript"), os.Stderr
	command.Env = append(os.Environ(), "MCP_PORT="+port, "MCP_AUTH_PORT="+freePort(t))
	output, err := command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = command.Process.Kill(); _ = command.Wait() })
	lines := bufio.NewScanner(output)
	for listening := 0; listening < 2; {
		if !lines.Scan() {
			t.Fatal("the example server ended before it listened")
		}
		if strings.Contains(lines.Text(), "listening on port") {
			listening++
		}
	}
	go func() {
		for lines.Scan() { // It tells each request, and would wait for a reader.
		}
	}()
	return "http://localhost:" + port + "/mcp"
}

func freePort(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return fmt.Sprint(listener.Addr().(*net.TCPAddr).Port)
}

// follow is a browser which goes where it is sent.
func follow(ctx context.Context, address string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	return response.Body.Close()
}
