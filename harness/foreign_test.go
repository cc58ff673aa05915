package harness_test

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"mime"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
)

// This is how your own tests examine your own server: start it, say where it
// is and which clients it knows, and every scenario that applies is a subtest.
func TestYourServer(t *testing.T) {
	server := httptest.NewServer(yourServer{})
	defer server.Close()
	harness.Test(t, harness.Config{
		Target: &target.Target{
			Name:                "your server",
			AuthorizationServer: target.AuthorizationServer{Issuer: server.URL},
			Clients: map[string]target.Client{
				"confidential": {ID: "service", Secret: "a-secret-of-the-service", Scope: "read write", GrantTypes: []string{"client_credentials"}},
			},
			Profiles: []string{"oauth-2.1"},
		},
		Roles: []string{"authorization-server"},
	})
}

// What a server does wrong is found, and by the right profile.
func TestYourServerWithMistakes(t *testing.T) {
	server := httptest.NewServer(yourServer{careless: true})
	defer server.Close()
	result, err := harness.Run(t.Context(), harness.Config{
		Target: &target.Target{
			Name:                "your careless server",
			AuthorizationServer: target.AuthorizationServer{Issuer: server.URL},
			Clients:             map[string]target.Client{"confidential": {ID: "service", Secret: "a-secret-of-the-service", Scope: "read write"}},
		},
		Profiles: []string{"oauth-2.0", "oauth-2.1"},
	})
	if err != nil {
		t.Fatal(err)
	}
	verdicts := map[string]report.Scenario{}
	for _, scenario := range result.Scenarios {
		verdicts[scenario.ID] = scenario
	}
	if got := verdicts["authorization_server/client_authentication#a-client-with-a-wrong-secret-is-refused"]; got.Verdict != report.Failed {
		t.Errorf("a server that takes any secret is %s", got.Verdict)
	}
	body := verdicts["authorization_server/client_authentication#the-client-authenticates-in-the-body"]
	if body.Verdict != report.NotApplicable {
		t.Errorf("a client that is registered for Basic shows nothing of the body, and it is %s", body.Verdict)
	}
	if other := verdicts["resource_server/token_validation#an-unsigned-token-is-refused"]; other.Verdict != report.NotApplicable || !strings.Contains(*other.Reason, "role") {
		t.Errorf("what is about a resource server is %s (%s)", other.Verdict, value(other.Reason))
	}
}

// yourServer is an authorization server of another make, as small as one can
// be: one client and the client credentials grant.
type yourServer struct{ careless bool }

