package acts_test

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/setting"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/world"
)

// The profile tells apart how servers of different makes treat a refresh token
// that comes twice.
func TestMeasureRefresh(t *testing.T) {
	for name, test := range map[string]struct {
		server *refresher
		class  string
		grace  int
		blind  bool // Nobody lets time pass.
	}{
		"refused at once, family ended":    {&refresher{rotates: true, revokes: true}, "strict", 0, false},
		"forgiven for ten seconds":         {&refresher{rotates: true, revokes: true, grace: 10}, "tolerant", 10, false},
		"forgiven for ever":                {&refresher{rotates: true, revokes: true, grace: 1 << 30}, "unsafe", 86400, false},
		"refused, and the family lives on": {&refresher{rotates: true}, "unsafe", 0, false},
		"never rotated":                    {&refresher{}, "unsafe", 0, false},
		"strict, with time standing still": {&refresher{rotates: true, revokes: true}, "strict", 0, true},
		"unsafe, with time standing still": {&refresher{rotates: true}, "unsafe", 0, true},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(test.server)
			defer server.Close()
			w := worldOf(t, server.URL)
			pass := func(_ context.Context, seconds int64) error {
				test.server.advance(seconds)
				return nil
			}
			if test.blind {
				pass = standsStill
			}
			if err := acts.MeasureRefresh(t.Context(), w, pass); err != nil {
				t.Fatal(err)
			}
			if got := w.Last.Refresh; got.Class != test.class || got.GraceSeconds != test.grace || got.Parallel == "" || got.LostResponse == "" || got.Reuse == "" {
				t.Errorf("measured %+v, want %s with %d seconds of grace", *got, test.class, test.grace)
			}
		})
	}
}

func standsStill(context.Context, int64) error {
	return &check.NotApplicable{Reason: "nobody lets time pass"}
}

// Whether a used refresh token works for ever is not known where no time passes.
func TestMeasureRefreshWithoutTime(t *testing.T) {
	server := httptest.NewServer(&refresher{rotates: true, revokes: true, grace: 10})
	defer server.Close()
	w := worldOf(t, server.URL)
	if err, unfit := acts.MeasureRefresh(t.Context(), w, standsStill), new(check.NotApplicable); !errors.As(err, &unfit) {
		t.Errorf("measured %+v, %v", w.Last.Refresh, err)
	}
}

// worldOf is a world with a public client of the server.
func worldOf(t *testing.T, issuer string) *world.World {
	t.Helper()
	examined := target.Target{
		AuthorizationServer: target.AuthorizationServer{Issuer: issuer},
		Clients:             map[string]target.Client{"public": {ID: "agent", RedirectURIs: []string{"http://127.0.0.1:8765/callback"}}},
	}
	run := &world.Run{HTTP: world.NewHTTPClient(time.Second), Target: examined, Setting: setting.Of(examined)}
	if err := run.Discover(t.Context()); err != nil {
		t.Fatal(err)
	}
	w := run.New()
	if err := acts.RegisterClient(t.Context(), w, false, nil); err != nil {
		t.Fatal(err)
	}
	return w
}

// refresher is an authorization server that issues refresh tokens.
type refresher struct {
	rotates, revokes bool
	grace            int64

	mu     sync.Mutex
	now    int64
	tokens map[string]*issued
}

type issued struct {
	family *bool // Whether it is alive.
	usedAt int64 // 0: not yet.
}

func (s *refresher) advance(seconds int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.now += seconds
}

func (s *refresher) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.tokens == nil {
		s.tokens, s.now = map[string]*issued{}, 1
	}
	switch r.URL.Path {
	case "/.well-known/oauth-authorization-server":
		issuer := "http://" + r.Host
		reply(w, http.StatusOK, map[string]any{"issuer": issuer, "authorization_endpoint": issuer + "/authorize", "token_endpoint": issuer + "/token"})
	case "/authorize":
		w.Header().Set("Location", r.FormValue("redirect_uri")+"?"+url.Values{"code": {rand.Text()}, "state": {r.FormValue("state")}}.Encode())
		w.WriteHeader(http.StatusFound)
	case "/token":
		if r.FormValue("grant_type") == "authorization_code" {
			s.issue(w, &issued{family: new(true)})
			return
		}
		s.refresh(w, r.FormValue("refresh_token"))
	}
}

func (s *refresher) refresh(w http.ResponseWriter, token string) {
	known, ok := s.tokens[token]
	if !ok || !*known.family {
		reply(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant"})
		return
	}
	if !s.rotates {
		reply(w, http.StatusOK, map[string]any{"access_token": rand.Text(), "token_type": "Bearer", "refresh_token": token})
		return
	}
	if known.usedAt > 0 && (s.grace == 0 || s.now-known.usedAt > s.grace) {
		*known.family = !s.revokes
		reply(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant"})
		return
	}
	if known.usedAt == 0 {
		known.usedAt = s.now
	}
	s.issue(w, &issued{family: known.family})
}

func (s *refresher) issue(w http.ResponseWriter, made *issued) {
	token := rand.Text()
	s.tokens[token] = made
	reply(w, http.StatusOK, map[string]any{"access_token": rand.Text(), "token_type": "Bearer", "refresh_token": token})
}

func reply(w http.ResponseWriter, status int, body map[string]any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
