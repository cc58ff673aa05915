package harness_test

import (
	"crypto/rand"
	"fmt"
	"html"
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

const callback = "http://127.0.0.1:8765/callback"

// codeServer issues codes and nothing else: people sign in on a page, and then are
// asked to consent.
type codeServer struct {
	password string

	mu      sync.Mutex
	pending map[string]url.Values // The request by code.
}

func startCodeServer(t *testing.T, password string) *httptest.Server {
	t.Helper()
	server := httptest.NewServer(&codeServer{password: password, pending: map[string]url.Values{}})
	t.Cleanup(server.Close)
	return server
}

func (s *codeServer) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	issuer := "http://" + r.Host
	switch r.URL.Path {
	case "/.well-known/oauth-authorization-server":
		answer(w, http.StatusOK, map[string]any{
			"issuer": issuer, "authorization_endpoint": issuer + "/authorize", "token_endpoint": issuer + "/token", "response_types_supported": []string{"code"},
			"grant_types_supported": []string{"authorization_code"}, "token_endpoint_auth_methods_supported": []string{"client_secret_basic"}, "code_challenge_methods_supported": []string{"S256"},
		})
	case "/authorize":
		s.authorize(w, r)
	case "/token":
		s.token(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (s *codeServer) authorize(w http.ResponseWriter, r *http.Request) {
	query := r.URL.Query()
	back := func(name, value string) {
		http.Redirect(w, r, callback+"?"+url.Values{name: {value}, "state": {query.Get("state")}}.Encode(), http.StatusFound)
	}
	switch {
	case query.Get("client_id") != "web" || query.Get("redirect_uri") != callback:
		w.WriteHeader(http.StatusBadRequest)
	case query.Get("response_type") != "code" || query.Get("code_challenge_method") != "S256":
		back("error", "invalid_request")
	case r.Method == http.MethodPost && r.PostFormValue("answer") == "yes" && r.PostFormValue("ticket") == s.ticket():
		code := rand.Text()
		s.mu.Lock()
		s.pending[code] = query
		s.mu.Unlock()
		back("code", code)
	case r.Method == http.MethodPost && r.PostFormValue("answer") == "no":
		back("error", "access_denied")
	case r.Method == http.MethodPost && r.PostFormValue("password") == s.password:
		s.page(w, r, `<p>May it?</p><input type="hidden" name="ticket" value="`+s.ticket()+`"><button name="answer" value="no">Deny</button><button name="answer" value="yes">Allow</button>`)
	default:
		s.page(w, r, `<p>Sign in with your password.</p><input name="username"><input type="password" name="password"><button>Sign in</button>`)
	}
}

func (s *codeServer) ticket() string { return "ticket-for-" + s.password }

func (s *codeServer) page(w http.ResponseWriter, r *http.Request, inputs string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	fmt.Fprintf(w, `<!doctype html><form method="post" action="/authorize?%s">%s</form>`, html.EscapeString(r.URL.RawQuery), inputs)
}

func (s *codeServer) token(w http.ResponseWriter, r *http.Request) {
	id, secret, _ := r.BasicAuth()
	s.mu.Lock()
	asked := s.pending[r.PostFormValue("code")]
	delete(s.pending, r.PostFormValue("code"))
	s.mu.Unlock()
	switch {
	case id != "web" || secret != "a-secret-of-the-web-client":
		answer(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client"})
	case asked == nil || asked.Get("redirect_uri") != r.PostFormValue("redirect_uri"):
		answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant"})
	default:
		answer(w, http.StatusOK, map[string]any{"access_token": rand.Text(), "token_type": "Bearer", "expires_in": 600})
	}
}

func examineCodeServer(t *testing.T, password string) report.Report {
	t.Helper()
	result, err := harness.Run(t.Context(), harness.Config{Roles: []string{"authorization-server"}, Target: &target.Target{
		Name: "a code-only server", AuthorizationServer: target.AuthorizationServer{Issuer: startCodeServer(t, password).URL},
		Clients:       map[string]target.Client{"confidential": {ID: "web", Secret: "a-secret-of-the-web-client", RedirectURIs: []string{callback}}},
		ResourceOwner: target.ResourceOwner{Username: "ann", Password: password, Browser: "forms"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// A server that issues codes alone, whose resource owner the file names: nothing
// asks to name one.
func TestConfigurationCodeOnlyServerWithResourceOwner(t *testing.T) {
	for _, scenario := range examineCodeServer(t, "a-long-password-48213").Scenarios {
		if reason := value(scenario.Reason); scenario.Verdict == report.Inconclusive || strings.Contains(reason, "resource_owner") {
			t.Errorf("%s is %s: %s", scenario.ID, scenario.Verdict, reason)
		}
	}
}

// A password that every sign-in page holds as a word changes no verdict.
func TestConfigurationPasswordThatIsACommonWord(t *testing.T) {
	want := map[string]report.Verdict{}
	for _, scenario := range examineCodeServer(t, "a-long-password-48213").Scenarios {
		want[scenario.ID] = scenario.Verdict
	}
	common := examineCodeServer(t, "password")
	for _, scenario := range common.Scenarios {
		if scenario.Verdict != want[scenario.ID] {
			t.Errorf("%s is %s by a common password, and else %s: %s %s", scenario.ID, scenario.Verdict, want[scenario.ID], value(scenario.Reason), value(scenario.Actual))
		}
		for _, exchange := range scenario.Exchanges {
			if strings.Contains(exchange.Request, "password=password") || strings.Contains(exchange.Response, "<form") && !strings.Contains(exchange.Response, "ticket-for-") && !strings.Contains(exchange.Response, `type="password" name="password"`) {
				t.Errorf("%s shows\n%s\n%s", scenario.ID, exchange.Request, exchange.Response)
			}
		}
	}
	for _, rule := range common.Rules {
		if strings.Contains(rule.Name, "secret") && rule.Verdict == report.Failed {
			t.Errorf("%s: %+v", rule.Name, rule.Offenders)
		}
	}
}

// A target in trouble gets fewer requests at once, which the run says once.
func TestTroubledTargetIsSpared(t *testing.T) {
	sound := &codeServer{password: "a-long-password-48213", pending: map[string]url.Values{}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/.well-known/") {
			answer(w, http.StatusServiceUnavailable, map[string]any{"error": "temporarily_unavailable"})
			return
		}
		sound.ServeHTTP(w, r)
	}))
	defer server.Close()
	var told []string
	_, err := harness.Run(t.Context(), harness.Config{
		Only: []string{"authorization_server/token_request.feature"}, Slowed: func(reason string) { told = append(told, reason) },
		Target: &target.Target{
			AuthorizationServer: target.AuthorizationServer{Issuer: server.URL},
			Clients:             map[string]target.Client{"confidential": {ID: "web", Secret: "a-secret-of-the-web-client", RedirectURIs: []string{callback}}},
			ResourceOwner:       target.ResourceOwner{Username: "ann", Password: "a-long-password-48213", Browser: "forms"},
		}})
	if err != nil || len(told) != 1 || !strings.Contains(told[0], "status 503") {
		t.Errorf("it says %q, %v", told, err)
	}
}
