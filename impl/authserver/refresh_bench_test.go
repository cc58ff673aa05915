package authserver_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/store/memory"
	"github.com/grantproof/grantproof/impl/store/sql"
	"github.com/grantproof/grantproof/impl/store/storetest"
	"github.com/grantproof/grantproof/impl/token"
)

// BenchmarkRefresh is one rotation of a refresh token, from the request to the
// answer, by one client and by many. PostgreSQL takes part where
// GRANTPROOF_TEST_POSTGRES names one.
func BenchmarkRefresh(b *testing.B) {
	locations := []string{"memory", "sqlite:" + filepath.Join(b.TempDir(), "store.db")}
	if os.Getenv("GRANTPROOF_TEST_POSTGRES") != "" {
		locations = append(locations, storetest.Postgres(b))
	}
	for _, location := range locations {
		engine, _, _ := strings.Cut(location, ":")
		handler, root := server(b, location)
		b.Run("store="+engine+"/clients=1", func(b *testing.B) {
			refresh := granted(b, root)
			for b.Loop() {
				refresh = rotated(b, handler, refresh)
			}
		})
		b.Run("store="+engine+"/clients=16", func(b *testing.B) {
			b.SetParallelism(8) // For each of two cores.
			b.RunParallel(func(pb *testing.PB) {
				refresh := granted(b, root)
				for pb.Next() {
					refresh = rotated(b, handler, refresh)
				}
			})
		})
	}
}

func server(b *testing.B, location string) (http.Handler, *realm.Realm) {
	b.Helper()
	var stores store.Stores = memory.Stores{}
	if location != "memory" {
		db, err := sql.Open(context.Background(), location, sql.Options{Key: storetest.Key})
		if err != nil {
			b.Fatal(err)
		}
		b.Cleanup(func() { db.Close() })
		stores = db
	}
	realms, err := realm.New(realm.Options{
		Issuer: "http://issuer.test", Resource: "http://resource.test", Policy: realm.Policy{Documented: true}, Stores: stores,
	})
	if err != nil {
		b.Fatal(err)
	}
	server, err := authserver.New(realms, slog.New(slog.DiscardHandler))
	if err != nil {
		b.Fatal(err)
	}
	return server, realms.Root()
}

// granted returns the first refresh token of a new grant.
func granted(b testing.TB, root *realm.Realm) string {
	b.Helper()
	grant, secret, now := token.NewID(), token.NewSecret(), time.Now()
	err := root.Store().PutGrant(b.Context(), store.Grant{
		ID: grant, ClientID: "web-app", UserID: "user-123", Scope: realm.Scopes, CreatedAt: now, ExpiresAt: now.Add(24 * time.Hour),
	})
	if err == nil {
		err = root.Store().PutRefreshToken(b.Context(), store.RefreshToken{
			Hash: token.HashOf(secret), GrantID: grant, IssuedAt: now, ExpiresAt: now.Add(time.Hour),
		})
	}
	if err != nil {
		b.Fatal(err)
	}
	return secret
}

// rotated uses a refresh token and returns the next.
func rotated(b *testing.B, handler http.Handler, refresh string) string {
	form := url.Values{
		"grant_type": {"refresh_token"}, "refresh_token": {refresh},
		"client_id": {"web-app"}, "client_secret": {"webapp-secret-abcdef"},
	}
	request := httptest.NewRequest(http.MethodPost, "/oauth/token", strings.NewReader(form.Encode()))
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	response := httptest.NewRecorder()
	handler.ServeHTTP(response, request)
	var answer struct {
		RefreshToken string `json:"refresh_token"`
	}
	if err := json.Unmarshal(response.Body.Bytes(), &answer); err != nil || answer.RefreshToken == "" {
		b.Error(response.Code, response.Body.String())
	}
	return answer.RefreshToken
}
