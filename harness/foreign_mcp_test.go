package harness_test

import (
	"cmp"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
)

// opens and beyond are what becomes of the revisions of the protocol.
const (
	opens  = "mcp_server/token_required#a-token-of-the-authorization-server-opens-the-mcp-server-on-2025-11-25"
	beyond = "mcp_server/token_required#a-token-of-the-authorization-server-opens-the-mcp-server-on-2026-07-28"
)

// An MCP server is examined by its URL alone, though its authorization server
// issues tokens only for codes, only where the resource is named, and only to
// clients that show their secret in the body; and though it speaks one revision.
func TestMCPServerOfAnotherMake(t *testing.T) {
	verdicts := examineTools(t, &yourTools{})
	for _, id := range []string{
		opens, "mcp_server/token_validation#a-changed-token-gets-401-on-2025-11-25",
		"authorization_server/authorization_code#a-fresh-code-is-exchanged-for-an-access-token",
		"authorization_server/authorization_code#a-redemption-with-a-wrong-secret-is-refused",
	} {
		if verdicts[id].Verdict != report.Passed {
			t.Errorf("%s is %s", id, verdicts[id].Verdict)
		}
	}
	if got := verdicts[beyond]; got.Verdict != report.NotApplicable || !strings.Contains(*got.Reason, "it speaks 2025-11-25") {
		t.Errorf("what the server does not speak is %s", got.Verdict)
	}
}

// Where no more clients may register, those that did act again; that there were
// too many requests is no verdict about the server.
func TestMCPServerThatRegistersFewClients(t *testing.T) {
	verdicts := examineTools(t, &yourTools{registers: 12})
	if got := verdicts[opens].Verdict; got != report.Passed {
		t.Errorf("with a client that registered before, %s is %s", opens, got)
	}
	limited := 0
	for id, scenario := range verdicts {
		if scenario.Reason != nil && strings.Contains(*scenario.Reason, "status 429") {
			if limited++; scenario.Verdict != report.Inconclusive {
				t.Errorf("%s could not be asked, and is %s", id, scenario.Verdict)
			}
		}
		if strings.HasPrefix(id, "mcp_server/") && scenario.Verdict == report.Failed {
			t.Errorf("%s failed", id)
		}
	}
	if limited == 0 {
		t.Error("no scenario tells that the server registers no more clients")
	}
}

// A server that begins sessions and then knows no method speaks the revision all the
// same: what it does not do is seen.
func TestMCPServerThatOnlyInitializes(t *testing.T) {
	verdicts := examineTools(t, &yourTools{initializes: true})
	if got := verdicts[opens]; got.Verdict != report.Failed {
		t.Errorf("%s is %s", opens, got.Verdict)
		if got.Reason != nil {
			t.Log(*got.Reason)
		}
	}
}

// Metadata that only a challenge points to are one mistake: they are not at the
// well-known URI. What they say is examined all the same.
func TestMCPServerWhoseChallengeAloneNamesMetadata(t *testing.T) {
	usual := examineTools(t, &yourTools{})
	for id, scenario := range examineTools(t, &yourTools{metadata: "/about-the-tools"}) {
		want := usual[id].Verdict
		if id == "mcp_server/resource_metadata#the-well-known-uri-of-the-mcp-server-leads-to-its-metadata" {
			want = report.Failed
		}
		if scenario.Verdict != want {
			t.Errorf("%s is %s, want %s: %s", id, scenario.Verdict, want, reasonOf(scenario))
		}
	}
}

func examineTools(t *testing.T, tools *yourTools) map[string]report.Scenario {
	t.Helper()
	server := httptest.NewServer(tools)
	t.Cleanup(server.Close)
	tools.url = server.URL
	result, err := harness.Run(t.Context(), harness.Config{
		Target: &target.Target{Name: "your MCP server", MCPServer: target.MCPServer{URL: server.URL + "/mcp"}},
		Only:   []string{"authorization_server/authorization_code", "mcp_server/*"},
	})
	if err != nil {
		t.Fatal(err)
	}
	verdicts := map[string]report.Scenario{}
	for _, scenario := range result.Scenarios {
		verdicts[scenario.ID] = scenario
		if scenario.Verdict == report.Inconclusive && !tools.initializes && !strings.Contains(*scenario.Reason, "status 429") {
			t.Errorf("%s is inconclusive: %s", scenario.ID, *scenario.Reason)
		}
	}
	return verdicts
}

// yourTools is an MCP server with its authorization server, which approves at
// once.
type yourTools struct {
	url       string
	registers int // How many clients; 0: each.

	initializes bool   // And nothing else.
	metadata    string // The path of its metadata; "" is the well-known one.
	anything    bool   // Tokens are issued for any resource.

	mu     sync.Mutex
	secret map[string]string     // By client.
	codes  map[string]url.Values // What they were asked for with.
	tokens map[string]bool       // Whether it is for the MCP server.

	resources map[string]bool // Those that tokens were issued for.
}

