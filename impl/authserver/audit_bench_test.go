package authserver_test

import (
	"context"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
)

// What the record of decisions and the limits add to a token.
func BenchmarkRecord(b *testing.B) {
	for name, options := range map[string]realm.Options{
		"bare":     {},
		"recorded": {Audit: &audit.Log{Lines: audit.Lines(io.Discard), Kept: time.Hour}},
		"limited":  {Policy: realm.Policy{Rates: realm.Rates{Address: 1 << 30, Client: 1 << 30}}},
	} {
		b.Run(name, func(b *testing.B) {
			options.Issuer, options.Resource = "https://as.example.com", "https://api.example.com"
			realms, err := realm.New(options)
			if err != nil {
				b.Fatal(err)
			}
			server, err := authserver.New(realms, slog.New(slog.DiscardHandler))
			if err != nil {
				b.Fatal(err)
			}
			ctx, stop := context.WithCancel(b.Context())
			defer stop()
			go realms.Root().Audit.Keep(ctx, func(err error) { b.Error(err) })
			b.ReportAllocs()
			for b.Loop() {
				r := httptest.NewRequest("POST", "/oauth/token", strings.NewReader("grant_type=client_credentials"))
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				r.SetBasicAuth("mcp-task-manager", "mcp-secret-12345")
				w := httptest.NewRecorder()
				if server.ServeHTTP(w, r); w.Code != http.StatusOK {
					b.Fatal(w.Code, w.Body)
				}
			}
		})
	}
}
