package mcpserver_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
)

// protected starts the reference system with its MCP server.
func protected(t *testing.T, policy realm.Policy) *impl.Fixture {
	t.Helper()
	policy.Documented, policy.Verify = true, realm.ByJWT
	f, err := impl.Start(impl.Config{AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", MCPServer: "127.0.0.1:0", Policy: policy})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	return f
}

// tokenFor gets a token of the demo's agent for a resource.
func tokenFor(t testing.TB, f *impl.Fixture, resource, scope string) string {
	t.Helper()
	answer, err := http.PostForm(f.Issuer+"/oauth/token", url.Values{"grant_type": {"client_credentials"}, "client_id": {"ai-agent-assistant"},
		"client_secret": {"agent-secret-67890"}, "resource": {resource}, "scope": {scope}})
	if err != nil {
		t.Fatal(err)
	}
	return accessToken(t, answer)
}

// accessToken reads a token response.
func accessToken(t testing.TB, answer *http.Response) string {
	t.Helper()
	defer answer.Body.Close()
	var body struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&body); err != nil || body.AccessToken == "" {
		t.Fatalf("no token: %s, %v", answer.Status, err)
	}
	return body.AccessToken
}

type withToken string

func (w withToken) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.Header.Set("Authorization", "Bearer "+string(w))
	return http.DefaultTransport.RoundTrip(r)
}

// The official client uses the tools with a token for this server, whichever
// revision it speaks.
func TestHTTP(t *testing.T) {
	f := protected(t, realm.Policy{Upstream: realm.Own})
	access := tokenFor(t, f, f.MCP, "tasks:read tasks:write user:read")
	for _, revision := range []string{"2025-11-25", "2026-07-28"} {
		t.Run(revision, func(t *testing.T) {
			session, err := mcp.NewClient(&mcp.Implementation{Name: "test", Version: "1"}, nil).Connect(t.Context(),
				&mcp.StreamableClientTransport{Endpoint: f.MCP, HTTPClient: &http.Client{Transport: withToken(access)}}, &mcp.ClientSessionOptions{ProtocolVersion: revision})
			if err != nil {
				t.Fatal(err)
			}
			defer session.Close()
			listed, err := session.ListTools(t.Context(), nil)
			if err != nil || len(listed.Tools) != 7 {
				t.Fatalf("%v, %v", listed, err)
			}
			for tool, want := range map[string]string{"summarize_tasks": `"username":"demo-user"`, "list_tasks": "task-1", "get_user": "demo@example.com"} {
				result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: tool})
				if err != nil || result.IsError || !strings.Contains(result.Content[0].(*mcp.TextContent).Text, want) {
					t.Errorf("%s: %+v, %v", tool, result, err)
				}
			}
		})
	}
}

func post(t *testing.T, endpoint, access, body string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "POST", endpoint, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "application/json, text/event-stream")
	if access != "" {
		r.Header.Set("Authorization", "Bearer "+access)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	content, _ := io.ReadAll(answer.Body)
	return answer, string(content)
}

// What is refused, and with which challenge.
func TestHTTPRefuses(t *testing.T) {
	f := protected(t, realm.Policy{Upstream: realm.Own})
	call := `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"summarize_tasks"}}`
	for name, test := range map[string]struct {
		access    string
		status    int
		challenge []string
	}{
		"no token":      {"", 401, []string{`scope="tasks:read user:read"`, `resource_metadata="` + strings.TrimSuffix(f.MCP, "/mcp") + `/.well-known/oauth-protected-resource/mcp"`}},
		"for the API":   {tokenFor(t, f, f.Resource, "tasks:read"), 401, []string{`error="invalid_token"`}},
		"lacks a scope": {tokenFor(t, f, f.MCP, "tasks:read"), 403, []string{`error="insufficient_scope"`, `scope="tasks:read user:read"`, "resource_metadata="}},
	} {
		answer, body := post(t, f.MCP, test.access, call)
		if answer.StatusCode != test.status {
			t.Errorf("%s: %s %s", name, answer.Status, body)
		}
		for _, want := range test.challenge {
			if challenge := answer.Header.Get("WWW-Authenticate"); !strings.Contains(challenge, want) {
				t.Errorf("%s: the challenge %s lacks %s", name, challenge, want)
			}
		}
	}
}
