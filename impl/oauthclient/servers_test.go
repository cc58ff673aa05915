package oauthclient_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/oauthclient"
)

// canary is in every secret of these tests; no error or log may show it.
const canary = "canary"

const clientSecret = "s3cret " + canary + " a+b:c%"

// clock is a time that a test moves.
type clock struct{ ahead atomic.Int64 }

func (c *clock) now() time.Time          { return time.Unix(1_700_000_000, c.ahead.Load()) }
func (c *clock) advance(d time.Duration) { c.ahead.Add(int64(d)) }

// issuer is an authorization server whose answers a test replaces.
type issuer struct {
	*httptest.Server
	issued   atomic.Int64
	requests sync.Map // Forms and headers of token requests by number.
	metadata func() map[string]any
	answer   http.HandlerFunc // nil: an access token, NAME-canary-NUMBER.
}

func newIssuer(t *testing.T) *issuer {
	t.Helper()
	s := &issuer{}
	s.metadata = func() map[string]any {
		return map[string]any{"issuer": s.id(), "token_endpoint": s.id() + "/token", "unknown_member": []int{1}}
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/oauth-authorization-server/r/abc", func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, 200, s.metadata())
	})
	mux.HandleFunc("POST /r/abc/token", s.token)
	s.Server = httptest.NewServer(mux)
	t.Cleanup(s.Close)
	return s
}

func (s *issuer) id() string { return s.URL + "/r/abc" }

func (s *issuer) token(w http.ResponseWriter, r *http.Request) {
	number := s.issued.Add(1)
	_ = r.ParseForm()
	s.requests.Store(number, r)
	if s.answer != nil {
		s.answer(w, r)
		return
	}
	writeJSON(w, 200, map[string]any{"access_token": fmt.Sprintf("token-%s-%d", canary, number),
		"token_type": "bEARER", "expires_in": 3600, "scope": "tasks:read", "unknown_member": map[string]any{}})
}

// last is the last token request.
func (s *issuer) last(t *testing.T) *http.Request {
	t.Helper()
	request, ok := s.requests.Load(s.issued.Load())
	if !ok {
		t.Fatal("no token was requested")
	}
	return request.(*http.Request)
}

// resource is a protected resource that takes down the tokens it is shown.
type resource struct {
	*httptest.Server
	mu     sync.Mutex
	shown  []string
	bodies []string
}

func newResource(t *testing.T, answer http.HandlerFunc) *resource {
	t.Helper()
	s := &resource{}
	s.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		s.mu.Lock()
		s.shown = append(s.shown, strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
		s.bodies = append(s.bodies, string(body))
		s.mu.Unlock()
		if answer != nil {
			answer(w, r)
			return
		}
		writeJSON(w, 200, map[string]string{"ok": "yes"})
	}))
	t.Cleanup(s.Close)
	return s
}

// seen returns the tokens in the order in which they were shown.
func (s *resource) seen() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.shown...)
}

func writeJSON(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}

func config(as *issuer, rs *resource) oauthclient.Config {
	return oauthclient.Config{AuthServer: as.id(), ResourceServer: rs.URL, ClientID: "client: a", ClientSecret: clientSecret}
}

func newClient(t *testing.T, c oauthclient.Config) *oauthclient.Client {
	t.Helper()
	client, err := oauthclient.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

// get sends a GET through Do.
func get(t *testing.T, c *oauthclient.Client, url string) error {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, url, nil)
	if err != nil {
		t.Fatal(err)
	}
	_, err = c.Do(request)
	return err
}

func mustGet(t *testing.T, c *oauthclient.Client, url string) {
	t.Helper()
	if err := get(t, c, url); err != nil {
		t.Fatal(err)
	}
}