func (s yourServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	switch r.URL.Path {
	case "/.well-known/oauth-authorization-server":
		issuer := "http://" + r.Host
		answer(w, http.StatusOK, map[string]any{
			"issuer": issuer, "token_endpoint": issuer + "/token", "response_types_supported": []string{},
			"grant_types_supported": []string{"client_credentials"}, "token_endpoint_auth_methods_supported": []string{"client_secret_basic"},
			"scopes_supported": []string{"read", "write"},
		})
	case "/token":
		s.token(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (s yourServer) token(w http.ResponseWriter, r *http.Request) {
	media, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if r.Method != http.MethodPost || media != "application/x-www-form-urlencoded" || r.URL.RawQuery != "" || r.ParseForm() != nil {
		answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_request"})
		return
	}
	id, secret, basic := r.BasicAuth()
	secret, _ = url.QueryUnescape(secret)
	scope := strings.Fields(r.PostForm.Get("scope"))
	if len(scope) == 0 {
		scope = []string{"read"}
	}
	switch {
	case twice(r.PostForm) || basic && (r.PostForm.Has("client_secret") || r.PostForm.Has("client_id")) || r.PostForm.Get("grant_type") == "":
		answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_request"})
	case !basic || id != "service" || secret != "a-secret-of-the-service" && !s.careless:
		w.Header().Set("WWW-Authenticate", `Basic realm="yours"`)
		answer(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client"})
	case r.PostForm.Get("grant_type") != "client_credentials":
		answer(w, http.StatusBadRequest, map[string]any{"error": "unsupported_grant_type"})
	case slices.ContainsFunc(scope, func(name string) bool { return name != "read" && name != "write" }):
		answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_scope"})
	default:
		answer(w, http.StatusOK, map[string]any{"access_token": rand.Text(), "token_type": "Bearer", "expires_in": 600, "scope": strings.Join(scope, " ")})
	}
}

func twice(form url.Values) bool {
	for _, values := range form {
		if len(values) > 1 {
			return true
		}
	}
	return false
}

func answer(w http.ResponseWriter, status int, body map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

// A resource owner who approves nothing is not the server's mistake: what
// needs an approval is inconclusive, and nothing of it fails.
func TestNobodyApproves(t *testing.T) {
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/.well-known/oauth-authorization-server" {
			answer(w, http.StatusOK, map[string]any{"issuer": server.URL, "authorization_endpoint": server.URL + "/authorize", "token_endpoint": server.URL + "/token",
				"response_types_supported": []string{"code"}, "code_challenge_methods_supported": []string{"S256"}})
			return
		}
		http.Redirect(w, r, "http://127.0.0.1:8765/callback?error=access_denied&state="+url.QueryEscape(r.FormValue("state")), http.StatusFound)
	}))
	defer server.Close()
	result, err := harness.Run(t.Context(), harness.Config{
		Target: &target.Target{
			AuthorizationServer: target.AuthorizationServer{Issuer: server.URL},
			Clients:             map[string]target.Client{"public": {ID: "app", RedirectURIs: []string{"http://127.0.0.1:8765/callback"}}},
		},
		Only: []string{"authorization_server/pkce.feature"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, scenario := range result.Scenarios {
		if scenario.Verdict != report.Inconclusive && scenario.Verdict != report.NotApplicable {
			t.Errorf("%s is %s", scenario.ID, scenario.Verdict)
		}
	}
	if result.Summary.Inconclusive == 0 {
		t.Error("nothing was inconclusive")
	}
}

// What cannot be meant of a client that is a command is said before it is started.
func TestCommandThatCannotBeExamined(t *testing.T) {
	client := target.Target{MCPClient: target.MCPClient{Command: []string{"go"}}}
	missing := client
	missing.MCPClient.Command = []string{"./no-such-agent --connect"}
	for says, config := range map[string]harness.Config{
		"an entry of its own":       {Target: &missing},
		"leave the other roles out": {Target: &client, Roles: []string{"resource-server"}},
		"leave them out":            {Target: &client, Faults: []string{"tool-never-opens"}},
	} {
		if _, err := harness.Run(t.Context(), config); !errors.Is(err, harness.ErrConfiguration) || !strings.Contains(err.Error(), says) {
			t.Errorf("%v; want %q", err, says)
		}
	}
}

// The URL of an MCP server is enough: its authorization server is found, and a
// client registers itself there.
func TestMCPServerAlone(t *testing.T) {
	server, err := impl.Start(impl.Config{AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", MCPServer: "127.0.0.1:0",
		Policy: realm.Policy{Documented: true, Verify: realm.ByJWT, Registration: realm.RegistrationOpen}})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	result, err := harness.Run(t.Context(), harness.Config{Target: &target.Target{MCPServer: target.MCPServer{URL: server.MCP}}, Roles: []string{"mcp-server"}})
	if err != nil {
		t.Fatal(err)
	}
	if s := result.Summary; s.Passed < 15 || s.Failed+s.Inconclusive+s.Warned > 0 {
		t.Errorf("the summary is %+v", s)
	}
}

// The metadata of a foreign target are asked for once a run where no scenario is about
// them.
func TestMetadataAskedForOnce(t *testing.T) {
	var asked atomic.Int64
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/.well-known/oauth-authorization-server" {
			asked.Add(1)
		}
		yourServer{}.ServeHTTP(w, r)
	}))
	defer server.Close()
	for only, want := range map[string]int64{"authorization_server/advertised.feature": 1, "every_exchange.feature": 1, "authorization_server/metadata#the-metadata-is-a-json-document": 2} {
		asked.Store(0)
		_, err := harness.Run(t.Context(), harness.Config{
			Target: &target.Target{
				AuthorizationServer: target.AuthorizationServer{Issuer: server.URL},
				Clients:             map[string]target.Client{"confidential": {ID: "service", Secret: "a-secret-of-the-service", Scope: "read write"}},
			},
			Only: []string{only},
		})
		if err != nil || asked.Load() != want {
			t.Errorf("%s: %v; asked %d times, want %d", only, err, asked.Load(), want)
		}
	}
}
