package oauthclient_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/oauthclient"
)

// asked sends a request to where the client waits, and returns status and page.
func asked(t *testing.T, method, address, host string) (status int, page string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), method, address, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Host = host
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	for name, want := range map[string]string{"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff"} {
		if got := response.Header.Get(name); got != want {
			t.Errorf("%s %s is answered with %s: %s, want %s", method, address, name, got, want)
		}
	}
	content, _ := io.ReadAll(response.Body)
	return response.StatusCode, string(content)
}

// Whatever a stranger sends while the client waits, the right answer is still taken,
// once, and then nothing listens any more.
func TestStrangersAtTheCallback(t *testing.T) {
	s := newSystem(t)
	config := s.handlerConfig()
	done := make(chan string, 1)
	config.Browser = func(_ context.Context, address string) error {
		uri := query(address).Get("redirect_uri")
		defer func() { done <- uri }()
		s.change(func() { s.authorizations = append(s.authorizations, query(address)) })
		right := s.answerTo(address)
		at, _ := url.Parse(uri)
		ask := func(what string, want int, method, host string, change func(*url.URL, url.Values)) {
			u, answer := *at, url.Values{}
			for name, values := range right {
				answer[name] = slices.Clone(values)
			}
			change(&u, answer)
			u.RawQuery = answer.Encode()
			if status, page := asked(t, method, u.String(), host); status != want || page == "" && method != http.MethodHead || strings.Contains(page, canary) {
				t.Errorf("%s: status %d with %q, want %d", what, status, page, want)
			}
		}
		same := func(*url.URL, url.Values) {}
		state := right.Get("state")
		for what, wrong := range map[string][]string{
			"another": {"x"}, "absent": nil, "empty": {""}, "in lower case": {strings.ToLower(state)}, "cut": {state[1:]}, "longer": {state + "A"},
			"with a blank": {state + " "}, "with a line break": {state + "\n"}, "with NUL": {state + "\x00"},
			"twice": {state, state}, "right and another": {state, "x"}, "another and right": {"x", state},
		} {
			for _, brings := range []string{"code", "error"} {
				ask("a state that is "+what+", with "+brings, http.StatusBadRequest, http.MethodGet, "", func(_ *url.URL, answer url.Values) {
					answer["state"] = wrong
					answer.Del("code")
					answer.Set(brings, "access_denied")
				})
			}
		}
		for _, path := range []string{"/favicon.ico", "/", "/Callback", "/callback/", "/callback/x", "//callback"} {
			ask("the path "+path, http.StatusNotFound, http.MethodGet, "", func(u *url.URL, _ url.Values) { u.Path = path })
		}
		for _, method := range []string{"POST", "HEAD", "PUT", "OPTIONS", "DELETE"} {
			ask("the method "+method, http.StatusMethodNotAllowed, method, "", same)
		}
		for _, host := range []string{"evil.example", "evil.example:" + at.Port(), "127.0.0.1.evil.example:" + at.Port(), "127.0.0.1:1", "127.0.0.1", "192.0.2.1:" + at.Port()} {
			ask("the host "+host, http.StatusMisdirectedRequest, http.MethodGet, host, same)
		}
		ask("the answer", http.StatusOK, http.MethodGet, "localhost:"+at.Port(), same)
		if response, err := http.Get(uri + "?" + right.Encode()); err == nil {
			defer response.Body.Close()
			if page, _ := io.ReadAll(response.Body); response.StatusCode != http.StatusGone || !strings.Contains(string(page), "has arrived") {
				t.Errorf("the second answer is taken with status %d and %q", response.StatusCode, page)
			}
		}
		return nil
	}
	mustCall(t, newHandler(t, config), s)
	uri := <-done
	if u, _ := url.Parse(uri); u.Hostname() != "127.0.0.1" || u.Port() == "" || u.Path != "/callback" {
		t.Errorf("the redirect URI is %s", uri)
	}
	if len(s.requests) != 1 {
		t.Errorf("%d token requests", len(s.requests))
	}
	if _, err := http.Get(uri); err == nil {
		t.Error("it still listens")
	}
}

// A client to which only answers with another state come ends in bounded time, and
// says so.
func TestOnlyStrangers(t *testing.T) {
	for name, after := range map[string]error{"the browser stays": nil, "the browser ends": fmt.Errorf("closed")} {
		t.Run(name, func(t *testing.T) {
			s := newSystem(t)
			config := s.handlerConfig()
			config.Patience = 50 * time.Millisecond
			config.Browser = func(ctx context.Context, address string) error {
				if err := visit(ctx, query(address).Get("redirect_uri")+"?code=x&state=y"); err == nil {
					t.Error("the answer is taken for the right one")
				}
				return after
			}
			failed := mustFail(t, newHandler(t, config), s)
			wants(t, failed, oauthclient.StepAuthorization, "not taken: 1")
			if len(s.requests) != 0 {
				t.Errorf("%d token requests", len(s.requests))
			}
		})
	}
}
