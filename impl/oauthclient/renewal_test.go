package oauthclient_test

import (
	"net/http"
	"path/filepath"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/oauthclient"
)

// Twenty calls find the token over: one of them renews it, and the others wait.
func TestManyCallersOneRefresh(t *testing.T) {
	s, now := newSystem(t), new(clock)
	config := s.handlerConfig()
	config.Now = now.now
	h := newHandler(t, config)
	mustCall(t, h, s)
	now.advance(time.Hour)
	s.change(func() { clear(s.valid) })
	together(20, func() {
		if status, err := call(t.Context(), h, s.server()); err != nil || status != 200 {
			t.Errorf("status %d, %v", status, err)
		}
	})
	if len(s.requests) != 2 || s.requests[1].Get("grant_type") != "refresh_token" || s.requests[1].Get("resource") != s.server() {
		t.Errorf("%d token requests, the last is %v", len(s.requests), s.requests[len(s.requests)-1].Values)
	}
	if len(s.authorizations) != 1 {
		t.Errorf("%d authorizations", len(s.authorizations))
	}
}

// A new refresh token replaces the old one before the access token is used; where
// there is none, the old one stays.
func TestRotation(t *testing.T) {
	s, now := newSystem(t), new(clock)
	config := s.handlerConfig()
	config.Now, config.Store = now.now, oauthclient.NewFileStore(filepath.Join(t.TempDir(), "kept.json"))
	mustCall(t, newHandler(t, config), s)
	kept := func() string {
		saved, err := config.Store.Load()
		if err != nil {
			t.Fatal(err)
		}
		return saved.Tokens[s.server()].RefreshToken
	}
	first := kept()
	now.advance(time.Hour)
	s.change(func() {
		s.answers["/mcp"] = func(w http.ResponseWriter, r *http.Request) {
			if kept() == first {
				t.Error("the access token is used before the refresh token is kept")
			}
			s.serveMCP(w, r)
		}
	})
	mustCall(t, newHandler(t, config), s) // Another process.
	second := kept()
	now.advance(time.Hour)
	s.change(func() { s.tokens = object{"refresh_token": nil} })
	s.change(func() { s.answers["/mcp"] = nil })
	mustCall(t, newHandler(t, config), s)
	if first == second || kept() != second || len(s.authorizations) != 1 || len(s.registered) != 1 {
		t.Errorf("refresh tokens %q, %q, %q; %d authorizations", first, second, kept(), len(s.authorizations))
	}
}

// A refresh token that is of no use leads to one authorization; what is kept for
// others stays.
func TestRefusedRefresh(t *testing.T) {
	for name, over := range map[string]func(s *system, now *clock){
		"when it is over":    func(_ *system, now *clock) { now.advance(time.Hour) },
		"when it is refused": func(*system, *clock) {},
	} {
		t.Run(name, func(t *testing.T) {
			s, now := newSystem(t), new(clock)
			config := s.handlerConfig()
			config.Now, config.Store = now.now, oauthclient.NewMemoryStore()
			_ = config.Store.Update(func(saved *oauthclient.Saved) {
				saved.Tokens["https://other"] = oauthclient.Tokens{AccessToken: "other"}
			})
			h := newHandler(t, config)
			mustCall(t, h, s)
			s.revoke()
			s.change(func() { s.refresh = "" })
			over(s, now)
			mustCall(t, h, s)
			if len(s.authorizations) != 2 || len(s.registered) != 1 || len(s.requests) != 3 {
				t.Errorf("%d authorizations, %d registrations, %d token requests", len(s.authorizations), len(s.registered), len(s.requests))
			}
			if saved, _ := config.Store.Load(); saved.Tokens["https://other"].AccessToken != "other" {
				t.Error("tokens of another server are gone")
			}
		})
	}
}

// A token that is refused before its time is renewed without a person.
func TestRevokedAccessToken(t *testing.T) {
	s := newSystem(t)
	h := newHandler(t, s.handlerConfig())
	mustCall(t, h, s)
	s.revoke()
	mustCall(t, h, s)
	if len(s.authorizations) != 1 || len(s.requests) != 2 {
		t.Errorf("%d authorizations, %d token requests", len(s.authorizations), len(s.requests))
	}
}

// Without lifetime a token serves until it is refused; near its end it still
// serves where the renewal fails.
func TestLifetimes(t *testing.T) {
	s, now := newSystem(t), new(clock)
	s.tokens = object{"expires_in": nil}
	config := s.handlerConfig()
	config.Now = now.now
	h := newHandler(t, config)
	mustCall(t, h, s)
	now.advance(1000 * time.Hour)
	mustCall(t, h, s)
	if len(s.requests) != 1 {
		t.Errorf("%d token requests for a token without lifetime", len(s.requests))
	}
	s.revoke()
	s.change(func() { s.tokens = object{"expires_in": 8} })
	mustCall(t, h, s)
	now.advance(5 * time.Second)
	mustCall(t, h, s)
	if len(s.requests) != 2 {
		t.Errorf("%d token requests: a short token is renewed at once", len(s.requests))
	}
	now.advance(2 * time.Second)
	s.change(func() { s.answers["/token"] = func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(503) } })
	mustCall(t, h, s)
	now.advance(2 * time.Second)
	wants(t, mustFail(t, h, s), oauthclient.StepToken, "status 503")
	s.change(func() { s.answers["/token"] = nil })
	mustCall(t, h, s) // The refresh token was not given up.
	if len(s.authorizations) != 1 {
		t.Errorf("%d authorizations", len(s.authorizations))
	}
}

