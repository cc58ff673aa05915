package oauthclient_test

import (
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/oauthclient"
)

func TestPlacesOfResourceMetadata(t *testing.T) {
	const path, host = "/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-protected-resource"
	for name, test := range map[string]struct {
		named, at, resource string // The challenge names; where it is; what it is about.
		want                []string
	}{
		"where the challenge says": {"/elsewhere", "/elsewhere", "/mcp", []string{"/elsewhere"}},
		"at the endpoint's path":   {"", path, "/mcp", []string{path}},
		"at the host":              {"", host, "", []string{path, host}},
		"the challenge is wrong":   {"/gone", host, "", []string{"/gone", path, host}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSystem(t)
			s.answers[path] = http.NotFound
			s.resource = object{"resource": s.MCP.URL + test.resource}
			s.answers[test.at] = s.serveResource
			s.challenge = func(int) string {
				if test.named == "" {
					return "Bearer"
				}
				return `Bearer resource_metadata="` + s.MCP.URL + test.named + `"`
			}
			s.needs = ""
			mustCall(t, newHandler(t, s.handlerConfig()), s)
			got := slices.DeleteFunc(slices.Clone(s.gets), func(path string) bool { return strings.Contains(path, "authorization-server") })
			if !slices.Equal(got[:len(test.want)], test.want) {
				t.Errorf("asked %q, want %q", got, test.want)
			}
			if got := s.requests[0].Get("resource"); got != s.MCP.URL+test.resource {
				t.Errorf("the token is for %q", got)
			}
		})
	}
}

func TestRefusedResourceMetadata(t *testing.T) {
	path := "/.well-known/oauth-protected-resource/mcp"
	for name, test := range map[string]struct {
		wrong func(s *system)
		step  oauthclient.Step
		says  string
	}{
		"another resource":        {func(s *system) { s.resource = object{"resource": "https://evil.example/mcp"} }, oauthclient.StepResource, "is about the resource"},
		"a trailing slash":        {func(s *system) { s.resource = object{"resource": s.server() + "/"} }, oauthclient.StepResource, "is about the resource"},
		"another path":            {func(s *system) { s.resource = object{"resource": s.MCP.URL + "/MCP"} }, oauthclient.StepResource, "is about the resource"},
		"the host, at the path":   {func(s *system) { s.resource = object{"resource": s.MCP.URL} }, oauthclient.StepResource, "is about the resource"},
		"no resource":             {func(s *system) { s.resource = object{"resource": nil} }, oauthclient.StepResource, "is about the resource"},
		"no servers":              {func(s *system) { s.resource = object{"authorization_servers": []string{}} }, oauthclient.StepResource, "names no authorization_servers"},
		"servers left out":        {func(s *system) { s.resource = object{"authorization_servers": nil} }, oauthclient.StepResource, "names no authorization_servers"},
		"a server that is no URL": {func(s *system) { s.resource = object{"authorization_servers": []string{"javascript:alert(1)"}} }, oauthclient.StepResource, "is no https URL"},
		"a server in the clear":   {func(s *system) { s.resource = object{"authorization_servers": []string{"http://as.example"}} }, oauthclient.StepResource, "is no https URL"},
		"a file in the challenge": {func(s *system) {
			s.challenge = func(int) string { return `Bearer resource_metadata="file:///etc/passwd"` }
		}, oauthclient.StepChallenge, "is no https URL"},
		"nowhere":         {func(s *system) { s.answers[path] = http.NotFound }, oauthclient.StepResource, "answered with status 404, and "},
		"HTML":            {func(s *system) { s.answers[path] = page }, oauthclient.StepResource, "something else than the JSON"},
		"without an end":  {func(s *system) { s.answers[path] = huge }, oauthclient.StepResource, "longer than 1 MiB"},
		"redirected":      {func(s *system) { s.answers[path] = away }, oauthclient.StepResource, "redirects with status 302"},
		"a broken server": {func(s *system) { s.answers[path] = abort }, oauthclient.StepResource, "cannot be reached"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSystem(t)
			test.wrong(s)
			wants(t, mustFail(t, newHandler(t, s.handlerConfig()), s), test.step, test.says)
			s.untouched(t)
		})
	}
}

// untouched holds that nobody was registered, asked or given anything.
func (s *system) untouched(t *testing.T) {
	t.Helper()
	if len(s.registered)+len(s.authorizations)+len(s.requests) > 0 {
		t.Errorf("%d registrations, %d authorizations, %d token requests", len(s.registered), len(s.authorizations), len(s.requests))
	}
}

func page(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	_, _ = w.Write([]byte("<html>secret-" + canary + "</html>"))
}

