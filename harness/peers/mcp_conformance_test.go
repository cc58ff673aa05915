//go:build full

package peers_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// notDone are the scenarios of what our client does not do, on purpose.
var notDone = map[string]string{
	"auth/2025-03-26-oauth-metadata-backcompat": "an MCP server without protected resource metadata is refused",
	"auth/2025-03-26-oauth-endpoint-fallback":   "an authorization server without metadata does not say that it supports PKCE",
	"auth/cross-app-access-complete-flow":       "the client gets no identity assertion authorization grants",
}

// The conformance tests of the Model Context Protocol examine our client
// (https://github.com/modelcontextprotocol/conformance). They need Node 22.
func TestMCPConformance(t *testing.T) {
	folder, agent := install(t, "mcp-conformance"), binary(t)+" agent conformance"
	run := func(args ...string) ([]byte, error) {
		command := exec.CommandContext(t.Context(), newNode(folder), append([]string{"node_modules/@modelcontextprotocol/conformance/dist/index.js"}, args...)...)
		command.Dir = folder
		return command.CombinedOutput()
	}
	listed, err := run("list")
	if err != nil {
		t.Fatalf("%v\n%s", err, listed)
	}
	_, clients, _ := strings.Cut(string(listed), "Client scenarios")
	scenarios := regexp.MustCompile(`(?m)^  - (auth/\S+)`).FindAllStringSubmatch(clients, -1)
	if len(scenarios) < 20 {
		t.Fatalf("only %d scenarios: %s", len(scenarios), listed)
	}
	for _, match := range append(scenarios, []string{"", "initialize"}, []string{"", "tools_call"}) {
		scenario := match[1]
		t.Run(scenario, func(t *testing.T) {
			output, err := run("client", "--command", agent, "--scenario", scenario)
			if reason := notDone[scenario]; (err != nil) != (reason != "") {
				t.Errorf("%v, though %q\n%s", err, reason, output)
			}
		})
	}
}

// newNode is the Node beside the tests, where there is one for this machine.
func newNode(folder string) string {
	found, err := filepath.Glob(filepath.Join(folder, "node_modules", "node-*", "bin", "node"))
	if i := slices.IndexFunc(found, func(path string) bool { _, err := os.Stat(path); return err == nil }); err == nil && i >= 0 {
		return found[i]
	}
	return "node"
}