// A server that states no lifetime shows by a refusal that a token is over. The client
// refreshes it each time; two refusals in a row have another reason.
func TestRefusedAgainAndAgain(t *testing.T) {
	s, now := newSystem(t), new(clock)
	s.tokens = object{"expires_in": nil}
	config := s.handlerConfig()
	config.Now = now.now
	h := newHandler(t, config)
	mustCall(t, h, s)
	for range 3 {
		now.advance(time.Hour)
		s.revoke()
		mustCall(t, h, s)
	}
	if len(s.authorizations) != 1 || len(s.requests) != 4 {
		t.Errorf("%d authorizations, %d token requests", len(s.authorizations), len(s.requests))
	}
	s.revoke()
	mustCall(t, h, s)
	if len(s.authorizations) != 2 {
		t.Errorf("%d authorizations after two refusals in a row", len(s.authorizations))
	}
}

// A step-up asks for what was asked for before and for what the challenge names,
// and registers nobody again.
func TestStepUp(t *testing.T) {
	s := newSystem(t)
	s.resource = object{"scopes_supported": []string{"profile"}}
	h := newHandler(t, s.handlerConfig())
	mustCall(t, h, s)
	s.change(func() { s.needs = "tasks:write" })
	mustCall(t, h, s)
	if got := s.authorizations[1].Get("scope"); got != "tasks:read tasks:write" || len(s.registered) != 1 {
		t.Errorf("it asks for %q, after %d registrations", got, len(s.registered))
	}
	mustCall(t, h, s)
	if len(s.authorizations) != 2 {
		t.Errorf("%d authorizations", len(s.authorizations))
	}
}

// A server need not name the error: the scope that it names is enough, and nothing is
// not.
func TestStepUpWithoutError(t *testing.T) {
	for challenge, authorizations := range map[string]int{`Bearer scope="tasks:write"`: 2, `Bearer realm="tasks"`: 1} {
		s := newSystem(t)
		h := newHandler(t, s.handlerConfig())
		mustCall(t, h, s)
		s.change(func() {
			s.needs = "tasks:write"
			s.challenge = func(int) string { return challenge }
		})
		_, err := call(t.Context(), h, s.server())
		if (err == nil) != (authorizations == 2) || len(s.authorizations) != authorizations {
			t.Errorf("%s: %d authorizations, %v", challenge, len(s.authorizations), err)
		}
	}
}

// A server that is never content is not asked forever.
func TestEndlessStepUp(t *testing.T) {
	for _, status := range []int{401, 403} {
		s, now := newSystem(t), new(clock)
		config := s.handlerConfig()
		config.Now = now.now
		h := newHandler(t, config)
		s.answers["/mcp"] = func(w http.ResponseWriter, r *http.Request) {
			w.Header().Set("WWW-Authenticate", `Bearer error="insufficient_scope", scope="tasks:admin"`)
			if r.Header.Get("Authorization") == "" {
				w.WriteHeader(401)
				return
			}
			w.WriteHeader(status)
		}
		var err error
		for range 20 {
			if _, err = call(t.Context(), h, s.server()); err != nil {
				break
			}
		}
		if err == nil {
			t.Fatalf("%d: it goes on", status)
		}
		wants(t, mustFail(t, h, s), oauthclient.StepMCP, "still refuses after 3 authorizations")
		if len(s.authorizations) != 3 || len(s.registered) != 1 {
			t.Errorf("%d: %d authorizations, %d registrations", status, len(s.authorizations), len(s.registered))
		}
		now.advance(11 * time.Minute)
		s.change(func() { s.answers["/mcp"], s.needs = nil, "tasks:admin" })
		s.revoke()
		mustCall(t, h, s) // Later it may try again.
	}
}

// A token that is over, with nothing to renew it by, leads to one authorization.
func TestTokenThatIsOver(t *testing.T) {
	s, now := newSystem(t), new(clock)
	s.tokens = object{"refresh_token": nil}
	config := s.handlerConfig()
	config.Now = now.now
	h := newHandler(t, config)
	mustCall(t, h, s)
	source, err := h.TokenSource(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	now.advance(time.Hour)
	if _, err := source.Token(); !invalidGrant(err) {
		t.Errorf("a source that somebody kept gives %v", err)
	}
	mustCall(t, h, s)
	if len(s.authorizations) != 2 || len(s.registered) != 1 {
		t.Errorf("%d authorizations, %d registrations", len(s.authorizations), len(s.registered))
	}
}

// Processes with one store do not redeem a refresh token that another one has
// redeemed already.
func TestTwoProcesses(t *testing.T) {
	s, now := newSystem(t), new(clock)
	config := s.handlerConfig()
	config.Now, config.Store = now.now, oauthclient.NewFileStore(filepath.Join(t.TempDir(), "kept.json"))
	first, second := newHandler(t, config), newHandler(t, config)
	mustCall(t, first, s)
	mustCall(t, second, s)
	now.advance(time.Hour)
	mustCall(t, first, s)
	mustCall(t, second, s)
	s.revoke()
	mustCall(t, first, s)
	mustCall(t, second, s)
	if len(s.authorizations) != 1 || len(s.registered) != 1 || len(s.requests) != 3 {
		t.Errorf("%d authorizations, %d registrations, %d token requests", len(s.authorizations), len(s.registered), len(s.requests))
	}
}
