package oauthclient

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/outbound"
)

func handlerFor(f *testing.F, server string) *Handler {
	f.Helper()
	h, err := NewHandler(HandlerConfig{Server: server, Registration: &oauth.ClientMetadata{ClientName: new("Test")}})
	if err != nil {
		f.Fatal(err)
	}
	return h
}

// Whatever an authorization server publishes, what is opened in a browser is https, or
// http on this machine while the MCP server is there, and the request is the client's.
func FuzzServerMetadata(f *testing.F) {
	h, local := handlerFor(f, "https://mcp.example/mcp"), handlerFor(f, "http://127.0.0.1:4002/mcp")
	for _, endpoint := range []string{"https://as.example/authorize?state=x", "http://as.example/a", "javascript:alert(1)//https://", "https://as.example/\u0000", "http://127.0.0.1/$(id)",
		"https://user@as.example/", "--https://as.example", "https://:443/", "https://as.example/#f", "file:///etc/passwd", "HTTPS://AS.EXAMPLE/`id`"} {
		f.Add([]byte(`{"issuer":"https://as.example","authorization_endpoint":"` + endpoint + `","token_endpoint":"https://as.example/token","code_challenge_methods_supported":["S256"]}`))
	}
	f.Add([]byte(`{"authorization_endpoint":null}`))
	f.Add([]byte(`[]`))
	f.Fuzz(func(t *testing.T, body []byte) {
		var found serverMetadata
		if json.Unmarshal(body, &found) != nil {
			return
		}
		for _, at := range []*Handler{h, local} {
			if at.judgeServer(found) != "" {
				continue
			}
			asked := pending{state: "the-state", redirectURI: "http://127.0.0.1:1/callback"}.url(party{server: found, client: client{id: "me"}}, at.resource, "a b")
			u, err := url.Parse(asked)
			if err != nil || u.Scheme != "https" && (at == h || u.Scheme != "http" || !outbound.IsLoopback(u.Hostname())) || !reflect.DeepEqual(u.Query()["state"], []string{"the-state"}) {
				t.Errorf("%s leads to %q", body, asked)
			}
			if opened, err := openable(asked); err == nil && (strings.ContainsAny(opened, " \"`$\\\x00\n'|<>") || strings.HasPrefix(opened, "-")) {
				t.Errorf("a program gets %q", opened)
			}
			mustParse(*found.TokenEndpoint) // It was judged, too.
		}
	})
}

// Whatever an MCP server publishes of itself, the client goes on to issuers alone that
// may be asked, and takes no metadata of another resource.
func FuzzResourceMetadata(f *testing.F) {
	h := handlerFor(f, "https://mcp.example/mcp")
	f.Add([]byte(`{"resource":"https://mcp.example/mcp","authorization_servers":["https://as.example"]}`), "https://mcp.example/.well-known/oauth-protected-resource/mcp")
	f.Add([]byte(`{"resource":"https://mcp.example","authorization_servers":["http://169.254.169.254/"]}`), "http://127.0.0.1/")
	f.Add([]byte(`{"resource":1}`), "https://user@evil.example/#x")
	f.Fuzz(func(t *testing.T, body []byte, named string) {
		answer := func(*http.Request) (*http.Response, error) {
			recorder := httptest.NewRecorder()
			_, _ = recorder.Write(body)
			return recorder.Result(), nil
		}
		asking := h
		asking.http = &http.Client{Transport: roundTrip(answer)}
		found, err := asking.protectedResource(t.Context(), named)
		if err != nil {
			return
		}
		if !strings.HasPrefix(found.Resource, "https://mcp.example") {
			t.Errorf("metadata of %q are taken", found.Resource)
		}
		for _, issuer := range *found.AuthorizationServers {
			if u, err := url.Parse(issuer); asking.judgeIssuer(issuer) == nil && (err != nil || u.Scheme != "https" || u.Hostname() == "" || u.User != nil) {
				t.Errorf("the issuer %q may be asked", issuer)
			}
		}
	})
}

type roundTrip func(*http.Request) (*http.Response, error)

// RoundTrip implements http.RoundTripper.
func (r roundTrip) RoundTrip(request *http.Request) (*http.Response, error) { return r(request) }

// Whatever comes to where the client waits, the answer alone that has the right state
// once, at the right path and host, is taken, and that once.
func FuzzCallback(f *testing.F) {
	const state = "RIGHTSTATE"
	f.Add("GET", "/callback", "state="+state+"&code=x", "127.0.0.1:4567")
	f.Add("GET", "/callback", "state="+state+"&state="+state, "localhost:4567")
	f.Add("GET", "/callback", "state=x", "evil.example")
	f.Add("POST", "/callback", "%zz;state="+state, "[::1]:4567")
	f.Add("GET", "//callback/..", "state=%52IGHTSTATE", "127.0.0.1")
	f.Fuzz(func(t *testing.T, method, path, query, host string) {
		c := &callback{path: "/callback", port: "4567", state: state, delivered: make(chan url.Values, 1)}
		request := &http.Request{Method: method, URL: &url.URL{Path: path, RawQuery: query}, Host: host, Header: http.Header{}}
		for attempt := range 2 {
			recorder := httptest.NewRecorder()
			c.ServeHTTP(recorder, request)
			if recorder.Body.Len() == 0 || strings.Contains(recorder.Body.String(), state) || recorder.Header().Get("Content-Type") != "text/plain; charset=utf-8" {
				t.Errorf("it answers %d with %q", recorder.Code, recorder.Body)
			}
			if attempt == 1 && recorder.Code == http.StatusOK {
				t.Error("an answer is taken twice")
			}
		}
		states := (&url.URL{RawQuery: query}).Query()["state"]
		right := method == http.MethodGet && path == "/callback" && reflect.DeepEqual(states, []string{state}) && strings.HasSuffix(host, ":4567")
		if taken := len(c.delivered) == 1; taken && !right {
			t.Errorf("%s %q?%q at %q is taken", method, path, query, host)
		}
	})
}

// Whatever is in the file, reading it neither panics nor loses on the next change what
// it has read.
func FuzzSavedFile(f *testing.F) {
	f.Add([]byte(`{"registrations":{"https://as":{"client_id":"c"}},"tokens":{"https://mcp":{"issuer":"https://as","refresh_token":"r","expires_at":"2030-01-01T00:00:00Z"}}}`))
	f.Add([]byte(`{"tokens":null}`))
	f.Add([]byte(`{} {}`))
	f.Add([]byte(``))
	f.Fuzz(func(t *testing.T, content []byte) {
		saved, err := parseSaved(content)
		if err != nil {
			return
		}
		saved.Tokens["another"], saved.Registrations["another"] = Tokens{}, Registration{}
		written, err := json.Marshal(saved)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := parseSaved(written); err != nil || len(again.Tokens) != len(saved.Tokens) || len(again.Registrations) != len(saved.Registrations) {
			t.Errorf("%q is read as %+v, and then as %+v, %v", content, saved, again, err)
		}
	})
}
