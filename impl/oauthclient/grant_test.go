package oauthclient_test

import (
	"bytes"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/grantproof/grantproof/impl/oauthclient"
)

func TestTokenRequest(t *testing.T) {
	as, rs := newIssuer(t), newResource(t, nil)
	c := config(as, rs)
	c.Scope = "tasks:read tasks:write"
	mustGet(t, newClient(t, c), rs.URL+"/api/tasks")

	request := as.last(t)
	if got := request.PostForm; got.Get("grant_type") != "client_credentials" || got.Get("scope") != c.Scope || len(got) != 2 {
		t.Errorf("form %v", got)
	}
	// form-urlencode("client: a") ":" form-urlencode("s3cret canary a+b:c%")
	id, secret, _ := request.BasicAuth()
	if id != "client%3A+a" || secret != "s3cret+canary+a%2Bb%3Ac%25" {
		t.Errorf("basic credentials %q %q", id, secret)
	}
	if got := rs.seen(); len(got) != 1 || got[0] != "token-canary-1" {
		t.Errorf("tokens shown: %v", got)
	}
}

func TestAuthenticateTellsTheGrantWithoutTheToken(t *testing.T) {
	as, rs := newIssuer(t), newResource(t, nil)
	grant, err := newClient(t, config(as, rs)).Authenticate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if grant.Issuer != as.id() || grant.ClientID != "client: a" || grant.Scope != "tasks:read" || grant.ExpiresAt.IsZero() {
		t.Errorf("grant %+v", grant)
	}
}

func TestMetadataThatIsNotUsed(t *testing.T) {
	for name, test := range map[string]struct {
		change func(metadata map[string]any)
		says   string
	}{
		"another issuer":        {func(m map[string]any) { m["issuer"] = "https://evil.example" }, `issuer is "https://evil.example"`},
		"a trailing slash":      {func(m map[string]any) { m["issuer"] = m["issuer"].(string) + "/" }, "issuer is"},
		"no token endpoint":     {func(m map[string]any) { delete(m, "token_endpoint") }, "no token_endpoint"},
		"a strange endpoint":    {func(m map[string]any) { m["token_endpoint"] = "javascript:alert(1)" }, "no plain http or https URL"},
		"not the right members": {func(m map[string]any) { m["issuer"] = 7 }, "something else than the JSON"},
	} {
		t.Run(name, func(t *testing.T) {
			as, rs := newIssuer(t), newResource(t, nil)
			sound := as.metadata
			as.metadata = func() map[string]any { m := sound(); test.change(m); return m }
			err := get(t, newClient(t, config(as, rs)), rs.URL)
			var broken *oauthclient.ProtocolError
			if !errors.As(err, &broken) || !strings.Contains(err.Error(), test.says) || !strings.Contains(err.Error(), "AUTH_SERVER_URL") {
				t.Errorf("got %v, want one that says %q", err, test.says)
			}
			if as.issued.Load() != 0 || len(rs.seen()) != 0 {
				t.Error("the client went on")
			}
		})
	}
}

// The metadata is at one of three places; if it is at none, the error is about the first.
func TestPlacesOfMetadata(t *testing.T) {
	for _, test := range []struct {
		at   string
		asks int64
	}{
		{"/.well-known/oauth-authorization-server/r/abc", 1},
		{"/.well-known/openid-configuration/r/abc", 2},
		{"/r/abc/.well-known/openid-configuration", 3},
		{"/nowhere", 3},
	} {
		t.Run(test.at, func(t *testing.T) {
			as, rs := newIssuer(t), newResource(t, nil)
			served, asked := as.Config.Handler, atomic.Int64{}
			as.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				if r.URL.Path == "/r/abc/token" {
					served.ServeHTTP(w, r)
					return
				}
				if asked.Add(1); r.URL.Path == test.at {
					writeJSON(w, 200, as.metadata())
					return
				}
				http.NotFound(w, r)
			}))
			t.Cleanup(as.Close)
			err := get(t, newClient(t, config(as, rs)), rs.URL)
			if found := test.at != "/nowhere"; (err == nil) != found || !found && !strings.Contains(err.Error(), "GET /.well-known/oauth-authorization-server/r/abc with status 404") {
				t.Errorf("got %v", err)
			}
			if asked.Load() != test.asks {
				t.Errorf("asked at %d places, want %d", asked.Load(), test.asks)
			}
		})
	}
}

