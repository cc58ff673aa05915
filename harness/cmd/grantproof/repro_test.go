package main

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
)

var (
	expectedStatus = regexp.MustCompile(`(?m)^# it was answered with (\d+)`)
	observedStatus = regexp.MustCompile(`(?m)^== (.*)\nHTTP/1.1 (\d+)`)
)

// A script repeats a scenario: every request is answered as it was, with fresh
// values.
func TestReproductions(t *testing.T) {
	if testing.Short() {
		t.Skip("it starts a thousand processes; make full has it")
	}
	folder := t.TempDir()
	build := exec.Command("go", "build", "-o", filepath.Join(folder, "grantproof"), ".")
	if output, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	for _, id := range []string{
		"authorization_server/pkce#the-code-challenge-is-refused-as-a-code-verifier",
		"authorization_server/pkce#a-code-verifier-of-42-characters-is-refused",
		"authorization_server/authorization_code#a-code-that-was-redeemed-is-refused",
		"authorization_server/client_authentication#two-authentication-methods-at-once-are-refused",
		"authorization_server/client_assertion_claims#a-client-assertion-with-another-audience-is-refused",
		"authorization_server/client_assertion_signature#a-client-assertion-signed-by-a-stranger-is-refused",
		"authorization_server/client_assertion_signature#a-client-assertion-that-was-changed-after-it-was-signed-is-refused",
		"authorization_server/client_assertion_audience#a-client-assertion-that-was-used-before-is-refused",
		"authorization_server/client_secret_jwt#the-client-authenticates-with-the-mac-of-a-jwt",
		"authorization_server/token_exchange_tokens#a-revoked-subject-token-is-refused",
		"authorization_server/token_exchange_delegation#a-token-that-is-exchanged-again-names-both-actors",
		"authorization_server/metadata#the-key-set-holds-only-public-keys",
		"resource_server/token_validation#a-token-for-another-resource-is-refused",
		"mcp_server/sessions_and_upstream#the-session-of-another-client-is-refused",
		"mcp_server/scope#a-call-beyond-the-scope-of-the-token-gets-403-on-2026-07-28",
		"mcp_server/token_validation#a-token-that-was-issued-for-another-resource-is-refused-by-the-mcp-server",
		"demo/token#the-client-mcp-task-manager-gets-a-token-with-a-json-request",
	} {
		t.Run(id, func(t *testing.T) {
			var script, problems bytes.Buffer
			if code := execute(t.Context(), []string{"run", "--repro", id}, &script, &problems); code != 0 {
				t.Fatalf("exit code %d: %s", code, problems.String())
			}
			shell := exec.CommandContext(t.Context(), "sh", "-c", script.String())
			shell.Env = append(os.Environ(), "PATH="+folder+":/usr/bin:/bin",
				"AUTHSERVER_PORT="+freePort(t), "RESOURCESERVER_PORT="+freePort(t), "MCPSERVER_PORT="+freePort(t), "CONTROL_PORT="+freePort(t))
			output, err := shell.CombinedOutput()
			if err != nil {
				t.Fatalf("%v\n%s\n%s", err, script.String(), output)
			}
			want, got := statuses(expectedStatus.FindAllStringSubmatch(script.String(), -1)), answers(string(output))
			if len(want) == 0 || !slices.Equal(got, want) {
				t.Errorf("answered with %v, want %v\n%s", got, want, output)
			}
		})
	}
}

func statuses(matches [][]string) []string {
	var all []string
	for _, match := range matches {
		all = append(all, match[len(match)-1])
	}
	return all
}

// answers are the statuses of what was not merely arranged.
func answers(output string) []string {
	matches := observedStatus.FindAllStringSubmatch(strings.ReplaceAll(output, "\r", ""), -1)
	return statuses(slices.DeleteFunc(matches, func(match []string) bool { return strings.HasPrefix(match[1], "arrange") }))
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
