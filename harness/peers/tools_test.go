//go:build full

package peers_test

import (
	"encoding/json"
	"testing"

	"github.com/modelcontextprotocol/go-sdk/auth"
	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/modelcontextprotocol/go-sdk/oauthex"

	"github.com/grantproof/grantproof/impl"
)

// startTools starts the reference system with its MCP server, which exchanges
// the tokens of its callers.
func startTools(t *testing.T) *impl.Fixture {
	t.Helper()
	return start(t, impl.Config{MCPServer: "127.0.0.1:0"})
}

// The client of the MCP Go SDK reaches the tools, from the first 401 on.
func TestMCPGoClientReachesTools(t *testing.T) {
	f := startTools(t)
	handler, err := auth.NewAuthorizationCodeHandler(&auth.AuthorizationCodeHandlerConfig{
		DynamicClientRegistrationConfig: &auth.DynamicClientRegistrationConfig{Metadata: &oauthex.ClientRegistrationMetadata{
			ClientName: "Go agent", RedirectURIs: []string{callback}, GrantTypes: []string{"authorization_code", "refresh_token"}, TokenEndpointAuthMethod: "none",
		}},
		AuthorizationCodeFetcher: open,
	})
	if err != nil {
		t.Fatal(err)
	}
	session := (&protected{URL: f.MCP}).connect(t, handler)
	result, err := session.CallTool(t.Context(), &mcp.CallToolParams{Name: "list_tasks"})
	if err != nil || result.IsError {
		t.Fatalf("%+v, %v", result, err)
	}
	checkTasks(t, result.StructuredContent)
}

// The client of the MCP TypeScript SDK does, and refreshes.
func TestMCPTypeScriptReachesTools(t *testing.T) {
	f := startTools(t)
	var results struct {
		Who, AfterRefresh json.RawMessage
		Again             string
	}
	node(t, install(t, "mcp-typescript"), "authorized.mjs", &results, f.MCP, "none", "list_tasks")
	checkTasks(t, results.Who)
	checkTasks(t, results.AfterRefresh)
	if results.Again != "invalid_grant" {
		t.Errorf("a used refresh token: %s", results.Again)
	}
}

func checkTasks(t *testing.T, content any) {
	t.Helper()
	written, err := json.Marshal(content)
	if err != nil {
		t.Fatal(err)
	}
	var list struct {
		Total int `json:"total"`
		Tasks []struct {
			UserID string `json:"user_id"`
		} `json:"tasks"`
	}
	if err := json.Unmarshal(written, &list); err != nil || list.Total != 2 || list.Tasks[0].UserID != "user-123" {
		t.Errorf("the tasks are %s", written)
	}
}
