package doctor_test

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/harness/doctor"
	"github.com/grantproof/grantproof/harness/target"
)

// oddAnswers are what no client of OAuth is prepared for.
var oddAnswers = map[string]http.HandlerFunc{
	"nothing":    func(w http.ResponseWriter, _ *http.Request) {},
	"no content": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) },
	"a page": func(w http.ResponseWriter, _ *http.Request) {
		page(w, http.StatusOK, "<form><button>Go</button></form>")
	},
	"a list": func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `[1, "two", null]`) },
	"null":   func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `null`) },
	"members of no use": func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"access_token": 1, "client_id": [], "error": {}, "scope": null, "issuer": 7, "token_endpoint": {}}`)
	},
	"deep JSON":      func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, strings.Repeat("[", 100_000)) },
	"a server error": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusInternalServerError) },
	"unauthorized":   func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusUnauthorized) },
	"no URL": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Location", "http://[::1")
		w.WriteHeader(http.StatusFound)
	},
	"a way in circles": func(w http.ResponseWriter, r *http.Request) { http.Redirect(w, r, r.URL.String(), http.StatusFound) },
	"a broken answer": func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "100")
		fmt.Fprint(w, "{")
		panic(http.ErrAbortHandler)
	},
	"an answer that does not end": func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			if _, err := w.Write(make([]byte, 1<<16)); err != nil {
				return
			}
		}
	},
	"an answer that does not begin": func(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() },
	"an answer that drips": func(w http.ResponseWriter, r *http.Request) {
		for r.Context().Err() == nil {
			fmt.Fprint(w, " ")
			_ = http.NewResponseController(w).Flush()
			time.Sleep(10 * time.Millisecond)
		}
	},
}

// Whatever a server answers, and wherever, the doctor comes to an end with
// findings, and soon.
func TestOddAnswers(t *testing.T) {
	for _, name := range slices.Sorted(maps.Keys(oddAnswers)) {
		for _, path := range []string{"/.well-known/oauth-authorization-server", "/token", "/authorize", "/api", "/keys", "/register", "/introspect", "/mcp"} {
			t.Run(name+" at "+path, func(t *testing.T) {
				t.Parallel()
				s := start(t, map[string]http.HandlerFunc{path: oddAnswers[name]})
				examined := s.target()
				examined.MCPServer = target.MCPServer{URL: s.URL + "/mcp", Tools: []target.Tool{{Name: "a_tool"}}}
				examined.AuthorizationServer.Metadata = map[string]any{"introspection_endpoint": s.URL + "/introspect", "registration_endpoint": s.URL + "/register"}
				examined.Clients["resource"] = target.Client{ID: "api", Secret: secret}
				examined.Limits.Timeout = 100 * time.Millisecond
				began := time.Now()
				if findings := examine(t, examined); len(findings) == 0 || time.Since(began) > 5*time.Second {
					t.Errorf("after %s:\n%s", time.Since(began), printed(findings))
				}
			})
		}
	}
}

// Metadata that contradict the rest are a mistake, and no more.
func TestContradictions(t *testing.T) {
	for name, edit := range map[string]func(map[string]any){
		"no endpoints":              func(m map[string]any) { delete(m, "authorization_endpoint"); delete(m, "token_endpoint") },
		"no authorization endpoint": func(m map[string]any) { delete(m, "authorization_endpoint") },
		"endpoints that are none":   func(m map[string]any) { m["authorization_endpoint"], m["token_endpoint"] = "authorize", 7 },
	} {
		s := start(t, nil)
		s.replaces = map[string]http.HandlerFunc{"/.well-known/oauth-authorization-server": func(w http.ResponseWriter, _ *http.Request) {
			document := s.metadata()
			edit(document)
			answer(w, http.StatusOK, document)
		}}
		examined := s.target()
		examined.Capabilities = map[string]bool{"registration": true, "introspection": true}
		if findings := examine(t, examined); doctor.Worst(findings) != doctor.Error {
			t.Errorf("%s:\n%s", name, printed(findings))
		}
	}
}
