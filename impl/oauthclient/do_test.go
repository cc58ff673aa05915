package oauthclient_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl/oauthclient"
)

func TestInsufficientScope(t *testing.T) {
	as := newIssuer(t)
	rs := newResource(t, func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("WWW-Authenticate", `Basic realm="x"`)
		w.Header().Add("WWW-Authenticate", `Bearer realm="", error="insufficient_scope", scope="tasks:write"`)
		writeJSON(w, http.StatusForbidden, map[string]string{"error": "insufficient_scope", "error_description": r.Header.Get("Authorization")})
	})
	err := get(t, newClient(t, config(as, rs)), rs.URL)
	var scope *oauthclient.ScopeError
	if !errors.As(err, &scope) || scope.Needed != "tasks:write" || scope.Granted != "tasks:read" {
		t.Fatalf("got %v", err)
	}
	if !strings.Contains(err.Error(), "needs the scope tasks:write") || !strings.Contains(err.Error(), "ask for it") {
		t.Errorf("not helpful: %v", err)
	}
	quiet(t, err)
}

func TestResourceErrors(t *testing.T) {
	for name, test := range map[string]struct {
		status int
		body   string
		says   string
	}{
		"not found":     {404, `{"error":"not_found","error_description":"there is no such task"}`, "status 404: not_found (there is no such task); correct the request"},
		"unavailable":   {503, `{"error":"temporarily_unavailable"}`, "try again later"},
		"no OAuth":      {403, `<html>`, "status 403: it gives no reason"},
		"echo of token": {400, `{"error":"invalid_request","error_description":"token-canary-1 is odd"}`, "[redacted] is odd"},
		"endless":       {500, strings.Repeat("x", 2<<20), "longer than 1 MiB"},
	} {
		t.Run(name, func(t *testing.T) {
			as := newIssuer(t)
			rs := newResource(t, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(test.status)
				_, _ = w.Write([]byte(test.body))
			})
			err := get(t, newClient(t, config(as, rs)), rs.URL)
			if err == nil || !strings.Contains(err.Error(), test.says) {
				t.Errorf("got %v, want one that says %q", err, test.says)
			}
			quiet(t, err)
		})
	}
}

func TestDecode(t *testing.T) {
	as := newIssuer(t)
	rs := newResource(t, func(w http.ResponseWriter, r *http.Request) { _, _ = w.Write([]byte(r.URL.Query().Get("body"))) })
	client := newClient(t, config(as, rs))
	decode := func(body string) (map[string]int, error) {
		request, _ := http.NewRequestWithContext(t.Context(), http.MethodGet, rs.URL+"/api?body="+body, nil)
		return oauthclient.Decode[map[string]int](client.Do(request))
	}
	if got, err := decode(`{"a":1}`); err != nil || got["a"] != 1 {
		t.Errorf("got %v, %v", got, err)
	}
	_, err := decode(`{"a":"x"}`)
	var broken *oauthclient.ProtocolError
	if !errors.As(err, &broken) || !strings.Contains(err.Error(), "GET /api") {
		t.Errorf("got %v", err)
	}
}