func huge(w http.ResponseWriter, _ *http.Request) {
	_, _ = w.Write([]byte(`{"resource": "` + strings.Repeat("x", 1<<20) + `"}`))
}

func away(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, "/elsewhere?code="+canary, http.StatusFound)
}

func abort(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }

func TestPlacesOfServerMetadata(t *testing.T) {
	inserted, openid, appended := "/.well-known/oauth-authorization-server", "/.well-known/openid-configuration", "/t/.well-known/openid-configuration"
	for name, test := range map[string]struct {
		path, at string
		want     []string
	}{
		"at the host":          {"", inserted, []string{inserted}},
		"of OpenID":            {"", openid, []string{inserted, openid}},
		"with a path":          {"/t", inserted + "/t", []string{inserted + "/t"}},
		"OpenID with a path":   {"/t", openid + "/t", []string{inserted + "/t", openid + "/t"}},
		"OpenID after a path":  {"/t", appended, []string{inserted + "/t", openid + "/t", appended}},
		"with a slash":         {"/", inserted, []string{inserted}},
		"with a path of slash": {"/t/", appended, []string{inserted + "/t", openid + "/t", appended}},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSystem(t)
			s.answers[inserted] = http.NotFound
			s.answers[test.at] = s.serveMetadata
			issuer := s.AS.URL + test.path
			s.resource = object{"authorization_servers": []string{issuer}}
			s.metadata = object{"issuer": issuer}
			s.returned.Set("iss", issuer)
			mustCall(t, newHandler(t, s.handlerConfig()), s)
			got := slices.DeleteFunc(slices.Clone(s.gets), func(path string) bool { return strings.Contains(path, "protected-resource") })
			if !slices.Equal(got, test.want) {
				t.Errorf("asked %q, want %q", got, test.want)
			}
		})
	}
}

func TestRefusedServerMetadata(t *testing.T) {
	place := "/.well-known/oauth-authorization-server"
	with := func(wrong object) func(s *system) { return func(s *system) { s.metadata = wrong } }
	for name, test := range map[string]struct {
		wrong func(s *system)
		says  string
	}{
		"another issuer":             {with(object{"issuer": "https://honest.example"}), "says that its issuer is"},
		"an issuer with a slash":     {func(s *system) { s.metadata = object{"issuer": s.AS.URL + "/"} }, "says that its issuer is"},
		"an issuer in capitals":      {func(s *system) { s.metadata = object{"issuer": strings.Replace(s.AS.URL, "http", "HTTP", 1)} }, "says that its issuer is"},
		"an issuer without its port": {with(object{"issuer": "http://127.0.0.1"}), "says that its issuer is"},
		"no issuer":                  {with(object{"issuer": nil}), "says that its issuer is"},
		"no PKCE":                    {with(object{"code_challenge_methods_supported": nil}), "does not support PKCE"},
		"an empty PKCE":              {with(object{"code_challenge_methods_supported": []string{}}), "does not support PKCE"},
		"plain PKCE alone":           {with(object{"code_challenge_methods_supported": []string{"plain", "s256"}}), "S256"},
		"no token endpoint":          {with(object{"token_endpoint": nil}), "names no token_endpoint"},
		"no authorization endpoint":  {with(object{"authorization_endpoint": nil}), "names no authorization_endpoint"},
		"a script to open":           {with(object{"authorization_endpoint": "javascript:alert(1)"}), "an authorization_endpoint that is no https URL"},
		"data to open":               {with(object{"authorization_endpoint": "data:text/html,x"}), "is no https URL"},
		"a file to open":             {with(object{"authorization_endpoint": "file:///etc/passwd"}), "is no https URL"},
		"tokens in the clear":        {with(object{"token_endpoint": "http://as.example/token"}), "a token_endpoint that is no https URL"},
		"a password in a URL":        {with(object{"token_endpoint": "https://a:b@as.example/token"}), "has a user or a fragment"},
		"registration in the clear":  {with(object{"registration_endpoint": "http://as.example/"}), "a registration_endpoint that is no https URL"},
		"another grant alone":        {with(object{"grant_types_supported": []string{"client_credentials"}}), "does not support the grant"},
		"no way to register":         {with(object{"registration_endpoint": nil}), "offers no way to register"},
		"nothing":                    {func(s *system) { s.answers[place] = http.NotFound }, "answered with status 404, and "},
		"HTML":                       {func(s *system) { s.answers[place] = page }, "something else than the JSON"},
		"without an end":             {func(s *system) { s.answers[place] = huge }, "longer than 1 MiB"},
		"redirected":                 {func(s *system) { s.answers[place] = away }, "redirects with status 302"},
		"a broken server":            {func(s *system) { s.answers[place] = abort }, "cannot be reached"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSystem(t)
			test.wrong(s)
			step := oauthclient.StepServer
			if name == "no way to register" {
				step = oauthclient.StepRegistration
			}
			wants(t, mustFail(t, newHandler(t, s.handlerConfig()), s), step, test.says)
			s.untouched(t)
		})
	}
}