// ServeHTTP implements http.Handler.
func (s *yourTools) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.secret == nil {
		s.secret, s.codes, s.tokens = map[string]string{}, map[string]url.Values{}, map[string]bool{}
		s.resources = map[string]bool{}
	}
	_ = r.ParseForm()
	switch r.Method + " " + r.URL.Path {
	case "GET " + s.metadataPath():
		answer(w, 200, map[string]any{"resource": s.url + "/mcp", "authorization_servers": []string{s.url}})
	case "GET /.well-known/oauth-authorization-server":
		answer(w, 200, map[string]any{
			"issuer": s.url, "authorization_endpoint": s.url + "/authorize", "token_endpoint": s.url + "/token", "registration_endpoint": s.url + "/register",
			"response_types_supported": []string{"code"}, "grant_types_supported": []string{"authorization_code"},
			"code_challenge_methods_supported": []string{"S256"}, "token_endpoint_auth_methods_supported": []string{"client_secret_post"},
		})
	case "POST /register":
		s.register(w, r)
	case "GET /authorize":
		code := rand.Text()
		s.codes[code] = r.Form
		http.Redirect(w, r, r.Form.Get("redirect_uri")+"?"+url.Values{"code": {code}, "state": {r.Form.Get("state")}}.Encode(), http.StatusFound)
	case "POST /token":
		s.token(w, r.PostForm)
	case "POST /mcp", "GET /mcp", "DELETE /mcp":
		s.tools(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (s *yourTools) metadataPath() string {
	return cmp.Or(s.metadata, "/.well-known/oauth-protected-resource/mcp")
}

func (s *yourTools) register(w http.ResponseWriter, r *http.Request) {
	var client map[string]any
	if s.registers > 0 && len(s.secret) >= s.registers {
		answer(w, http.StatusTooManyRequests, map[string]any{"error": "too_many_requests"})
		return
	}
	if json.NewDecoder(r.Body).Decode(&client) != nil {
		answer(w, 400, map[string]any{"error": "invalid_client_metadata"})
		return
	}
	id := rand.Text()
	s.secret[id] = rand.Text()
	client["client_id"], client["client_secret"], client["client_secret_expires_at"] = id, s.secret[id], 0
	answer(w, 201, client)
}

func (s *yourTools) token(w http.ResponseWriter, form url.Values) {
	asked, sum := s.codes[form.Get("code")], sha256.Sum256([]byte(form.Get("code_verifier")))
	fails := ""
	switch {
	case form.Get("grant_type") != "authorization_code":
		fails = "unsupported_grant_type"
	case s.secret[form.Get("client_id")] == "" || s.secret[form.Get("client_id")] != form.Get("client_secret"):
		fails = "invalid_client"
	case asked.Get("client_id") != form.Get("client_id") || asked.Get("redirect_uri") != form.Get("redirect_uri") || asked.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(sum[:]):
		fails = "invalid_grant"
	case s.anything && asked.Get("resource") == form.Get("resource"):
	case asked.Get("resource") != s.url+"/mcp" || form.Get("resource") != s.url+"/mcp":
		fails = "invalid_target"
	}
	if fails != "" {
		answer(w, 400, map[string]any{"error": fails})
		return
	}
	delete(s.codes, form.Get("code"))
	token := rand.Text()
	s.tokens[token] = asked.Get("resource") == s.url+"/mcp"
	s.resources[asked.Get("resource")] = true
	w.Header().Set("Cache-Control", "no-store")
	answer(w, 200, map[string]any{"access_token": token, "token_type": "Bearer", "expires_in": 60, "scope": asked.Get("scope")})
}

func (s *yourTools) tools(w http.ResponseWriter, r *http.Request) {
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !s.tokens[token] {
		w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token", resource_metadata="`+s.url+s.metadataPath()+`"`)
		answer(w, 401, map[string]any{"error": "invalid_token"})
		return
	}
	var message struct {
		ID     any
		Method string
	}
	if json.NewDecoder(r.Body).Decode(&message) != nil || r.Header.Get("Mcp-Protocol-Version") != "2025-11-25" {
		answer(w, 400, map[string]any{"jsonrpc": "2.0", "id": nil, "error": map[string]any{"code": -32600, "message": "a revision that is not spoken here"}})
		return
	}
	if s.initializes && message.Method != "initialize" {
		http.NotFound(w, r)
		return
	}
	if r.Header.Get("Origin") != "" {
		w.WriteHeader(http.StatusForbidden)
		return
	}
	answer(w, 200, map[string]any{"jsonrpc": "2.0", "id": message.ID, "result": map[string]any{"tools": []any{}}})
}
