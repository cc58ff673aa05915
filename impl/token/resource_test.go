package token_test

import (
	"testing"

	"github.com/grantproof/grantproof/impl/token"
)

// Scheme and host are the same in upper case, and nothing else is.
func TestCanonicalResource(t *testing.T) {
	for identifier, want := range map[string]string{
		"HTTPS://MCP.Example.COM:8443/Tools?Q=1": "https://mcp.example.com:8443/Tools?Q=1",
		"HTTPS://MCP.Example":                    "https://mcp.example",
		"https://mcp.example/MCP":                "https://mcp.example/MCP",
		"urn:example:MCP":                        "urn:example:MCP",
		"":                                       "",
	} {
		if got := token.CanonicalResource(identifier); got != want {
			t.Errorf("%s is %s, want %s", identifier, got, want)
		}
	}
}
