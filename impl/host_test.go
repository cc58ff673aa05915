package impl_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/netip"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/realm"
)

// as sends a request with a Host of its own and returns the answer.
func as(t *testing.T, host, method, address, media, body string, headers ...string) (int, string) {
	t.Helper()
	request, err := http.NewRequest(method, address, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	request.Host = host
	request.Header.Set("Content-Type", media)
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	content, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(content)
}

const approval = `{"client_id":"web-app","user_id":"user-123","redirect_uri":"http://localhost:3000/callback"}`

// A page whose name resolves to this machine reaches none of the demo's servers;
// this machine and the host of a public URL do.
func TestForeignHost(t *testing.T) {
	f, err := impl.Start(impl.Config{
		AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", MCPServer: "127.0.0.1:0", Control: "127.0.0.1:0", Metrics: "127.0.0.1:0",
		Resource: "https://api.example.com", MCP: "https://mcp.example.com/mcp", Policy: realm.Policy{Documented: true},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	for name, server := range servers(f) {
		for host, foreign := range map[string]bool{
			"evil.example": true, "localhost.evil.example:4000": true, "192.0.2.1": true,
			"localhost:4000": false, "[::1]:4000": false, "api.example.com": false, "mcp.example.com": false,
		} {
			status, body := as(t, host, "GET", server+"/health", "", "")
			if refused := status == http.StatusMisdirectedRequest; refused != foreign {
				t.Errorf("%s answers Host %s with %d %s", name, host, status, body)
			}
		}
	}
	if status, body := as(t, "evil.example:4000", "POST", f.Issuer+"/oauth/authorize", "application/json", approval); status != 421 || strings.Contains(body, `"code"`) {
		t.Errorf("a foreign Host approves: %d %s", status, body)
	}
}

// servers are the addresses at which the servers of f listen.
func servers(f *impl.Fixture) map[string]string {
	listening := map[string]string{"the control plane": f.ControlURL, "the metrics": f.MetricsURL, "the authorization server": f.Issuer}
	for name, address := range f.Addresses() {
		listening[name] = address
	}
	return listening
}

// Direct approval is not for pages of other origins.
func TestForeignOrigin(t *testing.T) {
	f := start(t, realm.Policy{Documented: true})
	for _, test := range []struct {
		header, value string
		want          int
	}{
		{"Origin", "https://evil.example", 403}, {"Origin", "null", 403}, {"Sec-Fetch-Site", "cross-site", 403}, {"Sec-Fetch-Site", "same-site", 403},
		{"Origin", f.Issuer, 200}, {"Sec-Fetch-Site", "same-origin", 200}, {"X-Nothing", "", 200},
	} {
		if status, body := as(t, "", "POST", f.Issuer+"/oauth/authorize", "application/json", approval, test.header, test.value); status != test.want {
			t.Errorf("%s: %s is answered with %d %s, want %d", test.header, test.value, status, body, test.want)
		}
	}
}

// A hardened server answers the Host that its proxy sends, also on this machine.
func TestHostBehindProxy(t *testing.T) {
	f, err := impl.Start(impl.Config{
		AuthServer: "127.0.0.1:0", MCPServer: "127.0.0.1:0", MCP: "https://mcp.example.com/mcp", MCPSecret: "s", ResourceSecret: "s",
		Bare: true, TrustedProxies: []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	status, body := as(t, "", "POST", f.Issuer+"/oauth/token", form, "grant_type=client_credentials&resource=https://mcp.example.com/mcp", "Authorization", "Basic dGFzay1tY3A6cw==")
	var token struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(body), &token); err != nil || status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	const initialize = `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}`
	status, body = as(t, "mcp.example.com", "POST", f.Addresses()["mcp-server"]+"/mcp", "application/json", initialize,
		"Authorization", "Bearer "+token.AccessToken, "Accept", "application/json, text/event-stream")
	if status != 200 {
		t.Errorf("the MCP server behind a proxy answers with %d %s", status, body)
	}
}

// A hardened server has no way to be broken on purpose.
func TestNothingIsBrokenInProduction(t *testing.T) {
	hardened := impl.Config{AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", ResourceSecret: "a-secret-of-the-resource-server-itself", Bare: true}
	for name, change := range map[string]func(*impl.Config){
		"fault":         func(c *impl.Config) { c.Faults = []string{"code-accepted-twice"} },
		"chaos":         func(c *impl.Config) { c.Chaos = &fault.Chaos{} },
		"control plane": func(c *impl.Config) { c.Control = "127.0.0.1:0" },
	} {
		config := hardened
		change(&config)
		if f, err := impl.Start(config); err == nil {
			f.Close()
			t.Errorf("with a %s it starts", name)
		}
	}
	f, err := impl.Start(hardened)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	if !f.Realms.Root().Sound() {
		t.Error("something stands in the place of what is sound")
	}
}
