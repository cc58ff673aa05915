package impl_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/netip"
	"net/url"
	"path/filepath"
	"sync"
	"testing"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/password"
	"github.com/grantproof/grantproof/impl/realm"
)

// behindProxy believes what the requests of this machine say about where they
// come from, so that a test has many addresses.
var behindProxy = []netip.Prefix{netip.MustParsePrefix("127.0.0.1/32")}

const forwarded = "X-Forwarded-For"

// browser is a browser at the sign-in page of a server.
type browser struct {
	*testing.T
	server, address string
	session, device string
}

// signIn sends the form with a password, and tells the status of the answer.
func (b *browser) signIn(given string) int {
	fields, session := formOn(b.T, b.server+"/sign-in", b.session)
	fields.Set("username", "demo-user")
	fields.Set("password", given)
	status, header, _ := send(b.T, "POST", b.server+"/sign-in", form, fields.Encode(), forwarded, b.address, "Cookie", session+"; "+b.device)
	if refused := status == http.StatusTooManyRequests || status == http.StatusServiceUnavailable; refused != (header.Get("Retry-After") != "") {
		b.Errorf("status %d with Retry-After %q", status, header.Get("Retry-After"))
	}
	b.session = session
	if device, _ := cookieIn(header, "grantproof-device"); device != "" {
		b.device = device
	}
	return status
}

// atOnceAt sends guesses at the same time and counts the answers by status.
func atOnceAt(servers []string, guesses int, guess func(server string, number int) int) map[int]int {
	var mu sync.Mutex
	var group sync.WaitGroup
	counted := map[int]int{}
	for i := range guesses {
		group.Go(func() {
			status := guess(servers[i%len(servers)], i)
			mu.Lock()
			defer mu.Unlock()
			counted[status]++
		})
	}
	group.Wait()
	return counted
}

// guessingLimited: of 200 guesses at once no more are judged than promised, of
// one network and of many, and the owner signs in meanwhile with a device that
// has signed in before, and after it from an address that has.
func guessingLimited(t *testing.T, servers []string) {
	const home = "192.0.2.7"
	owner := &browser{T: t, server: servers[0], address: home}
	if status := owner.signIn(realm.DemoPassword); status != http.StatusSeeOther || owner.device == "" {
		t.Fatalf("the owner signs in with status %d and gets the device cookie %q", status, owner.device)
	}
	for _, crowd := range []struct {
		name    string
		promise int
		from    func(number int) string
	}{
		{"one network", 5, func(i int) string { return fmt.Sprintf("2001:db8::%x", i+1) }},
		{"many networks", 50, func(i int) string { return fmt.Sprintf("198.51.100.%d", i+1) }},
	} {
		t.Run("passwords from "+crowd.name, func(t *testing.T) {
			var meanwhile sync.WaitGroup
			meanwhile.Go(func() {
				travelling := &browser{T: t, server: servers[len(servers)-1], address: "203.0.113.9", device: owner.device}
				if status := travelling.signIn(realm.DemoPassword); status != http.StatusSeeOther {
					t.Errorf("the owner cannot sign in with a known device: status %d", status)
				}
			})
			judged := atOnceAt(servers, 200, func(server string, i int) int {
				return (&browser{T: t, server: server, address: crowd.from(i)}).signIn(fmt.Sprint("guess ", i))
			})
			meanwhile.Wait()
			limited(t, crowd.promise, judged)
		})
	}
	if status := (&browser{T: t, server: servers[0], address: home}).signIn(realm.DemoPassword); status != http.StatusSeeOther {
		t.Errorf("the owner cannot sign in from a known address: status %d", status)
	}
	t.Run("secrets of a client", func(t *testing.T) {
		token := func(server, address, secret string) int {
			body := url.Values{"grant_type": {"client_credentials"}, "client_id": {"ai-agent-assistant"}, "client_secret": {secret}}
			status, _, _ := send(t, "POST", server+"/oauth/token", form, body.Encode(), forwarded, address)
			return status
		}
		if right := atOnceAt(servers, 30, func(server string, _ int) int { return token(server, home, "agent-secret-67890") }); right[http.StatusOK] != 30 {
			t.Errorf("of 30 right secrets at once the answers by status are %v", right)
		}
		limited(t, 10, atOnceAt(servers, 200, func(server string, i int) int { return token(server, "198.51.100.1", fmt.Sprint(i)) }))
		limited(t, 100, atOnceAt(servers, 200, func(server string, i int) int { return token(server, fmt.Sprintf("203.0.113.%d", i), fmt.Sprint(i)) }))
		if status := token(servers[0], home, "agent-secret-67890"); status != http.StatusOK {
			t.Errorf("the client is locked out of its own network: status %d", status)
		}
	})
}

// limited: of 200 wrong guesses no more than promised were judged. All others
// were told to wait, or found no place in time.
func limited(t *testing.T, promise int, answers map[int]int) {
	t.Helper()
	judged := answers[http.StatusForbidden] + answers[http.StatusUnauthorized]
	if unjudged := answers[http.StatusTooManyRequests] + answers[http.StatusServiceUnavailable]; judged == 0 || judged > promise || judged+unjudged != 200 {
		t.Errorf("the answers by status are %v; want 1 to %d that judge a guess, and others of 429 or 503", answers, promise)
	}
}

func TestGuessingLimited(t *testing.T) {
	for name, location := range map[string]string{"memory": "memory", "SQLite": "sqlite:" + filepath.Join(t.TempDir(), "store.db")} {
		t.Run(name, func(t *testing.T) {
			f := stored(t, impl.Config{AuthServer: "127.0.0.1:0", Store: location, TrustedProxies: behindProxy})
			users := f.Realms.Root().Store()
			user, err := users.UserByName(t.Context(), "demo-user")
			user.PasswordHash = password.OfMachine(realm.DemoPassword) // Which is checked fast.
			if err := errors.Join(err, users.PutUser(t.Context(), user)); err != nil {
				t.Fatal(err)
			}
			guessingLimited(t, []string{f.Issuer})
		})
	}
}
