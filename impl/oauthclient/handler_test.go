package oauthclient_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/oauth2"

	"github.com/grantproof/grantproof/impl/oauthclient"
)

func invalidGrant(err error) bool {
	refused := new(oauth2.RetrieveError)
	return errors.As(err, &refused) && refused.ErrorCode == "invalid_grant"
}

// One call of a client that knows nothing but the URL.
func TestHandlerAuthorizes(t *testing.T) {
	s := newSystem(t)
	h := newHandler(t, s.handlerConfig())
	mustCall(t, h, s)
	mustCall(t, h, s)
	asked, redeemed := s.authorizations[0], s.requests[0]
	for name, want := range map[string]string{"response_type": "code", "client_id": "registered-1", "resource": s.server(), "scope": "tasks:read", "code_challenge_method": "S256"} {
		if got := asked[name]; !slices.Equal(got, []string{want}) {
			t.Errorf("the authorization request has %s=%q, want %q", name, got, want)
		}
	}
	if len(asked.Get("state")) < 26 || !strings.HasPrefix(asked.Get("redirect_uri"), "http://127.0.0.1:") {
		t.Errorf("state %q, redirect_uri %q", asked.Get("state"), asked.Get("redirect_uri"))
	}
	if redeemed.Get("resource") != s.server() || redeemed.Get("client_id") != "registered-1" || redeemed.authorization != "" || redeemed.Has("client_secret") {
		t.Errorf("the token request is %v with %q", redeemed.Values, redeemed.authorization)
	}
	metadata := s.registered[0]
	if metadata["application_type"] != "native" || metadata["token_endpoint_auth_method"] != "none" || len(metadata["grant_types"].([]any)) != 2 {
		t.Errorf("it registers with %v", metadata)
	}
	if len(s.authorizations) != 1 || len(s.registered) != 1 || !slices.Equal(s.shown, []string{"", "access-canary-1", "access-canary-1"}) {
		t.Errorf("%d authorizations, %d registrations, tokens %q", len(s.authorizations), len(s.registered), s.shown)
	}
}

// Verifier and state are new for each request.
func TestEachAuthorizationIsNew(t *testing.T) {
	s := newSystem(t)
	s.tokens = object{"refresh_token": nil}
	h := newHandler(t, s.handlerConfig())
	mustCall(t, h, s)
	s.revoke()
	mustCall(t, h, s)
	for _, name := range []string{"state", "code_challenge"} {
		if s.authorizations[0].Get(name) == s.authorizations[1].Get(name) {
			t.Errorf("%s is used twice", name)
		}
	}
}

func TestCanonicalResource(t *testing.T) {
	s := newSystem(t)
	loud := strings.Replace(s.server(), "http://127.0.0.1", "HTTP://LOCALHOST", 1) + "/"
	quiet := strings.Replace(s.server(), "127.0.0.1", "localhost", 1)
	s.resource = object{"resource": quiet}
	s.answers["/mcp/"] = s.serveMCP
	config := s.handlerConfig()
	config.Server = loud
	h := newHandler(t, config)
	if status, err := call(t.Context(), h, loud); err != nil || status != 200 {
		t.Fatalf("status %d, %v", status, err)
	}
	if got := s.requests[0].Get("resource"); got != quiet {
		t.Errorf("the resource is %q, want %q", got, quiet)
	}
}

func TestScopeSelection(t *testing.T) {
	for name, test := range map[string]struct {
		challenge string
		resource  any
		server    any
		grants    any
		want      []string
	}{
		"the challenge":                   {`Bearer scope="a b"`, []string{"c"}, nil, nil, []string{"a b"}},
		"else all of the resource":        {`Bearer`, []string{"c", "d"}, nil, nil, []string{"c d"}},
		"else none":                       {`Bearer`, nil, nil, nil, nil},
		"offline_access where supported":  {`Bearer scope="a"`, nil, []string{"offline_access"}, nil, []string{"a offline_access"}},
		"and not where it is not":         {`Bearer scope="a offline_access"`, nil, []string{"a"}, nil, []string{"a"}},
		"nor where nothing is refreshed":  {`Bearer scope="a"`, nil, []string{"offline_access"}, []string{"authorization_code"}, []string{"a"}},
		"several schemes in the headers":  {`Basic realm="x", Bearer scope="a", DPoP algs="ES256"`, []string{"c"}, nil, nil, []string{"a"}},
		"the challenge beside the others": {`Bearer scope="x"`, []string{"c"}, []string{"c"}, nil, []string{"x"}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSystem(t)
			s.needs = ""
			s.challenge = func(int) string { return test.challenge }
			s.resource = object{"scopes_supported": test.resource}
			s.metadata = object{"scopes_supported": test.server, "grant_types_supported": test.grants}
			mustCall(t, newHandler(t, s.handlerConfig()), s)
			if got := s.authorizations[0]["scope"]; !slices.Equal(got, test.want) {
				t.Errorf("it asks for %q, want %q", got, test.want)
			}
			if got := s.authorizations[0].Get("prompt") == "consent"; got != strings.Contains(strings.Join(test.want, ""), "offline_access") {
				t.Errorf("whether the person has to agree: %v", got)
			}
		})
	}
}

