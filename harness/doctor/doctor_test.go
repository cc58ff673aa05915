package doctor_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/harness/doctor"
	"github.com/grantproof/grantproof/harness/target"
)

// examine is what the doctor says of a target, which never holds a secret.
func examine(t *testing.T, examined target.Target) []doctor.Finding {
	t.Helper()
	findings := doctor.Examine(t.Context(), doctor.Config{Target: examined, Where: func(key string) string { return "target.yaml:" + key }})
	said, err := json.Marshal(findings)
	if err != nil {
		t.Fatal(err)
	}
	for _, hidden := range []string{secret, password, "code-of-the-server-1", "an-opaque-token"} {
		if strings.Contains(string(said), hidden) {
			t.Errorf("a finding tells %q: %s", hidden, said)
		}
	}
	return findings
}

// Where nothing is wrong, nothing is found.
func TestSound(t *testing.T) {
	findings := examine(t, start(t, nil).target())
	if doctor.Worst(findings) != doctor.Skipped { // There is no registration.
		t.Errorf("of a sound target it says:\n%s", printed(findings))
	}
	for _, name := range []string{"metadata", "issuer", "clients.confidential authenticates", "clients.confidential redirect URI", "sign-in", "access token", "probe GET /api", "clock", "rate limit"} {
		if named(findings, name).Status != doctor.OK {
			t.Errorf("%s is not found to be sound:\n%s", name, printed(findings))
		}
	}
}

// change is a mistake in a target, or what a server does otherwise.
type change struct {
	target   func(*target.Target, *server)
	replaces func(*server) map[string]http.HandlerFunc
}

func configured(change func(*target.Target)) change {
	return misplaced(func(t *target.Target, _ *server) { change(t) })
}

func misplaced(f func(*target.Target, *server)) change { return change{target: f} }

func served(path string, handler func(*server) http.HandlerFunc) change {
	return change{replaces: func(s *server) map[string]http.HandlerFunc { return map[string]http.HandlerFunc{path: handler(s)} }}
}

func client(edit func(*target.Client)) change {
	return configured(func(t *target.Target) {
		known := t.Clients["confidential"]
		edit(&known)
		t.Clients["confidential"] = known
	})
}

