package mcpserver_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
)

const initialize = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}`

// inSession sends a message in a session and returns the status.
func inSession(t *testing.T, f *impl.Fixture, access, session, body string) int {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), "POST", f.MCP, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	for name, value := range map[string]string{"Content-Type": "application/json", "Accept": "application/json, text/event-stream",
		"Authorization": "Bearer " + access, "Mcp-Session-Id": session, "MCP-Protocol-Version": "2025-11-25"} {
		r.Header.Set(name, value)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	return answer.StatusCode
}

// A user who begins session after session closes their own oldest ones alone.
func TestSessionsOfUserAreBounded(t *testing.T) {
	f := protected(t, realm.Policy{Upstream: realm.Own})
	begin := func(access string) string {
		t.Helper()
		answer, body := post(t, f.MCP, access, initialize)
		if answer.StatusCode != 200 || answer.Header.Get("Mcp-Session-Id") == "" {
			t.Fatalf("%s %s", answer.Status, body)
		}
		return answer.Header.Get("Mcp-Session-Id")
	}
	greedy, other := tokenFor(t, f, f.MCP, "tasks:read"), tokenOf(t, f, "mcp-task-manager", "mcp-secret-12345")
	const most, ping = 32, `{"jsonrpc":"2.0","id":2,"method":"ping"}`
	ofOther := begin(other)
	var sessions []string
	for range most {
		sessions = append(sessions, begin(greedy))
	}
	if status := inSession(t, f, greedy, sessions[0], ping); status != 200 { // Used last from now on.
		t.Errorf("the first of as many as may be: %d", status)
	}
	for range 3 {
		sessions = append(sessions, begin(greedy))
	}
	for i, session := range sessions {
		want := 200
		if 1 <= i && i <= 3 {
			want = http.StatusNotFound
		}
		if status := inSession(t, f, greedy, session, ping); status != want {
			t.Errorf("session %d: %d, want %d", i, status, want)
		}
	}
	if status := inSession(t, f, other, ofOther, ping); status != 200 {
		t.Errorf("the session of another user: %d", status)
	}
}

// tokenOf gets a token of a demo client for the MCP server.
func tokenOf(t *testing.T, f *impl.Fixture, id, secret string) string {
	t.Helper()
	answer, err := http.PostForm(f.Issuer+"/oauth/token", url.Values{"grant_type": {"client_credentials"}, "client_id": {id}, "client_secret": {secret}, "resource": {f.MCP}, "scope": {"tasks:read"}})
	if err != nil {
		t.Fatal(err)
	}
	return accessToken(t, answer)
}
