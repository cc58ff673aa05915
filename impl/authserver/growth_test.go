package authserver_test

import (
	"context"
	"log/slog"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/store/memory"
	"github.com/grantproof/grantproof/impl/token"
)

// weighed is a store that tells how much its sessions hold.
type weighed struct {
	*memory.Store
	mu   sync.Mutex
	held map[token.Hash]int
}

func (w *weighed) Realm(string) store.Store             { return w }
func (w *weighed) Forget(context.Context, string) error { return nil }
func (w *weighed) Close() error                         { return nil }
func (w *weighed) PutSession(ctx context.Context, s store.Session) error {
	w.mu.Lock()
	w.held[s.Hash] = len(s.Data)
	w.mu.Unlock()
	return w.Store.PutSession(ctx, s)
}

func (w *weighed) bytes() (sessions, bytes int) {
	for _, n := range w.held {
		bytes += n
	}
	return len(w.held), bytes
}

const waitingAtOnce = 20

// askingWeighed is a server with a public client, whose store is weighed.
func askingWeighed(t *testing.T) (asking, *weighed) {
	t.Helper()
	kept := &weighed{Store: memory.New(), held: map[token.Hash]int{}}
	realms, err := realm.New(realm.Options{
		Issuer: "https://as.example.com", Resource: "https://api.example.com", Stores: kept,
		Policy: realm.Policy{Rates: realm.Rates{Waiting: waitingAtOnce, SpareLoopback: true}},
	})
	if err != nil {
		t.Fatal(err)
	}
	server, err := authserver.New(realms, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	client := store.Client{ID: "c", AuthMethod: "none", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{"https://app.example/cb"}, Scope: realm.Scopes}
	if err := kept.PutClient(t.Context(), client); err != nil {
		t.Fatal(err)
	}
	return asking{t, realms.Root(), server}, kept
}

// requested are parameters of a lawful request, with others.
func requested(others ...string) url.Values {
	parameters := url.Values{"client_id": {"c"}, "response_type": {"code"}, "code_challenge": {strings.Repeat("c", 43)}, "code_challenge_method": {"S256"}}
	for i := 0; i < len(others); i += 2 {
		parameters.Add(others[i], others[i+1])
	}
	return parameters
}

// One network can have so much remembered and no more, however large its
// requests are, whichever parameter it fills, and however many addresses it has.
func TestAnonymousRequestsAreBounded(t *testing.T) {
	names := []string{"client_id", "redirect_uri", "state", "nonce", "scope", "resource", "code_challenge", "code_challenge_method", "id_token_hint",
		"max_age", "prompt", "response_mode", "response_type", "request", "request_uri", "login_hint", "ui_locales", "claims", "acr_values", "display", "unknown"}
	for _, letter := range []string{"a", "<", `"`, "\x01", "ü"} {
		a, kept := askingWeighed(t)
		for n := range 2 * waitingAtOnce {
			for _, name := range names {
				parameters := requested()
				parameters.Set(name, strings.Repeat(letter, 5000))
				address := "[2001:db8::" + strconv.FormatInt(int64(n), 16) + "]"
				if answer := a.send(address, "POST", "/oauth/authorize", parameters.Encode()); answer.Code >= 500 {
					t.Fatalf("%s: %d %s", name, answer.Code, answer.Body)
				}
			}
		}
		sessions, bytes := kept.bytes()
		if sessions > waitingAtOnce+2 || bytes > (waitingAtOnce+2)*16_000 {
			t.Errorf("of %q, %d sessions with %d bytes are kept", letter, sessions, bytes)
		}
		a.want(http.StatusTooManyRequests, a.send("[2001:db8::9]", "GET", "/oauth/authorize?"+requested().Encode(), ""))
		a.want(http.StatusTooManyRequests, a.send("[2001:db8::9]", "GET", "/sign-in", ""))
		// Others are served as before, and after half an hour this network is, too.
		a.want(http.StatusFound, a.send("192.0.2.7", "GET", "/oauth/authorize?"+requested().Encode(), ""))
		a.want(http.StatusFound, a.send("127.0.0.1", "GET", "/oauth/authorize?"+requested().Encode(), ""))
		a.root.Clock.Advance(30 * time.Minute)
		a.want(http.StatusFound, a.send("[2001:db8::9]", "GET", "/oauth/authorize?"+requested().Encode(), ""))
	}
}

// Pages alone do not fill the store either.
func TestVisitorsAreBounded(t *testing.T) {
	a, kept := askingWeighed(t)
	for range 3 * waitingAtOnce {
		a.send("192.0.2.7", "GET", "/sign-in", "")
	}
	if sessions, _ := kept.bytes(); sessions > waitingAtOnce+2 {
		t.Errorf("%d sessions are kept", sessions)
	}
	page := a.send("192.0.2.7", "GET", "/sign-in", "")
	if page.Header().Get("Retry-After") == "" || !strings.HasPrefix(page.Header().Get("Content-Type"), "text/html") {
		t.Errorf("a person gets %v", page.Header())
	}
}

// What lawful clients send is not too long, and of what is too long the client or
// the person is told which parameter it is.
func TestSizesOfRequests(t *testing.T) {
	long := func(n int) string { return strings.Repeat("a", n) }
	a, _ := askingWeighed(t)
	for name, test := range map[string]struct {
		parameters url.Values
		status     int
		said       string
	}{
		"a state of 4096 characters": {requested("state", long(4096), "nonce", long(1024), "scope", "tasks:read openid"), http.StatusFound, ""},
		"a hint of 4096 characters":  {requested("state", long(2048), "id_token_hint", long(1500)), http.StatusFound, ""},
		"a state that is too long":   {requested("state", long(4097)), http.StatusBadRequest, "state has more than 4096 characters"},
		"an address that is too long": {requested("redirect_uri", "https://app.example/"+long(2048)), http.StatusBadRequest,
			"redirect_uri has more than 2048 characters"},
		"a silent request with a nonce that is too long": {requested("prompt", "none", "nonce", long(1025)), http.StatusFound, "nonce+has+more+than+1024+characters"},
		"a silent request that is too long":              {requested("prompt", "none", "state", long(4096), "id_token_hint", long(4000)), http.StatusFound, "the+request+has+more+than+8000+characters"},
		"a silent request for many resources": {url.Values{"client_id": {"c"}, "response_type": {"code"}, "prompt": {"none"}, "resource": strings.Split(long(17), "")},
			http.StatusFound, "more+than+16+resources"},
	} {
		t.Run(name, func(t *testing.T) {
			answer := a.send("192.0.2.7", "POST", "/oauth/authorize", test.parameters.Encode())
			if answer.Code == http.StatusSeeOther {
				answer.Code = http.StatusFound
			}
			a.want(test.status, answer)
			if said := answer.Header().Get("Location") + answer.Body.String(); !strings.Contains(said, test.said) {
				t.Errorf("it does not say %q: %s", test.said, said)
			}
			if state := test.parameters.Get("state"); state != "" && test.said != "" && test.status == http.StatusFound && !strings.Contains(answer.Header().Get("Location"), "state="+state) {
				t.Errorf("the client does not get its state back: %v", answer.Header())
			}
		})
	}
}