// A server that does not answer is not waited for without an end.
func TestSlowServers(t *testing.T) {
	for _, path := range []string{"/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-authorization-server", "/register", "/token"} {
		t.Run(path, func(t *testing.T) {
			s, release := newSystem(t), make(chan struct{})
			defer close(release)
			s.answers[path] = func(w http.ResponseWriter, _ *http.Request) {
				_, _ = w.Write([]byte("{"))
				_ = http.NewResponseController(w).Flush()
				<-release
			}
			config := s.handlerConfig()
			config.HTTPClient = &http.Client{Timeout: 50 * time.Millisecond}
			if failed := mustFail(t, newHandler(t, config), s); failed.Problem != "did not answer in time" {
				t.Errorf("got %v", failed)
			}
		})
	}
}

// A public MCP server does not get the client to ask machines of its own network.
func TestPrivateAddresses(t *testing.T) {
	asked := false
	inside := httptest.NewTLSServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked = true }))
	defer inside.Close()
	h := newHandler(t, oauthclient.HandlerConfig{Server: "https://mcp.example.com/mcp"})
	for address, says := range map[string]string{
		inside.URL:                         "cannot be reached",
		"https://10.0.0.1/metadata":        "cannot be reached",
		"https://169.254.169.254/metadata": "cannot be reached",
		"https://[fd00::1]/metadata":       "cannot be reached",
		"http://127.0.0.1/metadata":        "is no https URL",
		"http://localhost/metadata":        "is no https URL",
	} {
		request, _ := http.NewRequest(http.MethodPost, "https://mcp.example.com/mcp", nil)
		refused := &http.Response{StatusCode: 401, Body: http.NoBody, Header: http.Header{"Www-Authenticate": {`Bearer resource_metadata="` + address + `"`}}}
		if err := h.Authorize(t.Context(), request, refused); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%s: %v", address, err)
		}
	}
	if asked {
		t.Error("a server of the own network was asked")
	}
}

// Of several authorization servers, one that knows the client is taken first,
// else the first that works.
func TestSeveralServers(t *testing.T) {
	first, second := newSystem(t), newSystem(t)
	first.resource = object{"authorization_servers": []string{first.AS.URL, second.AS.URL}}
	t.Run("the first that works", func(t *testing.T) {
		first.change(func() { first.metadata = object{"code_challenge_methods_supported": nil} })
		second.change(func() { second.valid = first.valid })
		if _, err := call(t.Context(), newHandler(t, first.handlerConfig()), first.server()); err != nil || len(second.requests) != 1 || len(first.registered) != 0 {
			t.Errorf("%v; %d token requests at the second", err, len(second.requests))
		}
	})
	t.Run("the one with credentials", func(t *testing.T) {
		first.change(func() { first.metadata = object{} })
		config := first.handlerConfig()
		config.Credentials = []oauthclient.Credentials{{Issuer: second.AS.URL, ClientID: "known"}}
		if _, err := call(t.Context(), newHandler(t, config), first.server()); err != nil || second.requests[1].Get("client_id") != "known" || len(first.requests) != 0 {
			t.Errorf("%v; %v", err, second.requests)
		}
	})
	t.Run("none", func(t *testing.T) {
		first.change(func() { first.metadata = object{"issuer": "x"} })
		second.change(func() { second.metadata = object{"token_endpoint": nil} })
		failed := mustFail(t, newHandler(t, first.handlerConfig()), first)
		wants(t, failed, oauthclient.StepServer, "names 2 authorization servers, and none can be used")
	})
}

// A client of the caller's own follows no redirect either.
func TestOwnHTTPClient(t *testing.T) {
	for _, path := range []string{"/.well-known/oauth-protected-resource/mcp", "/.well-known/oauth-authorization-server", "/register", "/token"} {
		s := newSystem(t)
		s.answers[path] = func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://"+r.Host+"/elsewhere", http.StatusTemporaryRedirect)
		}
		s.answers["/elsewhere"] = func(http.ResponseWriter, *http.Request) { t.Errorf("the redirect of %s was followed", path) }
		config := s.handlerConfig()
		config.HTTPClient = &http.Client{}
		if failed := mustFail(t, newHandler(t, config), s); !strings.Contains(failed.Problem, "redirects with status 307") {
			t.Errorf("%s: %v", path, failed)
		}
	}
}
