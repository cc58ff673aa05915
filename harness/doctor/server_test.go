package doctor_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/harness/target"
)

const (
	secret   = "secret-of-the-service-48213"
	password = "password-of-ann-90517"
	callback = "http://127.0.0.1:8765/callback"
)

// server is an authorization server with an API, of another make and as small
// as one can be.
type server struct {
	*httptest.Server
	// replaces are handlers that take the place of the usual ones, by path.
	replaces map[string]http.HandlerFunc
	codes    int
	ahead    time.Duration // Of its clock.
}

func start(t *testing.T, replaces map[string]http.HandlerFunc) *server {
	t.Helper()
	s := &server{replaces: replaces}
	s.Server = httptest.NewServer(s)
	t.Cleanup(s.Close)
	return s
}

// target is its target file, and its secrets are in the environment.
func (s *server) target() target.Target {
	client := target.Client{ID: "service", Secret: secret, Scope: "read", RedirectURIs: []string{callback}}
	return target.Target{
		AuthorizationServer: target.AuthorizationServer{Issuer: s.URL},
		ResourceServer:      target.ResourceServer{URL: s.URL, Probes: []target.Probe{{Method: "GET", Path: "/api", Scope: "read"}}},
		Clients:             map[string]target.Client{"confidential": client},
		ResourceOwner:       target.ResourceOwner{Username: "ann", Password: password, Browser: "forms"},
		Environment:         map[string]string{"A_SECRET": secret, "A_PASSWORD": password},
	}
}

func (s *server) metadata() map[string]any {
	return map[string]any{
		"issuer": s.URL, "authorization_endpoint": s.URL + "/authorize", "token_endpoint": s.URL + "/token", "jwks_uri": s.URL + "/keys",
		"grant_types_supported": []string{"client_credentials", "authorization_code"}, "code_challenge_methods_supported": []string{"S256"},
	}
}

func (s *server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if s.ahead != 0 {
		w.Header().Set("Date", time.Now().Add(s.ahead).UTC().Format(http.TimeFormat))
	}
	if replaced := s.replaces[r.URL.Path]; replaced != nil {
		replaced(w, r)
		return
	}
	switch r.URL.Path {
	case "/.well-known/oauth-authorization-server":
		answer(w, http.StatusOK, s.metadata())
	case "/keys":
		answer(w, http.StatusOK, map[string]any{"keys": []any{}})
	case "/token":
		s.token(w, r)
	case "/authorize":
		s.authorize(w, r)
	case "/api":
		s.api(w, r)
	default:
		http.NotFound(w, r)
	}
}

func (s *server) token(w http.ResponseWriter, r *http.Request) {
	id, given, _ := r.BasicAuth()
	scope := r.PostFormValue("scope")
	grant := r.PostFormValue("grant_type")
	switch {
	case id != "service" || given != secret:
		answer(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client"})
	case scope != "" && scope != "read" && scope != "write":
		answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_scope"})
	case grant == "authorization_code" && !strings.HasPrefix(r.PostFormValue("code"), "code-"):
		answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant"})
	default:
		answer(w, http.StatusOK, map[string]any{"access_token": "an-opaque-token-for-" + scope, "token_type": "Bearer", "scope": scope})
	}
}

// authorize is sign-in and consent in one page.
func (s *server) authorize(w http.ResponseWriter, r *http.Request) {
	uri := r.FormValue("redirect_uri")
	switch {
	case uri != callback:
		page(w, http.StatusBadRequest, "<p>The redirect URI is unknown.</p>")
	case r.Method == http.MethodPost && r.PostFormValue("password") == password:
		s.codes++
		http.Redirect(w, r, fmt.Sprintf("%s?code=code-of-the-server-%d&state=%s", uri, s.codes, r.FormValue("state")), http.StatusFound)
	default:
		page(w, http.StatusOK, fmt.Sprintf(`<form method="post"><input name="redirect_uri" type="hidden" value="%s"><input name="user"><input name="password" type="password"><button>Sign in</button></form>`, uri))
	}
}

func (s *server) api(w http.ResponseWriter, r *http.Request) {
	token, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	switch {
	case token == "":
		w.Header().Set("WWW-Authenticate", "Bearer")
		answer(w, http.StatusUnauthorized, nil)
	case slices.Contains([]string{"an-opaque-token-for-read", "an-opaque-token-for-"}, token):
		answer(w, http.StatusOK, nil)
	default:
		w.Header().Set("WWW-Authenticate", `Bearer error="insufficient_scope"`)
		answer(w, http.StatusForbidden, nil)
	}
}

func answer(w http.ResponseWriter, status int, body map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func page(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	fmt.Fprintf(w, "<!doctype html><title>A page</title><body>%s", body)
}
