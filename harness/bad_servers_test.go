package harness_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"maps"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
)

// quickly is how long a bad server may take for one answer.
const quickly = 500 * time.Millisecond

// endless writes until nobody reads any more.
func endless(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	for {
		if _, err := w.Write([]byte(strings.Repeat("[", 4096))); err != nil {
			return
		}
	}
}

// slow writes one letter at a time, until nobody reads any more.
func slow(w http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	w.Header().Set("Content-Type", "application/json")
	for {
		_, _ = w.Write([]byte(" "))
		w.(http.Flusher).Flush()
		select {
		case <-r.Context().Done():
			return
		case <-time.After(quickly / 20):
		}
	}
}

// silent says nothing, until nobody waits any more: a server sees that once it
// has read the request.
func silent(_ http.ResponseWriter, r *http.Request) {
	_, _ = io.Copy(io.Discard, r.Body)
	<-r.Context().Done()
}

// broken ends in the middle of a body.
func broken(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", "1000")
	_, _ = w.Write([]byte(`{"access_token":"`))
	panic(http.ErrAbortHandler)
}

// bomb is small on its way and huge when it is unpacked.
func bomb(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Encoding", "gzip")
	_, _ = w.Write(packed())
}

// packed is what a bomb sends: 64 MB of blanks.
var packed = sync.OnceValue(func() []byte {
	var content bytes.Buffer
	writer := gzip.NewWriter(&content)
	blank := []byte(strings.Repeat(" ", 1<<20))
	for range 64 {
		_, _ = writer.Write(blank)
	}
	_ = writer.Close()
	return content.Bytes()
})

func page(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/html")
	fmt.Fprint(w, "<h1>Under construction</h1>")
}

func circle(w http.ResponseWriter, r *http.Request) {
	http.Redirect(w, r, r.URL.String(), http.StatusFound)
}

func rubbish(w http.ResponseWriter, _ *http.Request) {
	connection, _, err := w.(http.Hijacker).Hijack()
	if err == nil {
		_, _ = connection.Write([]byte("\x16\x03\x01 no HTTP at all\r\n\r\n"))
		connection.Close()
	}
}

var badAnswers = map[string]http.HandlerFunc{
	"endless": endless, "slow": slow, "silent": silent, "broken off": broken, "a bomb": bomb,
	"a page": page, "a circle": circle, "rubbish": rubbish,
}

func atIssuer(issuer string) *target.Target {
	return &target.Target{
		Name: "bad", AuthorizationServer: target.AuthorizationServer{Issuer: issuer}, Limits: target.Limits{Timeout: quickly},
		Clients: map[string]target.Client{
			"confidential": {ID: "service", Secret: "a-secret-of-the-service", Scope: "read", RedirectURIs: []string{"http://127.0.0.1:8765/callback"}},
			"public":       {ID: "app", RedirectURIs: []string{"http://127.0.0.1:8765/callback"}},
		},
		ResourceOwner: target.ResourceOwner{Username: "demo", Password: "a-password-of-the-owner", Browser: "forms"},
	}
}

// Without metadata that can be read nothing is examined, and the configuration
// is to blame.
func TestMetadataThatCannotBeRead(t *testing.T) {
	for name, bad := range badAnswers {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(bad)
			defer server.Close()
			refuses(t, server.URL)
		})
	}
	t.Run("nobody listens", func(t *testing.T) {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		listener.Close()
		refuses(t, "http://"+listener.Addr().String(), "refused")
	})
	t.Run("no such host", func(t *testing.T) { refuses(t, "http://as.invalid", "as.invalid") })
	t.Run("a certificate of nobody", func(t *testing.T) {
		server := httptest.NewTLSServer(http.HandlerFunc(page))
		defer server.Close()
		refuses(t, server.URL, "certificate")
	})
	t.Run("HTTP where TLS is due", func(t *testing.T) {
		server := httptest.NewServer(http.HandlerFunc(page))
		defer server.Close()
		refuses(t, strings.Replace(server.URL, "http:", "https:", 1), "HTTP")
	})
}

func refuses(t *testing.T, issuer string, says ...string) {
	t.Helper()
	_, err := harness.Run(t.Context(), harness.Config{Target: atIssuer(issuer), Only: []string{"authorization_server/pkce.feature"}})
	if !errors.Is(err, harness.ErrConfiguration) {
		t.Fatalf("the run ends with %v", err)
	}
	for _, text := range append(says, issuer) {
		if !strings.Contains(err.Error(), text) {
			t.Errorf("%q does not say %q", err, text)
		}
	}
}

// withMetadata is a server whose metadata are sound; everything else it answers
// with handler.
func withMetadata(t *testing.T, handler http.HandlerFunc) *httptest.Server {
	t.Helper()
	var server *httptest.Server
	server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/.well-known/oauth-authorization-server" {
			handler(w, r)
			return
		}
		answer(w, http.StatusOK, map[string]any{
			"issuer": server.URL, "authorization_endpoint": server.URL + "/authorize", "token_endpoint": server.URL + "/token",
			"introspection_endpoint": server.URL + "/introspect", "revocation_endpoint": server.URL + "/revoke",
			"response_types_supported": []string{"code"}, "code_challenge_methods_supported": []string{"S256"},
			"grant_types_supported": []string{"authorization_code", "client_credentials", "refresh_token"},
		})
	}))
	t.Cleanup(server.Close)
	return server
}

