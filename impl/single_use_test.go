package impl_test

import (
	"net/url"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/token"
)

const webApp = "client_id=web-app&client_secret=webapp-secret-abcdef"

// code has the demo's user approve web-app at a server.
func code(t *testing.T, server string) string {
	t.Helper()
	status, _, body := send(t, "POST", server+"/oauth/authorize", "application/json", `{"client_id":"web-app","user_id":"user-123","redirect_uri":"http://localhost:3000/callback"}`)
	if status != 200 {
		t.Fatalf("no code: %d %s", status, body)
	}
	return members(t, body)["code"].(string)
}

func redemption(code string) string {
	return webApp + "&grant_type=authorization_code&redirect_uri=" + url.QueryEscape("http://localhost:3000/callback") + "&code=" + code
}

// atOnce sends the same token request twenty times at the same time, to all
// servers in turn, and counts the tokens.
func atOnce(t *testing.T, servers []string, request string) int {
	t.Helper()
	var issued atomic.Int32
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() {
			status, _, body := send(t, "POST", servers[i%len(servers)]+"/oauth/token", form, request)
			if status == 200 {
				issued.Add(1)
			} else if status != 400 || members(t, body)["error"] != "invalid_grant" {
				t.Errorf("%d %s", status, body)
			}
		})
	}
	group.Wait()
	return int(issued.Load())
}

// takenOnce: of twenty that present one code, or one refresh token, at the same
// time, one succeeds.
func takenOnce(t *testing.T, servers []string, rounds int) {
	server := func(i int) string { return servers[i%len(servers)] }
	t.Run("a code is redeemed once by twenty at once", func(t *testing.T) {
		for i := range rounds {
			if issued := atOnce(t, servers, redemption(code(t, server(i)))); issued != 1 {
				t.Fatalf("round %d: %d successes, want 1", i, issued)
			}
		}
	})
	t.Run("a refresh token is used once by twenty at once", func(t *testing.T) {
		for i := range rounds {
			_, _, body := send(t, "POST", server(i)+"/oauth/token", form, redemption(code(t, server(i+1))))
			refresh := members(t, body)["refresh_token"].(string)
			if issued := atOnce(t, servers, webApp+"&grant_type=refresh_token&refresh_token="+refresh); issued != 1 {
				t.Fatalf("round %d: %d successes, want 1", i, issued)
			}
		}
	})
}

func TestSingleUse(t *testing.T) {
	for name, store := range map[string]string{"memory": "memory", "SQLite": "sqlite:" + filepath.Join(t.TempDir(), "store.db")} {
		t.Run(name, func(t *testing.T) {
			takenOnce(t, []string{stored(t, impl.Config{AuthServer: "127.0.0.1:0", Store: store}).Issuer}, 20)
		})
	}
}

// Of two uses at the same time the one that loses may have read the clock first.
func TestUsedLaterByTheClock(t *testing.T) {
	server := stored(t, impl.Config{AuthServer: "127.0.0.1:0"})
	_, _, body := send(t, "POST", server.Issuer+"/oauth/token", form, redemption(code(t, server.Issuer)))
	refresh := members(t, body)["refresh_token"].(string)
	root := server.Realms.Root()
	if _, err := root.Store().TakeRefreshToken(t.Context(), token.HashOf(refresh), root.Clock.Now().Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if status, _, body := send(t, "POST", server.Issuer+"/oauth/token", form, webApp+"&grant_type=refresh_token&refresh_token="+refresh); status != 400 {
		t.Errorf("%d %s, want 400", status, body)
	}
}
