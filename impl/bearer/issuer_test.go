package bearer

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/token"
)

// An introspection response counts if it says everything that a resource has to know: the
// token is active, has not expired, and is of a subject and a client (RFC 7662 section
// 2.2, https://www.rfc-editor.org/rfc/rfc7662#section-2.2).
func TestIntrospected(t *testing.T) {
	at, _ := aResource(t)
	now := time.Unix(at.Clock.Now().Unix(), 0)
	for name, test := range map[string]struct {
		answer string
		ok     bool
	}{
		"everything":                {`{"active":true,"sub":"user","client_id":"client","scope":"tasks:read"}`, true},
		"without a scope":           {`{"active":true,"sub":"user","client_id":"client"}`, true},
		"not active":                {`{"active":false,"sub":"user","client_id":"client"}`, false},
		"without a subject":         {`{"active":true,"client_id":"client"}`, false},
		"without a client":          {`{"active":true,"sub":"user"}`, false},
		"a scope that is no list":   {`{"active":true,"sub":"user","client_id":"client","scope":"a\"b"}`, false},
		"expires later":             {`{"active":true,"sub":"user","client_id":"client","exp":` + number(now.Add(time.Minute)) + `}`, true},
		"expires now":               {`{"active":true,"sub":"user","client_id":"client","exp":` + number(now) + `}`, false},
		"expired a minute ago":      {`{"active":true,"sub":"user","client_id":"client","exp":` + number(now.Add(-time.Minute)) + `}`, false},
		"expired at the very first": {`{"active":true,"sub":"user","client_id":"client","exp":0}`, false},
	} {
		answer, err := IntrospectionResponse.Sound([]byte(test.answer))
		if err != nil {
			t.Fatal(err)
		}
		access, err := Introspected.Sound(at, answer)
		if (err == nil) != test.ok {
			t.Errorf("%s: %v, want it accepted: %v", name, err, test.ok)
		}
		if test.ok && (access.Subject != "user" || access.ClientID != "client" || access.Scope.Has("tasks:read") != strings.Contains(test.answer, "tasks:read")) {
			t.Errorf("%s: it says %+v", name, access)
		}
	}
}

func number(at time.Time) string { return strconv.FormatInt(at.Unix(), 10) }

// The metadata of an issuer count if they say where its keys and its introspection are,
// and what is not answered with status 200 says nothing.
func TestMetadataOfTheIssuer(t *testing.T) {
	for name, test := range map[string]struct {
		body   func(string) string
		status int // Of the answers of the issuer.
		want   int // 0: the token is accepted.
	}{
		"as they are":           {nil, http.StatusOK, 0},
		"without jwks_uri":      {without("jwks_uri"), http.StatusOK, http.StatusServiceUnavailable},
		"without introspection": {without("introspection_endpoint"), http.StatusOK, http.StatusServiceUnavailable},
		"not with status 200":   {nil, http.StatusNotFound, http.StatusServiceUnavailable},
		"with another success":  {nil, http.StatusAccepted, http.StatusServiceUnavailable},
		"of another issuer": {func(text string) string {
			return strings.Replace(text, `"issuer":"https://as`, `"issuer":"https://other`, 1)
		}, http.StatusOK, http.StatusServiceUnavailable},
	} {
		at, _ := aResource(t)
		far := &link{to: at.Realm, body: test.body}
		v := far.verifier()
		v.client.Transport = answering{far, test.status}
		_, err := v.admit(t.Context(), at, issued(t, at))
		if got := statusOf(err); got != test.want {
			t.Errorf("%s: status %d, want %d", name, got, test.want)
		}
	}
}

// without takes a member out of a document, by its name.
func without(name string) func(string) string {
	return func(text string) string { return strings.Replace(text, `"`+name+`"`, `"x"`, 1) }
}

// answering gives the answers of another transport a status.
type answering struct {
	http.RoundTripper
	status int
}

// RoundTrip implements http.RoundTripper.
func (a answering) RoundTrip(r *http.Request) (*http.Response, error) {
	response, err := a.RoundTripper.RoundTrip(r)
	if err == nil {
		response.StatusCode = a.status
	}
	return response, err
}

// Keys are fetched again after an hour, so that a withdrawn one is not believed for ever,
// and not before.
func TestKeysAreLookedAtAgain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at, _ := aResource(t)
		far := &link{to: at.Realm}
		v := far.verifier()
		for _, step := range []struct {
			after   time.Duration
			fetches int64
		}{{0, 1}, {keysLifetime, 1}, {time.Second, 2}, {time.Second, 2}} {
			time.Sleep(step.after)
			if _, err := v.admit(t.Context(), at, issued(t, at)); err != nil {
				t.Fatal(err)
			}
			synctest.Wait()
			if fetches := far.fetches.Load(); fetches != step.fetches {
				t.Errorf("%v later the keys were fetched %d times, want %d", step.after, fetches, step.fetches)
			}
		}
	})
}

// A scope covers itself, and where the policy has it so, the one to write covers the one
// to read.
func TestCovers(t *testing.T) {
	for _, test := range []struct {
		granted, needed string
		implies, covers bool
	}{
		{"tasks:read", "tasks:read", false, true},
		{"tasks:read", "tasks:read", true, true},
		{"tasks:write", "tasks:read", true, true},
		{"tasks:write", "tasks:read", false, false},
		{"user:write", "tasks:read", true, false},
		{"tasks:read", "tasks:write", true, false},
		{"", "tasks:read", true, false},
	} {
		at, _ := aResource(t)
		at.SetPolicy(realm.Policy{WriteImpliesRead: test.implies})
		granted, _ := token.ParseScope(test.granted)
		if covers := Covers.Sound(at.Realm, granted, test.needed); covers != test.covers {
			t.Errorf("%q covers %q, where writing implies reading (%v): %v", test.granted, test.needed, test.implies, covers)
		}
	}
}

// A challenge names the scope if there is one to name, and where the metadata are.
func TestChallenge(t *testing.T) {
	at, _ := aResource(t)
	const metadata = `resource_metadata="https://api.example.com/.well-known/oauth-protected-resource"`
	if got := unauthenticated(at).Challenge; got != `Bearer realm="api", `+metadata {
		t.Errorf("without a scope: %s", got)
	}
	at.Scope = "tasks:read"
	if got := unauthenticated(at).Challenge; got != `Bearer realm="api", scope="tasks:read", `+metadata {
		t.Errorf("with one: %s", got)
	}
}