var someOfEach = []string{
	"authorization_server/pkce.feature", "authorization_server/client_credentials.feature", "authorization_server/introspection*",
	"authorization_server/sign_in.feature", "authorization_server/metadata*",
}

// Whatever a server answers, the run ends, and nothing passes for it that a
// server has to do.
func TestAnswersThatCannotBeRead(t *testing.T) {
	for name, bad := range badAnswers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			result, err := harness.Run(t.Context(), harness.Config{Target: atIssuer(withMetadata(t, bad).URL), Only: someOfEach, Concurrency: 8})
			if err != nil {
				t.Fatal(err)
			}
			if result.Summary.Inconclusive+result.Summary.Failed < 30 {
				t.Errorf("the summary is %+v", result.Summary)
			}
			for _, scenario := range result.Scenarios {
				aboutMetadata := strings.HasPrefix(scenario.ID, "authorization_server/metadata")
				if scenario.Verdict == report.Passed && scenario.Level == "must" && !aboutMetadata {
					t.Errorf("%s passed", scenario.ID)
				}
				if strings.Contains(reasonOf(scenario), "panic") {
					t.Errorf("%s: %s", scenario.ID, reasonOf(scenario))
				}
			}
		})
	}
}

// A server that ends in the middle of a run is not asked for ever, and what it
// did not show is not its failure: each scenario names it, with the request at which it
// fell silent.
func TestServerThatEnds(t *testing.T) {
	var requests atomic.Int64
	server := withMetadata(t, func(w http.ResponseWriter, r *http.Request) {
		if requests.Add(1) > 10 {
			rubbish(w, r)
			return
		}
		answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_request"})
	})
	result, err := harness.Run(t.Context(), harness.Config{Target: atIssuer(server.URL), Roles: []string{"authorization-server"}})
	if err != nil {
		t.Fatal(err)
	}
	given := 0
	for _, scenario := range result.Scenarios {
		if scenario.Verdict == report.Inconclusive && strings.HasPrefix(reasonOf(scenario), "the authorization server at "+server.Listener.Addr().String()+" stopped answering at ") {
			given++
		}
		if strings.Contains(reasonOf(scenario), "is not asked any more") {
			t.Errorf("%s does not name the server: %s", scenario.ID, reasonOf(scenario))
		}
	}
	if requests.Load() > 100 || given < 50 {
		t.Errorf("the server was asked %d times, and given up in %d scenarios", requests.Load(), given)
	}
}

// A sign-in page that is not understood, and a password that is not taken, are
// mistakes of the configuration.
func TestSignInThatFails(t *testing.T) {
	for says, form := range map[string]string{
		"resource_owner.steps": `<form method=post><input name=who><button>Los</button></form>`,
		"does not take":        `<form method=post><input name=username><input type=password name=password><button>Sign in</button></form>`,
	} {
		server := withMetadata(t, func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != "/authorize" {
				answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant"})
				return
			}
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, form)
		})
		result, err := harness.Run(t.Context(), harness.Config{Target: atIssuer(server.URL), Only: []string{"authorization_server/pkce.feature", "authorization_server/authorization_request.feature"}})
		if err != nil {
			t.Fatal(err)
		}
		told := 0
		for _, scenario := range result.Scenarios {
			if strings.Contains(reasonOf(scenario), says) {
				told++
			}
		}
		if told < 5 {
			t.Errorf("%d scenarios tell %q", told, says)
		}
	}
}

// The same is so of an MCP server: its streams end, too.
func TestMCPAnswersThatCannotBeRead(t *testing.T) {
	answers := maps.Clone(badAnswers)
	answers["a stream without end"] = func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/event-stream")
		for r.Context().Err() == nil {
			if _, err := fmt.Fprint(w, "event: message\ndata: {\"jsonrpc\":\"2.0\",\"method\":\"notifications/message\"}\n\n"); err != nil {
				return
			}
		}
	}
	for name, bad := range answers {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var server *httptest.Server
			server = withMetadata(t, func(w http.ResponseWriter, r *http.Request) {
				switch {
				case r.URL.Path == "/.well-known/oauth-protected-resource/mcp":
					answer(w, http.StatusOK, map[string]any{"resource": server.URL + "/mcp", "authorization_servers": []string{server.URL}})
				case r.URL.Path == "/token":
					answer(w, http.StatusOK, map[string]any{"access_token": "a-token-of-this-server", "token_type": "Bearer", "expires_in": 600})
				case r.URL.Path == "/mcp" && r.Header.Get("Authorization") != "":
					bad(w, r)
				default:
					w.Header().Set("WWW-Authenticate", `Bearer resource_metadata="`+server.URL+`/.well-known/oauth-protected-resource/mcp"`)
					answer(w, http.StatusUnauthorized, map[string]any{"error": "invalid_token"})
				}
			})
			examined := atIssuer(server.URL)
			examined.MCPServer = target.MCPServer{URL: server.URL + "/mcp"}
			result, err := harness.Run(t.Context(), harness.Config{Target: examined, Roles: []string{"mcp-server"}, Concurrency: 8})
			if err != nil {
				t.Fatal(err)
			}
			if result.Summary.Inconclusive+result.Summary.Failed < 10 {
				t.Errorf("the summary is %+v", result.Summary)
			}
		})
	}
}
