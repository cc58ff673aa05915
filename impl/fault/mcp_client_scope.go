package fault

import (
	"fmt"
	"github.com/grantproof/grantproof/impl/seam"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

var _ = add([]Fault{
	{
		Name:     "challenge-cut-to-supported-scopes",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "scope-selection-strategy/no-set-relation"},
		Summary:  "On its first authorization the client drops challenged scopes that scopes_supported does not list.",
		Client: func(c *seam.Client) {
			sent, supported := 0, supportedScopes(c)
			seam.Authorizing(func(q url.Values) {
				if sent++; sent == 1 {
					q.Set("scope", strings.Join(slices.DeleteFunc(strings.Fields(q.Get("scope")), supported.unlisted), " "))
				}
			})(c)
		},
	},
	{
		Name:     "step-up-cut-to-supported-scopes",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "scope-selection-strategy/no-set-relation"},
		Summary:  "On step-up the client drops challenged scopes that scopes_supported does not list.",
		Client: func(c *seam.Client) {
			sent, supported := 0, supportedScopes(c)
			seam.Authorizing(func(q url.Values) {
				if sent++; sent > 1 {
					q.Set("scope", strings.Join(slices.DeleteFunc(strings.Fields(q.Get("scope")), supported.unlisted), " "))
				}
			})(c)
		},
	},
	{
		Name:     "unlisted-challenge-ignored",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "scope-selection-strategy/no-set-relation"},
		Summary:  "If scopes_supported does not list a challenged scope, the client requests scopes_supported instead.",
		Client: func(c *seam.Client) {
			supported := supportedScopes(c)
			seam.Authorizing(func(q url.Values) {
				if slices.ContainsFunc(strings.Fields(q.Get("scope")), supported.unlisted) {
					q.Set("scope", strings.Join(supported.scopes, " "))
				}
			})(c)
		},
	},
	{
		Name:     "scopes-not-united",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "step-up/union", mcpSpec + "scope-selection-strategy/granted-scopes-kept", "mcp-security-scope-minimization/scope-union"},
		Summary:  "On step-up the client requests the missing scopes alone and loses the earlier ones.",
		Client: func(c *seam.Client) {
			granted := ""
			seam.Authorizing(func(q url.Values) {
				rest := slices.DeleteFunc(strings.Fields(q.Get("scope")), func(name string) bool { return slices.Contains(strings.Fields(granted), name) })
				granted = q.Get("scope")
				q.Set("scope", strings.Join(rest, " "))
			})(c)
		},
	},
})

// supported are the scopes that the metadata of an MCP server list.
type supported struct{ scopes []string }

// supportedScopes has the client know them.
func supportedScopes(c *seam.Client) *supported {
	s := &supported{}
	seam.Reading(seam.AsksResource, func(_ *http.Request, metadata map[string]any) {
		s.scopes = nil
		listed, _ := metadata["scopes_supported"].([]any)
		for _, scope := range listed {
			s.scopes = append(s.scopes, fmt.Sprint(scope))
		}
	})(c)
	return s
}

// unlisted: whether a client may stay is between it and the authorization server.
func (s *supported) unlisted(scope string) bool {
	return scope != "offline_access" && len(s.scopes) > 0 && !slices.Contains(s.scopes, scope)
}
