//go:build full

// Package peers_test runs clients that others wrote against the reference
// system: golang.org/x/oauth2, the MCP SDKs for Go and TypeScript, and
// openid-client. `make full` runs it; Node and npm must be there.
package peers_test

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
)

type call struct {
	Failed  bool           `json:"failed"`
	Content map[string]any `json:"content"`
	Text    string         `json:"text"`
}

// The client of the MCP TypeScript SDK lists and calls the four tools over
// stdio.
func TestMCPTypeScriptClient(t *testing.T) {
	folder := install(t, "mcp-typescript")
	fixture, err := impl.Start(impl.Config{AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", Policy: realm.Policy{Documented: true}})
	if err != nil {
		t.Fatal(err)
	}
	defer fixture.Close()
	client := exec.CommandContext(t.Context(), "node", "client.mjs", binary(t), "mcp")
	client.Dir, client.Stderr = folder, os.Stderr
	client.Env = append(os.Environ(), "AUTH_SERVER_URL="+fixture.Issuer, "RESOURCE_SERVER_URL="+fixture.Resource)
	output, err := client.Output()
	if err != nil {
		t.Fatal(err)
	}
	var results struct {
		Tools                                []string
		List, Created, Updated, Got, Missing call
	}
	if err := json.Unmarshal(output, &results); err != nil {
		t.Fatalf("%v: %s", err, output)
	}
	if want := []string{"create_task", "get_task", "list_tasks", "update_task"}; !slices.Equal(results.Tools, want) {
		t.Errorf("tools %v, want %v", results.Tools, want)
	}
	for name, got := range map[string]call{"list": results.List, "created": results.Created, "updated": results.Updated, "got": results.Got} {
		if got.Failed {
			t.Errorf("%s failed: %s", name, got.Text)
		}
	}
	if results.List.Content["total"] != float64(3) || results.Got.Content["status"] != "completed" {
		t.Errorf("list %v, got %v", results.List.Content, results.Got.Content)
	}
	if !results.Missing.Failed || !strings.Contains(results.Missing.Text, "task-99") {
		t.Errorf("a missing task: %+v", results.Missing)
	}
}

// install copies a peer to a temporary folder and installs its packages as its
// lock file says, once for all tests.
func install(t *testing.T, name string) string {
	t.Helper()
	folder := filepath.Join(scratch, name)
	if _, err := os.Stat(folder); err == nil {
		return folder
	}
	if err := os.CopyFS(folder, os.DirFS(name)); err != nil {
		t.Fatal(err)
	}
	npm := exec.CommandContext(t.Context(), "npm", "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error")
	npm.Dir = folder
	if output, err := npm.CombinedOutput(); err != nil {
		_ = os.RemoveAll(folder)
		t.Fatalf("the packages of %s could not be installed; are Node and npm there? %v\n%s", name, err, output)
	}
	return folder
}
