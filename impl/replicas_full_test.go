//go:build full

package impl_test

import (
	"net/netip"
	"strings"
	"sync"
	"testing"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/store/storetest"
)

// replicas starts three authorization servers on one PostgreSQL at the same
// time and returns where each is reached.
func replicas(t *testing.T, proxies ...netip.Prefix) []string {
	t.Helper()
	store := storetest.Postgres(t)
	servers := []string{"http://" + address(t), "http://" + address(t), "http://" + address(t)}
	var group sync.WaitGroup
	for _, server := range servers {
		group.Go(func() {
			stored(t, impl.Config{AuthServer: strings.TrimPrefix(server, "http://"), Issuer: "http://issuer.test", Resource: "http://resource.test", Store: store, TrustedProxies: proxies})
		})
	}
	group.Wait()
	if t.Failed() {
		t.FailNow()
	}
	return servers
}

func TestReplicas(t *testing.T) {
	servers := replicas(t)
	takenOnce(t, servers, 100)
	t.Run("a token of one is known to all, and its revocation at once", func(t *testing.T) {
		for i := range servers {
			_, _, body := send(t, "POST", servers[i]+"/oauth/token", form, redemption(code(t, servers[i])))
			access := members(t, body)["access_token"].(string)
			for _, server := range servers {
				if !active(t, server, access) {
					t.Errorf("%s does not know a token of %s", server, servers[i])
				}
			}
			send(t, "POST", servers[(i+1)%3]+"/oauth/revoke", form, webApp+"&token="+access)
			for _, server := range servers {
				if active(t, server, access) {
					t.Errorf("%s still knows a token that was revoked", server)
				}
			}
		}
	})
	t.Run("all publish the same keys", func(t *testing.T) {
		_, _, first := send(t, "GET", servers[0]+"/.well-known/jwks.json", "", "")
		for _, server := range servers[1:] {
			if _, _, keys := send(t, "GET", server+"/.well-known/jwks.json", "", ""); keys != first || !strings.Contains(keys, `"kid"`) {
				t.Errorf("%s publishes %s, the first %s", server, keys, first)
			}
		}
	})
}

func TestGuessingAtReplicas(t *testing.T) { guessingLimited(t, replicas(t, behindProxy...)) }
