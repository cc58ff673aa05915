package oauthclient_test

import (
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl/oauthclient"
)

func refuseAll(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("WWW-Authenticate", `Bearer error="invalid_token", error_description="it expired"`)
	w.WriteHeader(http.StatusUnauthorized)
}

func TestOneRetryAndNoMore(t *testing.T) {
	as, rs := newIssuer(t), newResource(t, refuseAll)
	client := newClient(t, config(as, rs))
	request, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, rs.URL+"/api/tasks", strings.NewReader("the body"))
	_, err := client.Do(request)
	var invalid *oauthclient.InvalidTokenError
	if !errors.As(err, &invalid) || invalid.Code != "invalid_token" || invalid.Description != "it expired" {
		t.Errorf("got %v", err)
	}
	quiet(t, err)
	if got := rs.seen(); !slices.Equal(got, []string{"token-canary-1", "token-canary-2"}) {
		t.Errorf("tokens shown: %v", got)
	}
	if !slices.Equal(rs.bodies, []string{"the body", "the body"}) {
		t.Errorf("bodies sent: %q", rs.bodies)
	}
}

func TestRequestThatCannotBeRepeated(t *testing.T) {
	as, rs := newIssuer(t), newResource(t, refuseAll)
	client := newClient(t, config(as, rs))
	once := io.MultiReader(strings.NewReader("the body"))
	request, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, rs.URL, once)
	if _, err := client.Do(request); err == nil || len(rs.seen()) != 1 {
		t.Errorf("got %v after %d requests", err, len(rs.seen()))
	}
	_ = get(t, client, rs.URL)
	if got := rs.seen()[1]; got != "token-canary-2" {
		t.Errorf("the next request came with %s", got)
	}
}

func TestTokenIsShownToTheResourceAlone(t *testing.T) {
	as, rs, other := newIssuer(t), newResource(t, nil), newResource(t, nil)
	c := config(as, rs)
	c.ResourceServer = rs.URL + "/r/abc"
	client := newClient(t, c)
	for _, test := range []struct {
		server *resource
		path   string
		shown  bool
	}{
		{rs, "/r/abc/api/tasks", true},
		{rs, "/r/abc", true},
		{rs, "/r/abcd/api/tasks", false},
		{rs, "/r/abc/../xyz", false},
		{rs, "/r/abc/%2e%2e/xyz", false},
		{rs, "/", false},
		{other, "/r/abc/api/tasks", false},
	} {
		mustGet(t, client, test.server.URL+test.path)
		seen := test.server.seen()
		if shown := seen[len(seen)-1] != ""; shown != test.shown {
			t.Errorf("%s%s: token shown is %v, want %v", test.server.URL, test.path, shown, test.shown)
		}
	}
}

func TestRedirects(t *testing.T) {
	as, other := newIssuer(t), newResource(t, nil)
	rs := newResource(t, func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/away":
			http.Redirect(w, r, other.URL+"/?x=y", http.StatusTemporaryRedirect)
		case "/round":
			http.Redirect(w, r, "/round", http.StatusTemporaryRedirect)
		case "/here":
			http.Redirect(w, r, "/arrived", http.StatusTemporaryRedirect)
		}
	})
	client := newClient(t, config(as, rs))
	if err := get(t, client, rs.URL+"/away"); err == nil || !strings.Contains(err.Error(), "must not see the token") {
		t.Errorf("away: %v", err)
	}
	if len(other.seen()) != 0 {
		t.Error("the redirect to another server was followed")
	}
	if err := get(t, client, rs.URL+"/round"); err == nil || !strings.Contains(err.Error(), "without reaching an end") {
		t.Errorf("round: %v", err)
	}
	mustGet(t, client, rs.URL+"/here")
	if got := rs.seen(); got[len(got)-1] == "" {
		t.Error("the redirect within the resource lost the token")
	}
}

func TestCallerDoesNotGetTheToken(t *testing.T) {
	as, rs := newIssuer(t), newResource(t, nil)
	request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, rs.URL, nil)
	response, err := newClient(t, config(as, rs)).HTTP().Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	if got := response.Request.Header.Get("Authorization") + request.Header.Get("Authorization"); got != "" {
		t.Errorf("the caller sees %q", got)
	}
}

func TestUnreachable(t *testing.T) {
	gone := httptest.NewServer(nil)
	gone.Close()
	as, rs := newIssuer(t), newResource(t, nil)
	for name, test := range map[string]struct {
		change  func(c *oauthclient.Config)
		setting string
	}{
		"authorization server": {func(c *oauthclient.Config) { c.AuthServer = gone.URL }, "AUTH_SERVER_URL"},
		"resource server":      {func(c *oauthclient.Config) { c.ResourceServer = gone.URL }, "RESOURCE_SERVER_URL"},
	} {
		c := config(as, rs)
		test.change(&c)
		err := get(t, newClient(t, c), c.ResourceServer)
		var unreachable *oauthclient.UnreachableError
		if !errors.As(err, &unreachable) || unreachable.Server.Role != name || unreachable.Server.URL != gone.URL || !strings.Contains(err.Error(), test.setting) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