// Each mistake is found, told from others, and has what to change and where.
func TestMistakes(t *testing.T) {
	for name, test := range map[string]struct {
		change
		finding       string
		status        doctor.Status
		says, changes string
		line          string
	}{
		"another issuer": {misplaced(func(t *target.Target, s *server) {
			t.AuthorizationServer.Issuer = strings.Replace(s.URL, "127.0.0.1", "localhost", 1)
		}), "issuer", doctor.Error, "the same machine", "write http://127.0.0.1", "target.yaml:authorization_server.issuer"},
		"a slash too much": {configured(func(t *target.Target) { t.AuthorizationServer.Issuer += "/" }),
			"issuer", doctor.Error, "ends with a slash", "write http://", "target.yaml:authorization_server.issuer"},
		"the URL of the metadata": {configured(func(t *target.Target) { t.AuthorizationServer.Issuer += "/.well-known/oauth-authorization-server" }),
			"metadata", doctor.Error, "404", "where metadata are", "target.yaml:authorization_server.issuer"},
		"an issuer that cannot be meant": {served("/.well-known/oauth-authorization-server", func(s *server) http.HandlerFunc {
			return func(w http.ResponseWriter, _ *http.Request) {
				document := s.metadata()
				document["issuer"] = "http://127.0.0.1:1"
				answer(w, http.StatusOK, document)
			}
		}), "issuer", doctor.Warning, "the ports differ", "this failure of the server", "target.yaml:authorization_server.issuer"},
		"a page in the place of metadata": {served("/.well-known/oauth-authorization-server", func(*server) http.HandlerFunc {
			return func(w http.ResponseWriter, _ *http.Request) { page(w, http.StatusOK, "Welcome") }
		}), "metadata", doctor.Error, "a page of HTML", "authorization_server.metadata", "target.yaml:authorization_server.issuer"},
		"metadata without end": {served("/.well-known/oauth-authorization-server", func(*server) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				for r.Context().Err() == nil {
					if _, err := w.Write(make([]byte, 1<<16)); err != nil {
						return
					}
				}
			}
		}), "metadata", doctor.Error, "no more were read", "", ""},
		"metadata in circles": {served("/.well-known/oauth-authorization-server", func(*server) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.Path, http.StatusFound) }
		}), "metadata", doctor.Error, "which leads to", "", ""},
		"no token endpoint there": {served("/token", func(*server) http.HandlerFunc { return http.NotFound }),
			"token endpoint", doctor.Error, "404", "authorization_server.metadata", "target.yaml:authorization_server.metadata.token_endpoint"},
		"an endpoint at a host that is down": {configured(func(t *target.Target) {
			t.AuthorizationServer.Metadata = map[string]any{"introspection_endpoint": "http://127.0.0.1:1/introspect"}
		}), "introspection endpoint", doctor.Error, "refused", "cannot be reached", ""},
		"a wrong secret": {client(func(c *target.Client) { c.Secret = "another-secret-77310" }),
			"clients.confidential authenticates", doctor.Error, "invalid_client", `that "service" is a client`, "target.yaml:clients.confidential.client_secret"},
		"a wrong secret, in other words": {served("/token", func(*server) http.HandlerFunc {
			return func(w http.ResponseWriter, _ *http.Request) {
				answer(w, http.StatusUnauthorized, map[string]any{"error": "unauthorized_client"})
			}
		}), "clients.confidential authenticates", doctor.Error, "unauthorized_client", "that \"service\" is a client of this server, that ${A_SECRET} is its secret", "target.yaml:clients.confidential.client_secret"},
		"a grant that the client may not use": {served("/token", func(*server) http.HandlerFunc {
			return func(w http.ResponseWriter, _ *http.Request) {
				answer(w, http.StatusBadRequest, map[string]any{"error": "unauthorized_client"})
			}
		}), "clients.confidential authenticates", doctor.Error, "unauthorized_client", "grant_types: [authorization_code]", "target.yaml:clients.confidential.grant_types"},
		"another authentication method": {client(func(c *target.Client) { c.AuthMethod = "client_secret_post" }),
			"clients.confidential authenticates", doctor.Error, "invalid_client", "token_endpoint_auth_method: client_secret_basic", "target.yaml:clients.confidential.token_endpoint_auth_method"},
		"a scope that the client may not have": {client(func(c *target.Client) { c.Scope = "fly" }),
			"clients.confidential authenticates", doctor.Error, "invalid_scope", "fly", "target.yaml:clients.confidential.scope"},
		"a wrong secret, and no client credentials": {client(func(c *target.Client) {
			c.Secret, c.GrantTypes = "another-secret-77310", []string{"authorization_code"}
		}),
			"clients.confidential authenticates", doctor.Error, "invalid_client", `that "service" is a client`, "target.yaml:clients.confidential.client_secret"},
		"an unregistered redirect URI": {client(func(c *target.Client) { c.RedirectURIs = []string{"http://127.0.0.1:8765/elsewhere"} }),
			"clients.confidential redirect URI", doctor.Error, "The redirect URI is unknown", "register exactly http://127.0.0.1:8765/elsewhere", "target.yaml:clients.confidential.redirect_uris"},
		"a wrong password": {configured(func(t *target.Target) { t.ResourceOwner.Password = "another-password-33109" }),
			"sign-in", doctor.Error, "asks to sign in again", "the password", "target.yaml:resource_owner.password"},
		"a wrong password, with status 401": {served("/authorize", func(*server) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				page(w, map[string]int{"GET": http.StatusOK, "POST": http.StatusUnauthorized}[r.Method], `<form method="post"><input name="user"><input name="password" type="password"><button>Sign in</button></form>`)
			}
		}), "sign-in", doctor.Error, "asks to sign in again", "is ${A_PASSWORD} the password", "target.yaml:resource_owner.password"},
		"nobody who signs in": {configured(func(t *target.Target) { t.ResourceOwner = target.ResourceOwner{} }),
			"sign-in", doctor.Warning, "waits for a person", "resource_owner", "target.yaml:resource_owner"},
		"a person in a browser of their own": {configured(func(t *target.Target) { t.ResourceOwner.Browser = "manual" }),
			"sign-in", doctor.Skipped, "a person signs in with a browser", "", ""},
		"a page that is not understood": {served("/authorize", func(*server) http.HandlerFunc {
			return func(w http.ResponseWriter, _ *http.Request) {
				page(w, http.StatusOK, `<p>Which colour?</p><form><input name="colour"><button>Go</button></form>`)
			}
		}), "sign-in", doctor.Error, "Which colour?", "resource_owner.steps", "target.yaml:resource_owner.steps"},
		"a sign-in elsewhere": {served("/authorize", func(*server) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, "https://login.example.com/", http.StatusFound)
			}
		}), "sign-in", doctor.Error, "login.example.com", "resource_owner.hosts", ""},
		"a sign-in in circles": {served("/authorize", func(*server) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, "/authorize", http.StatusFound) }
		}), "sign-in", doctor.Error, "has not come back", "in a loop", ""},
		"an approval without a person": {served("/authorize", func(*server) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, callback+"?code=code-of-the-server-1", http.StatusFound)
			}
		}), "sign-in", doctor.OK, "an authorization code", "", ""},
		"a server that understands prompt": {served("/authorize", func(*server) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				http.Redirect(w, r, callback+"?error=login_required", http.StatusFound)
			}
		}), "prompt", doctor.OK, "capabilities: {prompt: true}", "", ""},
		"a server that does not understand prompt": {configured(func(t *target.Target) { t.Capabilities = map[string]bool{"prompt": true} }),
			"prompt", doctor.Warning, "a page", "prompt: false", "target.yaml:capabilities.prompt"},
		"a probe that is not there": {configured(func(t *target.Target) { t.ResourceServer.Probes[0].Path = "/nothing" }),
			"probe GET /nothing", doctor.Error, "404", "correct the path", "target.yaml:resource_server.probes.0.path"},
		"a probe that is open to all": {configured(func(t *target.Target) { t.ResourceServer.Probes[0].Path = "/keys" }),
			"probe GET /keys", doctor.Warning, "200", "without a token", "target.yaml:resource_server.probes.0.path"},
		"a probe with another scope": {configured(func(t *target.Target) { t.ResourceServer.Probes[0].Scope = "write" }),
			"probe GET /api", doctor.Error, "insufficient_scope", "another scope", "target.yaml:resource_server.probes.0.scope"},
		"an API of another issuer": {served("/api", func(*server) http.HandlerFunc {
			return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) }
		}), "probe GET /api", doctor.Error, "401", "configured for this issuer", "target.yaml:resource_server.url"},
		"a token that is no JWT": {configured(func(t *target.Target) { t.Capabilities = map[string]bool{"jwt_access_token": true} }),
			"access token", doctor.Error, "opaque", "remove jwt_access_token", "target.yaml:capabilities.jwt_access_token"},
		"a clock that is behind": {misplaced(func(_ *target.Target, s *server) { s.ahead = -10 * time.Minute }), "clock", doctor.Warning, "10m0s behind", "correct the clock", ""},
		"a clock that is ahead":  {misplaced(func(_ *target.Target, s *server) { s.ahead = time.Minute }), "clock", doctor.Warning, "1m0s ahead", "correct the clock", ""},
		"a document out of a cache": {served("/keys", func(*server) http.HandlerFunc {
			return func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Date", time.Now().Add(-10*time.Minute).UTC().Format(http.TimeFormat))
			}
		}), "clock", doctor.OK, "within seconds", "", ""},
		"a limit": {served("/keys", func(*server) http.HandlerFunc {
			return func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("RateLimit-Policy", `"default";q=100;w=60`)
			}
		}), "rate limit", doctor.Warning, "q=100;w=60", "requests_per_second", "target.yaml:limits.requests_per_second"},
		"too many requests": {served("/token", func(*server) http.HandlerFunc {
			return func(w http.ResponseWriter, _ *http.Request) {
				w.Header().Set("Retry-After", "30")
				w.WriteHeader(http.StatusTooManyRequests)
			}
		}), "rate limit", doctor.Warning, "Retry-After: 30", "requests_per_second", ""},
		"no MCP server there": {misplaced(func(t *target.Target, s *server) { t.MCPServer.URL = s.URL + "/mcp" }),
			"MCP server", doctor.Error, "404", "the endpoint", "target.yaml:mcp_server.url"},
		"a program that is not there": {configured(func(t *target.Target) { t.MCPClient.Command = []string{"no-such-program"} }),
			"client's program", doctor.Error, "no-such-program", "the path", "target.yaml:mcp_client.command"},
		"a port that somebody else has": {misplaced(func(t *target.Target, s *server) {
			t.Examiner = target.Examiner{URL: s.URL, Listen: s.Listener.Addr().String()}
		}), "examiner", doctor.Error, "in use", "free", "target.yaml:examiner.listen"},
		"no clients": {configured(func(t *target.Target) { t.Clients = nil }),
			"registration", doctor.Warning, "no such member", "clients.confidential", "target.yaml:clients"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := start(t, nil)
			if test.replaces != nil {
				s.replaces = test.replaces(s)
			}
			examined := s.target()
			if test.target != nil {
				test.target(&examined, s)
			}
			findings := examine(t, examined)
			f := named(findings, test.finding)
			if f.Status != test.status || !strings.Contains(f.CameBack, test.says) || !strings.Contains(f.Change, test.changes) || test.line != "" && f.Line != test.line {
				t.Errorf("found %+v; want %s, came back with %q, change with %q, line %q:\n%s", f, test.status, test.says, test.changes, test.line, printed(findings))
			}
			if strings.Contains(printed(findings), "%!") {
				t.Error(printed(findings))
			}
		})
	}
}

func named(findings []doctor.Finding, name string) doctor.Finding {
	for _, f := range findings {
		if f.Name == name {
			return f
		}
	}
	return doctor.Finding{}
}

func printed(findings []doctor.Finding) string {
	var out bytes.Buffer
	doctor.Print(&out, findings)
	return out.String()
}
