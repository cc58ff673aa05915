//go:build full

package peers_test

import (
	"strings"
	"testing"
)

type tokens struct {
	Access  string `json:"access_token"`
	Refresh string `json:"refresh_token"`
	Scope   string `json:"scope"`
}

// The client of the MCP TypeScript SDK finds the authorization server by the
// refusal of an MCP server, registers, lets a person agree, calls a tool, and
// refreshes. It passes through the functions of the SDK that do each
// step alone: discoverAuthorizationServerMetadata, registerClient,
// startAuthorization, exchangeAuthorization, refreshAuthorization.
func TestMCPTypeScriptAuthorization(t *testing.T) {
	folder := install(t, "mcp-typescript")
	for _, method := range []string{"none", "client_secret_post", "client_secret_basic"} {
		t.Run(method, func(t *testing.T) {
			server := startProtected(t, beside)
			var results struct {
				Issuer, Iss, State, Again string
				Client                    struct {
					ID     string `json:"client_id"`
					Secret string `json:"client_secret"`
				}
				Who, AfterRefresh identity
				Tokens            []tokens
			}
			node(t, folder, "authorized.mjs", &results, server.URL, method)
			if results.Issuer != server.Fixture.Issuer || results.Iss != results.Issuer || results.State != "state-of-the-peer" {
				t.Errorf("discovered %q, came back from %q with the state %q", results.Issuer, results.Iss, results.State)
			}
			if results.Who.Subject != "user-123" || results.Who.ClientID != results.Client.ID || strings.Join(results.Who.Scopes, " ") != "tasks:read" {
				t.Errorf("the MCP server sees %+v, and %+v was registered", results.Who, results.Client)
			}
			if (results.Client.Secret == "") != (method == "none") {
				t.Errorf("registered with the secret %q", results.Client.Secret)
			}
			first, second := results.Tokens[0], results.Tokens[1]
			if results.AfterRefresh.Subject != "user-123" || second.Access == first.Access || second.Refresh == first.Refresh || server.Taken() != 2 {
				t.Errorf("after the refresh the MCP server sees %+v, and took %d tokens", results.AfterRefresh, server.Taken())
			}
			if results.Again != "invalid_grant" {
				t.Errorf("a used refresh token: %s", results.Again)
			}
		})
	}
}
