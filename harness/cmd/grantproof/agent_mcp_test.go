package main

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/modelcontextprotocol/go-sdk/oauthex"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/harness/world"
	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
)

// startMCP starts an MCP server with one tool, and the authorization server that
// it names, and returns its URL.
func startMCP(t *testing.T) string {
	t.Helper()
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	endpoint, document := server.URL+"/mcp", server.URL+"/.well-known/oauth-protected-resource/mcp"
	fixture, err := impl.Start(impl.Config{AuthServer: "127.0.0.1:0", Policy: realm.Policy{Resources: []string{endpoint}, Registration: realm.RegistrationOpen}})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = fixture.Close() })
	mux.Handle("/.well-known/oauth-protected-resource/mcp", auth.ProtectedResourceMetadataHandler(&oauthex.ProtectedResourceMetadata{
		Resource: endpoint, AuthorizationServers: []string{fixture.Issuer}, ScopesSupported: []string{"tasks:read"},
	}))
	tools := mcp.NewServer(&mcp.Implementation{Name: "tasks", Version: "1"}, nil)
	mcp.AddTool(tools, &mcp.Tool{Name: "list_tasks"}, func(context.Context, *mcp.CallToolRequest, struct{}) (*mcp.CallToolResult, any, error) {
		return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: "ok"}}}, map[string]any{"tasks": []any{}, "total": 0}, nil
	})
	type search struct {
		Query string   `json:"query"`
		Limit int      `json:"limit,omitempty"`
		Open  bool     `json:"open,omitempty"`
		Tags  []string `json:"tags,omitempty"`
	}
	mcp.AddTool(tools, &mcp.Tool{Name: "search", Description: "Search for\nissues."}, func(_ context.Context, _ *mcp.CallToolRequest, in search) (*mcp.CallToolResult, any, error) {
		return &mcp.CallToolResult{Content: []mcp.Content{&mcp.TextContent{Text: fmt.Sprintf("%q %d %v %q", in.Query, in.Limit, in.Open, in.Tags)}}}, nil, nil
	})
	guard := auth.RequireBearerToken(forResource(endpoint), &auth.RequireBearerTokenOptions{ResourceMetadataURL: document})
	mux.Handle("/mcp", guard(mcp.NewStreamableHTTPHandler(func(*http.Request) *mcp.Server { return tools }, nil)))
	return endpoint
}

// forResource takes tokens that say that they are for the resource; who issued
// them is for other tests.
func forResource(resource string) auth.TokenVerifier {
	return func(_ context.Context, text string, _ *http.Request) (*auth.TokenInfo, error) {
		claims := jwt.MapClaims{}
		_, _, err := jwt.NewParser().ParseUnverified(text, claims)
		if audience, _ := claims.GetAudience(); err != nil || len(audience) != 1 || audience[0] != resource {
			return nil, fmt.Errorf("%w: %v is for %v", auth.ErrInvalidToken, err, audience)
		}
		return &auth.TokenInfo{Expiration: time.Now().Add(time.Minute)}, nil
	}
}

// terminal is where the person reads, who opens the URL that appears there.
type terminal struct {
	bytes.Buffer
	opened int
}

var printedURL = regexp.MustCompile(`(?m)^http\S+$`)

// Write implements io.Writer.
func (p *terminal) Write(text []byte) (int, error) {
	if address := printedURL.Find(text); address != nil {
		p.opened++
		go agree(string(address))
	}
	return p.Buffer.Write(text)
}

func agree(authorization string) {
	asked, _ := url.Parse(authorization)
	back := asked.Query().Get("redirect_uri")
	browser := useragent.New(&exchange.Log{Client: world.NewHTTPClient(10 * time.Second)})
	browser.Person = &useragent.Person{Username: "demo-user", Password: realm.DemoPassword, Decision: useragent.Approves}
	if arrival, err := browser.Open(context.Background(), useragent.Visit{Address: authorization}, back); err == nil && arrival.Returned != nil {
		if response, err := http.Get(back + "?" + arrival.Returned.Encode()); err == nil {
			_ = response.Body.Close()
		}
	}
}

// The agent acts by an MCP server: a person agrees once, and not again while what
// was kept serves.
func TestAgentByMCP(t *testing.T) {
	server, kept := startMCP(t), filepath.Join(t.TempDir(), "credentials.json")
	var person terminal
	for range 2 {
		var out bytes.Buffer
		call := []string{"agent", "--mcp", server, "--no-browser", "--credentials", kept, "list-tasks"}
		if code := execute(t.Context(), call, &out, &person); code != 0 || out.String() != "0 tasks.\n" {
			t.Fatalf("exit code %d, %q; %s", code, out.String(), person.String())
		}
	}
	if person.opened != 1 {
		t.Errorf("the person was asked %d times: %s", person.opened, person.String())
	}
}

// A secret is for the authorization server that is named, and for no other.
func TestAgentWithSecret(t *testing.T) {
	t.Setenv("CLIENT_SECRET", "secret")
	t.Setenv("AUTH_SERVER_URL", "")
	var out, problems bytes.Buffer
	call := []string{"agent", "list-tasks", "--mcp", "https://mcp.example.com", "--client-id", "a"}
	if code := execute(t.Context(), call, &out, &problems); code != 2 || !strings.Contains(problems.String(), "--issuer is missing") {
		t.Errorf("exit code %d, said %q", code, problems.String())
	}
}

// What the conformance tests say is read before anything is sent.
func TestAgentConformance(t *testing.T) {
	t.Setenv("MCP_CONFORMANCE_CONTEXT", `{"client_id": "a", "private_key_pem": "nonsense"}`)
	var out, problems bytes.Buffer
	call := []string{"agent", "conformance", "http://127.0.0.1:1/mcp"}
	if code := execute(t.Context(), call, &out, &problems); code != 1 || !strings.Contains(problems.String(), "the private key is no PEM") {
		t.Errorf("exit code %d, said %q", code, problems.String())
	}
	t.Setenv("MCP_CONFORMANCE_CONTEXT", "[")
	if code := execute(t.Context(), call, &out, &problems); code != 2 || !strings.Contains(problems.String(), "is no JSON object") {
		t.Errorf("exit code %d, said %q", code, problems.String())
	}
}
