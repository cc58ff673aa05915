package oauthclient_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
)

type object = map[string]any

// system is an MCP server and an authorization server, of which a test replaces
// what it wants to be wrong.
type system struct {
	MCP, AS *httptest.Server
	mu      sync.Mutex
	log     syncBuffer

	// What each says; the maps are merged into what is right, nil leaves out.
	resource, metadata, registration, tokens object
	returned                                 url.Values // Of the authorization response; an empty value leaves out.
	needs                                    string     // The scope of the MCP endpoint.
	challenge                                func(status int) string
	answers                                  map[string]http.HandlerFunc // By path, in place of what is right.

	gets           []string // Paths of documents that were asked for.
	registered     []object
	authorizations []url.Values
	requests       []tokenRequest
	shown          []string // Tokens at the MCP endpoint.
	valid          map[string]string
	refresh        string // The refresh token of the moment.
}

type tokenRequest struct {
	url.Values
	authorization string
}

// newSystem starts both.
func newSystem(t *testing.T) *system {
	t.Helper()
	s := &system{valid: map[string]string{}, answers: map[string]http.HandlerFunc{}, returned: url.Values{}, needs: "tasks:read"}
	s.resource, s.metadata, s.registration, s.tokens = object{}, object{}, object{}, object{}
	s.MCP = httptest.NewServer(s.route(map[string]http.HandlerFunc{
		"/mcp": s.serveMCP, "/.well-known/oauth-protected-resource/mcp": s.serveResource,
	}))
	s.AS = httptest.NewServer(s.route(map[string]http.HandlerFunc{
		"/.well-known/oauth-authorization-server": s.serveMetadata, "/register": s.serveRegistration, "/authorize": s.serveAuthorization, "/token": s.serveToken,
	}))
	t.Cleanup(s.MCP.Close)
	t.Cleanup(s.AS.Close)
	t.Cleanup(func() {
		if text := s.log.String(); strings.Contains(text, canary) {
			t.Errorf("the log shows a secret: %s", text)
		}
	})
	return s
}

func (s *system) route(right map[string]http.HandlerFunc) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.mu.Lock()
		answer := s.answers[r.URL.Path]
		if r.Method == http.MethodGet && r.URL.Path != "/authorize" {
			s.gets = append(s.gets, r.URL.Path)
		}
		s.mu.Unlock()
		if answer == nil {
			answer = right[r.URL.Path]
		}
		if answer == nil {
			answer = http.NotFound
		}
		answer(w, r)
	})
}

// server is the URL of the MCP endpoint.
func (s *system) server() string { return s.MCP.URL + "/mcp" }

func merged(right, wrong object) object {
	maps.Copy(right, wrong)
	maps.DeleteFunc(right, func(_ string, value any) bool { return value == nil })
	return right
}

func (s *system) serveResource(w http.ResponseWriter, _ *http.Request) {
	writeJSON(w, 200, merged(object{"resource": s.server(), "authorization_servers": []string{s.AS.URL}}, s.resource))
}

func (s *system) serveMetadata(w http.ResponseWriter, _ *http.Request) {
	as := s.AS.URL
	writeJSON(w, 200, merged(object{"issuer": as, "authorization_endpoint": as + "/authorize", "token_endpoint": as + "/token", "registration_endpoint": as + "/register",
		"code_challenge_methods_supported": []string{"S256"}, "token_endpoint_auth_methods_supported": []string{"none", "client_secret_basic", "client_secret_post", "private_key_jwt"},
		"response_types_supported": []string{"code"}, "authorization_response_iss_parameter_supported": true}, s.metadata))
}

func (s *system) serveRegistration(w http.ResponseWriter, r *http.Request) {
	var body object
	_ = json.NewDecoder(r.Body).Decode(&body)
	s.mu.Lock()
	defer s.mu.Unlock()
	s.registered = append(s.registered, body)
	writeJSON(w, 201, merged(object{"client_id": fmt.Sprintf("registered-%d", len(s.registered)), "token_endpoint_auth_method": body["token_endpoint_auth_method"]}, s.registration))
}

func (s *system) serveAuthorization(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	query := r.URL.Query()
	s.authorizations = append(s.authorizations, query)
	back, _ := url.Parse(query.Get("redirect_uri"))
	answer := url.Values{"code": {"code-" + canary}, "state": {query.Get("state")}, "iss": {s.AS.URL}}
	maps.Copy(answer, s.returned)
	maps.DeleteFunc(answer, func(_ string, values []string) bool { return values[0] == "" })
	back.RawQuery = answer.Encode()
	http.Redirect(w, r, back.String(), http.StatusFound)
}

func (s *system) serveToken(w http.ResponseWriter, r *http.Request) {
	_ = r.ParseForm()
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requests = append(s.requests, tokenRequest{r.PostForm, r.Header.Get("Authorization")})
	number := len(s.requests)
	scope := r.PostForm.Get("scope")
	switch r.PostForm.Get("grant_type") {
	case "authorization_code":
		sum := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
		i := slices.IndexFunc(s.authorizations, func(asked url.Values) bool {
			return asked.Get("code_challenge") == base64.RawURLEncoding.EncodeToString(sum[:])
		})
		if i < 0 || r.PostForm.Get("redirect_uri") != s.authorizations[i].Get("redirect_uri") {
			writeJSON(w, 400, object{"error": "invalid_grant"})
			return
		}
		scope = s.authorizations[i].Get("scope")
	case "refresh_token":
		if r.PostForm.Get("refresh_token") != s.refresh {
			writeJSON(w, 400, object{"error": "invalid_grant", "error_description": "not " + r.PostForm.Get("refresh_token")})
			return
		}
		scope = s.authorizations[len(s.authorizations)-1].Get("scope")
	}
	access := fmt.Sprintf("access-%s-%d", canary, number)
	s.valid[access] = scope
	answer := object{"access_token": access, "token_type": "Bearer", "expires_in": 3600, "scope": scope}
	if r.PostForm.Get("grant_type") != "client_credentials" {
		s.refresh = fmt.Sprintf("refresh-%s-%d", canary, number)
		answer["refresh_token"] = s.refresh
	}
	writeJSON(w, 200, merged(answer, s.tokens))
}

func (s *system) serveMCP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	s.shown = append(s.shown, token)
	scope, known := s.valid[token]
	status := 200
	switch {
	case !known:
		status = 401
	case s.needs != "" && !slices.Contains(strings.Fields(scope), s.needs):
		status = 403
	}
	if status != 200 {
		challenge := `Bearer scope="` + s.needs + `"`
		if status == 403 {
			challenge += `, error="insufficient_scope"`
		}
		if s.challenge != nil {
			challenge = s.challenge(status)
		}
		w.Header().Set("WWW-Authenticate", challenge)
	}
	w.WriteHeader(status)
}
