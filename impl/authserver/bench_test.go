package authserver_test

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
)

// What a request costs without the network.
func BenchmarkServer(b *testing.B) {
	realms, err := realm.New(realm.Options{Issuer: "http://localhost", Resource: "http://localhost/api", Policy: realm.Policy{Documented: true}, ResourceSecret: "secret"})
	if err != nil {
		b.Fatal(err)
	}
	server, err := authserver.New(realms, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	for name, request := range map[string]struct{ method, path, body string }{
		"token":    {"POST", "/oauth/token", "grant_type=client_credentials"},
		"metadata": {"GET", "/.well-known/oauth-authorization-server", ""},
		"keys":     {"GET", "/.well-known/jwks.json", ""},
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := httptest.NewRequest(request.method, request.path, strings.NewReader(request.body))
				if request.body != "" {
					r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
					r.SetBasicAuth("mcp-task-manager", "mcp-secret-12345")
				}
				w := httptest.NewRecorder()
				if server.ServeHTTP(w, r); w.Code != http.StatusOK {
					b.Fatal(w.Code, w.Body)
				}
			}
		})
	}
}