// Many callers are refused at once: one person is asked once, and who denies is
// not asked again by the others.
func TestManyCallersOneAuthorization(t *testing.T) {
	s := newSystem(t)
	gate := make(chan struct{})
	config := s.handlerConfig()
	config.Browser = func(ctx context.Context, address string) error { <-gate; return visit(ctx, address) }
	h := newHandler(t, config)
	refused := refusal(t, s)
	done := make(chan error, 20)
	for range cap(done) {
		go func() { done <- h.Authorize(t.Context(), refused.Request, copyOf(refused)) }()
	}
	close(gate)
	for range cap(done) {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
	if len(s.authorizations) != 1 || len(s.registered) != 1 {
		t.Errorf("%d authorizations and %d registrations, want one", len(s.authorizations), len(s.registered))
	}
}

// refusal is what the MCP server answers to a request without a token.
func refusal(t *testing.T, s *system) *http.Response {
	t.Helper()
	response, err := http.Post(s.server(), "application/json", strings.NewReader("{}"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = response.Body.Close() })
	return response
}

func copyOf(response *http.Response) *http.Response {
	return &http.Response{StatusCode: response.StatusCode, Header: response.Header.Clone(), Body: http.NoBody, Request: response.Request}
}

func TestOtherRefusals(t *testing.T) {
	s := newSystem(t)
	h := newHandler(t, s.handlerConfig())
	mustCall(t, h, s)
	s.change(func() {
		s.needs = "tasks:write"
		s.challenge = func(int) string {
			return `Bearer error="access_denied", error_description="not with ` + s.shown[0] + `"`
		}
	})
	wants(t, mustFail(t, h, s), oauthclient.StepMCP, "no other scope helps")
	elsewhere, _ := http.NewRequest(http.MethodPost, "http://127.0.0.1:1/mcp", nil)
	err := h.Authorize(t.Context(), elsewhere, &http.Response{StatusCode: 401, Body: http.NoBody})
	if err == nil || !strings.Contains(err.Error(), "is not within") || len(s.authorizations) != 1 {
		t.Errorf("a request to another server: %v", err)
	}
}

// A redirect of the MCP endpoint does not carry the token away.
func TestRedirectedMCPServer(t *testing.T) {
	s := newSystem(t)
	h := newHandler(t, s.handlerConfig())
	mustCall(t, h, s)
	var got []string
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = append(got, r.Header.Get("Authorization")) }))
	defer other.Close()
	s.change(func() {
		s.answers["/mcp"] = func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, other.URL, http.StatusTemporaryRedirect)
		}
	})
	wants(t, mustFail(t, h, s), oauthclient.StepMCP, "must not see the token")
	if len(got) != 0 {
		t.Errorf("the other server saw %q", got)
	}
}

func TestHandlerConfig(t *testing.T) {
	for want, change := range map[string]func(c *oauthclient.HandlerConfig){
		"is no URL":                 func(c *oauthclient.HandlerConfig) { c.Server = "mcp.example.com" },
		"in the clear":              func(c *oauthclient.HandlerConfig) { c.Server = "http://mcp.example.com/mcp" },
		"a user or a fragment":      func(c *oauthclient.HandlerConfig) { c.Server = "https://mcp.example.com/mcp#x" },
		"no grant":                  func(c *oauthclient.HandlerConfig) { c.Grant = "password" },
		"no https URL with a path":  func(c *oauthclient.HandlerConfig) { c.MetadataURL = "https://client.example/" },
		"have no client_id":         func(c *oauthclient.HandlerConfig) { c.Credentials = []oauthclient.Credentials{{Issuer: "https://a"}} },
		"on this machine alone":     func(c *oauthclient.HandlerConfig) { c.RedirectURI = "http://10.0.0.1/callback" },
		"no plain http URL on this": func(c *oauthclient.HandlerConfig) { c.RedirectURI = "https://client.example/callback" },
	} {
		config := oauthclient.HandlerConfig{Server: "https://mcp.example.com/mcp"}
		if _, err := oauthclient.NewHandler(config); err != nil {
			t.Fatal(err)
		}
		change(&config)
		if _, err := oauthclient.NewHandler(config); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
}

// A person who does not answer, and one who gives up.
func TestNobodyAnswers(t *testing.T) {
	s := newSystem(t)
	config := s.handlerConfig()
	config.Patience = 20 * time.Millisecond
	config.Browser = func(context.Context, string) error { return nil }
	config.Store = oauthclient.NewMemoryStore()
	wants(t, mustFail(t, newHandler(t, config), s), oauthclient.StepAuthorization, "no answer came back")
	if saved, _ := config.Store.Load(); len(saved.Registrations) != 0 {
		t.Error("a registration that the server may have forgotten is kept")
	}
	config.Browser = func(context.Context, string) error { return errors.New("no window") }
	wants(t, mustFail(t, newHandler(t, config), s), oauthclient.StepAuthorization, "no window")
	config.Browser = func(context.Context, string) error {
		return &url.Error{URL: "http://127.0.0.1/?code=" + canary, Err: errors.New("lost")}
	}
	wants(t, mustFail(t, newHandler(t, config), s), oauthclient.StepAuthorization, "(lost)")
}

// What the authorization endpoint's own query says stays in the request.
func TestAuthorizationEndpointWithQuery(t *testing.T) {
	s := newSystem(t)
	s.metadata = object{"authorization_endpoint": s.AS.URL + "/authorize?tenant=a&state=fixed"}
	mustCall(t, newHandler(t, s.handlerConfig()), s)
	if got := s.authorizations[0]; got.Get("tenant") != "a" || len(got["state"]) != 1 {
		t.Errorf("the request is %v", url.Values(got))
	}
}