func TestSecretIsNotSentInTheClearWhereTheIssuerIsNot(t *testing.T) {
	as, rs := newIssuer(t), newResource(t, nil)
	var issuer string
	secure := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		writeJSON(w, 200, map[string]string{"issuer": issuer, "token_endpoint": as.id() + "/token"})
	}))
	defer secure.Close()
	issuer = secure.URL
	c := config(as, rs)
	c.AuthServer, c.HTTPClient = issuer, secure.Client()
	err := get(t, newClient(t, c), rs.URL)
	if err == nil || !strings.Contains(err.Error(), "token_endpoint without it") || as.issued.Load() != 0 {
		t.Errorf("got %v after %d token requests", err, as.issued.Load())
	}
}

func TestTokenResponseThatIsNotUsed(t *testing.T) {
	for name, test := range map[string]struct{ body, says string }{
		"another type":   {`{"access_token":"a-canary","token_type":"DPoP"}`, `type "DPoP"`},
		"no type":        {`{"access_token":"a-canary"}`, `type ""`},
		"no token":       {`{"token_type":"Bearer"}`, "empty"},
		"a header line":  {`{"access_token":"a-canary\r\nX: y","token_type":"Bearer"}`, "characters"},
		"no JSON":        {`<html>a-canary</html>`, "something else than the JSON"},
		"an endless one": {`{"access_token":"` + strings.Repeat("canary", 200_000) + `"}`, "longer than 1 MiB"},
	} {
		t.Run(name, func(t *testing.T) {
			as, rs := newIssuer(t), newResource(t, nil)
			as.answer = func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte(test.body)) }
			err := get(t, newClient(t, config(as, rs)), rs.URL)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v, want one that says %q", err, test.says)
			}
			quiet(t, err)
			if len(rs.seen()) != 0 {
				t.Error("the client went on")
			}
		})
	}
}

// Whatever a server echoes, neither an error nor the log repeats a secret.
func TestRefusedToken(t *testing.T) {
	for code, advice := range map[string]string{
		"invalid_client":      "check CLIENT_ID and CLIENT_SECRET",
		"invalid_scope":       "ask for a scope that the client is registered for",
		"unauthorized_client": "register the client for the grant client_credentials",
		"surprise":            "check how the client is registered there",
	} {
		t.Run(code, func(t *testing.T) {
			as, rs := newIssuer(t), newResource(t, nil)
			as.answer = func(w http.ResponseWriter, r *http.Request) {
				echo := clientSecret + " " + r.Header.Get("Authorization") + "\x1b[31m\n"
				writeJSON(w, 401, map[string]string{"error": code, "error_description": "you sent " + echo})
			}
			var log bytes.Buffer
			c := config(as, rs)
			c.Logger = slog.New(slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug}))
			err := get(t, newClient(t, c), rs.URL)
			var refused *oauthclient.TokenError
			if !errors.As(err, &refused) || refused.Code != code || !strings.Contains(err.Error(), advice) {
				t.Errorf("got %v", err)
			}
			quiet(t, err)
			if log.Len() == 0 || strings.Contains(log.String(), canary) || strings.Contains(log.String(), as.last(t).Header.Get("Authorization")[6:]) {
				t.Errorf("log: %s", log.String())
			}
			if strings.ContainsAny(err.Error(), "\n\x1b") || !strings.Contains(err.Error(), "[redacted]") {
				t.Errorf("not fit to print: %q", err)
			}
		})
	}
}

func TestTokenRequestIsNotRedirected(t *testing.T) {
	as, rs := newIssuer(t), newResource(t, nil)
	thief := newResource(t, nil)
	as.answer = func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, thief.URL, http.StatusTemporaryRedirect)
	}
	err := get(t, newClient(t, config(as, rs)), rs.URL)
	if err == nil || !strings.Contains(err.Error(), "status 307") || len(thief.seen()) != 0 {
		t.Errorf("got %v, the other server saw %v", err, thief.seen())
	}
}

func quiet(t *testing.T, err error) {
	t.Helper()
	if err != nil && strings.Contains(err.Error(), canary) {
		t.Errorf("the error shows a secret: %v", err)
	}
}
