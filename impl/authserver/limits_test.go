package authserver_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// asking sends requests to a server from addresses of its choice.
type asking struct {
	*testing.T
	root   *realm.Realm
	server http.Handler
}

func askingFor(t *testing.T, policy realm.Policy) asking {
	t.Helper()
	return askingWith(t, realm.Options{Policy: policy})
}

// askingWith starts a server, whose issuer and resource are always the same.
func askingWith(t *testing.T, options realm.Options) asking {
	t.Helper()
	options.Issuer, options.Resource = "https://as.example.com", "https://api.example.com"
	realms, err := realm.New(options)
	if err != nil {
		t.Fatal(err)
	}
	server, err := authserver.New(realms, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return asking{t, realms.Root(), server}
}

// token asks for a token from an address.
func (a asking) token(address, id, secret string) *httptest.ResponseRecorder {
	return a.send(address, "POST", "/oauth/token", "grant_type=client_credentials&client_id="+id+"&client_secret="+secret)
}

func (a asking) send(address, method, path, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.RemoteAddr = address + ":1234"
	if body != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	w := httptest.NewRecorder()
	a.server.ServeHTTP(w, r)
	return w
}

func (a asking) want(status int, w *httptest.ResponseRecorder) {
	a.Helper()
	if w.Code != status {
		a.Errorf("status %d, want %d: %s", w.Code, status, w.Body)
	}
}

const agent, agentSecret = "ai-agent-assistant", "agent-secret-67890"

// Nobody shuts a client out that has no secret to guess.
func TestNothingToGuess(t *testing.T) {
	a := askingFor(t, realm.Policy{})
	public := store.Client{ID: "public", AuthMethod: "none", GrantTypes: []string{"authorization_code"}}
	if err := a.root.Store().PutClient(context.Background(), public); err != nil {
		t.Fatal(err)
	}
	for range 30 {
		a.token("192.0.2.1", "public", "made-up")
	}
	a.want(400, a.send("192.0.2.1", "POST", "/oauth/token", "grant_type=authorization_code&code=x&client_id=public"))
}

// An address is limited, a client that proves who it is has a limit of its own,
// and strangers use up nothing of it.
func TestRates(t *testing.T) {
	a := askingFor(t, realm.Policy{Rates: realm.Rates{Address: 3, Client: 2}})
	for range 4 {
		a.want(200, a.token("192.0.2.1", agent, agentSecret))
	}
	limited := a.token("192.0.2.1", agent, agentSecret)
	a.want(429, limited)
	var body struct{ Error string }
	if err := json.Unmarshal(limited.Body.Bytes(), &body); err != nil || body.Error != "temporarily_unavailable" || limited.Header().Get("Retry-After") != "1" {
		t.Errorf("the answer is %s, %v", limited.Body, limited.Header())
	}
	a.want(429, a.token("192.0.2.9", agent, agentSecret)) // Wherever it asks from.
	for range 6 {                                         // The client used up nothing of its address.
		a.want(401, a.token("192.0.2.1", "neighbour", "x"))
	}
	for range 6 {
		a.want(401, a.token("192.0.2.7", "stranger", "x"))
	}
	a.want(429, a.token("192.0.2.7", "stranger", "x"))
	a.want(401, a.token("192.0.2.8", "stranger", "x"))
	a.want(200, a.send("192.0.2.6", "GET", "/.well-known/jwks.json", "")) // Makes the keys, during which the limit would recover.
	for range 6 {
		a.want(200, a.send("192.0.2.5", "GET", "/.well-known/jwks.json", ""))
	}
	a.want(429, a.send("192.0.2.5", "GET", "/.well-known/jwks.json", ""))
	a.want(200, a.send("192.0.2.5", "GET", "/health", ""))
	page := a.send("192.0.2.5", "GET", "/sign-in", "")
	a.want(429, page)
	if !strings.HasPrefix(page.Header().Get("Content-Type"), "text/html") || page.Header().Get("Retry-After") == "" {
		t.Errorf("a person gets %v", page.Header())
	}
	a.root.Clock.Advance(time.Second)
	a.want(200, a.token("192.0.2.1", agent, agentSecret))
}

// Of many registrations at once as many are answered as are allowed.
func TestRegistrationsAtOnce(t *testing.T) {
	const allowed = 5
	a := askingFor(t, realm.Policy{Registration: realm.RegistrationOpen, RegistrationsPerHour: allowed})
	var mu sync.Mutex
	var group sync.WaitGroup
	answers := map[int]int{}
	for i := range 60 {
		group.Go(func() {
			r := httptest.NewRequest("POST", "/oauth/register", strings.NewReader(`{"redirect_uris":["https://app.example.com/callback"]}`))
			r.RemoteAddr = fmt.Sprintf("[2001:db8::%x]:1234", i+1)
			r.Header.Set("Content-Type", "application/json")
			w := httptest.NewRecorder()
			a.server.ServeHTTP(w, r)
			mu.Lock()
			defer mu.Unlock()
			answers[w.Code]++
		})
	}
	group.Wait()
	if answers[http.StatusCreated] != allowed || answers[http.StatusTooManyRequests] != 60-allowed {
		t.Errorf("the answers by status are %v, want %d of 201", answers, allowed)
	}
}

// Whoever is on the machine can do worse than ask much.
func TestLoopbackSpared(t *testing.T) {
	a := askingFor(t, realm.Policy{Rates: realm.Rates{Address: 1, Client: 1, SpareLoopback: true}})
	for range 10 {
		a.want(200, a.token("127.0.0.1", agent, agentSecret))
		a.want(200, a.send("127.0.0.1", "GET", "/.well-known/jwks.json", ""))
	}
}

// A request that came through a proxy on this machine is not one of this machine,
// whatever X-Forwarded-For says.
func TestProxiedNotSpared(t *testing.T) {
	for name, headers := range map[string]http.Header{
		"no header": {}, "an empty one": {"X-Forwarded-For": {""}}, "no address": {"X-Forwarded-For": {"unknown"}},
		"the proxy itself": {"X-Forwarded-For": {"127.0.0.1"}}, "IPv6 loopback": {"X-Forwarded-For": {"[::1]:80"}},
		"a trailing comma": {"X-Forwarded-For": {"203.0.113.7,"}}, "a port": {"X-Forwarded-For": {"203.0.113.7:80"}},
	} {
		for trust, trusted := range map[string][]netip.Prefix{"trusted": {netip.MustParsePrefix("127.0.0.1/32")}, "not configured": nil} {
			if trusted == nil && len(headers) == 0 {
				continue // That is this machine.
			}
			t.Run(name+" of a proxy that is "+trust, func(t *testing.T) {
				a := askingFor(t, realm.Policy{Documented: true, Rates: realm.Rates{Address: 1, Client: 1, SpareLoopback: true}})
				server := wire.Proxied(trusted, a.server)
				last := 0
				for range 5 {
					r, w := httptest.NewRequest("GET", "/.well-known/jwks.json", nil), httptest.NewRecorder()
					r.RemoteAddr, r.Header = "127.0.0.1:1234", headers
					server.ServeHTTP(w, r)
					last = w.Code
				}
				if last != http.StatusTooManyRequests {
					t.Errorf("the fifth request gets %d", last)
				}
			})
		}
	}
}

// A flood of requests beyond the limits is not a flood of records: each network is
// recorded once a minute, at the token endpoint and at sign-in alike.
func TestFloodIsRecordedOnce(t *testing.T) {
	var lines bytes.Buffer
	log := &audit.Log{Lines: audit.Lines(&lines)}
	a := askingWith(t, realm.Options{Audit: log, Policy: realm.Policy{Documented: true, Rates: realm.Rates{Address: 5}}})
	refused := 0
	for range 500 {
		if a.token("192.0.2.9", "mcp-task-manager", "wrong").Code == http.StatusTooManyRequests {
			refused++
		}
	}
	if recorded := strings.Count(lines.String(), "\n"); refused < 400 || recorded > 60 {
		t.Errorf("%d of 500 requests were refused by a limit, and %d events are recorded", refused, recorded)
	}
}
