package oauthclient_test

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/oauthclient"
)

func TestManyCallersOneRenewal(t *testing.T) {
	as, rs := newIssuer(t), newResource(t, nil)
	client := newClient(t, config(as, rs))
	together(50, func() {
		if err := get(t, client, rs.URL); err != nil {
			t.Error(err)
		}
	})
	if got := as.issued.Load(); got != 1 {
		t.Errorf("%d token requests, want 1", got)
	}
}

// Fifty callers hold a token that the resource forgets: one renewal, and each
// request is repeated once.
func TestManyRefusedCallersOneRenewal(t *testing.T) {
	as := newIssuer(t)
	rs := newResource(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/strict" && r.Header.Get("Authorization") == "Bearer token-canary-1" {
			w.WriteHeader(http.StatusUnauthorized)
		}
	})
	client := newClient(t, config(as, rs))
	mustGet(t, client, rs.URL)
	together(50, func() {
		if err := get(t, client, rs.URL+"/strict"); err != nil {
			t.Error(err)
		}
	})
	if got := as.issued.Load(); got != 2 {
		t.Errorf("%d token requests, want 2", got)
	}
}

func TestRenewalBeforeExpiry(t *testing.T) {
	for name, test := range map[string]struct {
		expiresIn any // of the token response
		fresh     time.Duration
		stale     time.Duration
	}{
		"an hour":             {3600, 3580 * time.Second, 3595 * time.Second},
		"a short one":         {8, 5 * time.Second, 7 * time.Second},
		"not stated":          {nil, 40 * time.Second, 55 * time.Second},
		"beyond all measures": {int64(1) << 62, 300 * 24 * time.Hour, 366 * 24 * time.Hour},
	} {
		t.Run(name, func(t *testing.T) {
			as, rs, now := newIssuer(t), newResource(t, nil), &clock{}
			as.answer = func(w http.ResponseWriter, _ *http.Request) {
				body := map[string]any{"access_token": "a", "token_type": "Bearer"}
				if test.expiresIn != nil {
					body["expires_in"] = test.expiresIn
				}
				writeJSON(w, 200, body)
			}
			c := config(as, rs)
			c.Now = now.now
			client := newClient(t, c)
			mustGet(t, client, rs.URL)
			now.advance(test.fresh)
			mustGet(t, client, rs.URL)
			if got := as.issued.Load(); got != 1 {
				t.Errorf("%d token requests after %v, want 1", got, test.fresh)
			}
			now.advance(test.stale - test.fresh)
			mustGet(t, client, rs.URL)
			if got := as.issued.Load(); got != 2 {
				t.Errorf("%d token requests after %v, want 2", got, test.stale)
			}
		})
	}
}

func TestTokenWithoutLifetimeLeftServesItsCallers(t *testing.T) {
	as, rs := newIssuer(t), newResource(t, nil)
	as.answer = func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, 200, map[string]any{"access_token": "a", "token_type": "Bearer", "expires_in": -5})
	}
	client := newClient(t, config(as, rs))
	mustGet(t, client, rs.URL)
	mustGet(t, client, rs.URL)
	if got := as.issued.Load(); got != 2 {
		t.Errorf("%d token requests, want one for each call", got)
	}
}

// The caller that started the renewal gives up; the other one gets its token.
func TestCancelledCallerDoesNotFailTheOthers(t *testing.T) {
	as, rs := newIssuer(t), newResource(t, nil)
	asked, release := make(chan struct{}), make(chan struct{})
	as.answer = func(w http.ResponseWriter, _ *http.Request) {
		close(asked)
		<-release
		writeJSON(w, 200, map[string]any{"access_token": "a", "token_type": "Bearer", "expires_in": 60})
	}
	client := newClient(t, config(as, rs))
	ctx, cancel := context.WithCancel(t.Context())
	first, second := make(chan error, 1), make(chan error, 1)
	go func() { _, err := client.Authenticate(ctx); first <- err }()
	<-asked
	go func() { _, err := client.Authenticate(t.Context()); second <- err }()
	cancel()
	if err := <-first; !errors.Is(err, context.Canceled) {
		t.Errorf("the cancelled caller got %v", err)
	}
	close(release)
	if err := <-second; err != nil {
		t.Errorf("the other caller got %v", err)
	}
	if got := as.issued.Load(); got != 1 {
		t.Errorf("%d token requests, want 1", got)
	}
}

func TestImpatientCallerLearnsWhoIsSlow(t *testing.T) {
	as, rs := newIssuer(t), newResource(t, nil)
	release := make(chan struct{})
	defer close(release)
	as.answer = func(http.ResponseWriter, *http.Request) { <-release }
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	request, _ := http.NewRequestWithContext(ctx, http.MethodGet, rs.URL, nil)
	_, err := newClient(t, config(as, rs)).Do(request)
	var unreachable *oauthclient.UnreachableError
	if !errors.As(err, &unreachable) || unreachable.Server.Role != "authorization server" || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestTimeoutNamesTheServerThatIsSlow(t *testing.T) {
	as, rs := newIssuer(t), newResource(t, nil)
	release := make(chan struct{})
	defer close(release)
	as.answer = func(http.ResponseWriter, *http.Request) { <-release }
	c := config(as, rs)
	c.HTTPClient = &http.Client{Timeout: 100 * time.Millisecond}
	err := get(t, newClient(t, c), rs.URL)
	var unreachable *oauthclient.UnreachableError
	if !errors.As(err, &unreachable) || unreachable.Server.Role != "authorization server" || unreachable.Reason != "it did not answer in time" {
		t.Errorf("got %v", err)
	}
}

// A failed renewal is not remembered.
func TestNextCallerTriesAgain(t *testing.T) {
	as, rs := newIssuer(t), newResource(t, nil)
	as.answer = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) }
	client := newClient(t, config(as, rs))
	if err := get(t, client, rs.URL); err == nil {
		t.Fatal("no error")
	}
	as.answer = nil
	mustGet(t, client, rs.URL)
}

func together(n int, call func()) {
	var ready, done sync.WaitGroup
	ready.Add(n)
	for range n {
		done.Go(func() {
			ready.Done()
			ready.Wait()
			call()
		})
	}
	done.Wait()
}
