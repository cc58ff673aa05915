package bearer

import (
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// link leads to an authorization server that is far away.
type link struct {
	to      *realm.Realm
	delay   time.Duration
	body    func(document string) string // What arrives; nil for what was sent.
	absent  string                       // The path below which there is nothing.
	broken  atomic.Bool
	fetches atomic.Int64 // Of the keys.
}

// RoundTrip implements http.RoundTripper.
func (l *link) RoundTrip(r *http.Request) (*http.Response, error) {
	time.Sleep(l.delay)
	if l.broken.Load() {
		return nil, errors.New("the link is broken")
	}
	if l.absent != "" && strings.HasPrefix(r.URL.Path, l.absent) {
		return &http.Response{StatusCode: http.StatusNotFound, Body: http.NoBody, Request: r}, nil
	}
	endpoint := l.to.Issuer + "/oauth/introspect"
	document, err := json.Marshal(oauth.AuthorizationServerMetadata{Issuer: l.to.Issuer, JwksURI: new(l.to.Issuer + "/keys"), IntrospectionEndpoint: &endpoint})
	switch {
	case strings.HasSuffix(r.URL.Path, "/keys"):
		l.fetches.Add(1)
		document, err = l.to.Keys.JWKS(l.to.Clock.Now())
	case strings.HasSuffix(r.URL.Path, "/introspect"):
		document = []byte(`{"active":true,"sub":"user","client_id":"client","aud":["https://api.example.com","https://mcp.example.com"]}`)
	}
	text := string(document)
	if l.body != nil {
		text = l.body(text)
	}
	time.Sleep(l.delay)
	return &http.Response{StatusCode: http.StatusOK, Body: io.NopCloser(strings.NewReader(text)), Request: r}, err
}

func (l *link) verifier() *Verifier {
	return NewVerifier(slog.New(slog.DiscardHandler), &http.Client{Transport: l, Timeout: 5 * time.Second})
}

// Keys that an issuer changes are found over a slow link, whoever asks and however many
// at once: no token is refused, be it signed with the old key or the new one.
func TestRotationOverASlowLink(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at, _ := aResource(t)
		far := &link{to: at.Realm, delay: 100 * time.Millisecond}
		v := far.verifier()
		tokens := []string{issued(t, at)}
		for range 2 {
			if err := at.RotateKeys(); err != nil {
				t.Fatal(err)
			}
			tokens = append(tokens, issued(t, at))
			var all sync.WaitGroup
			for i := range 20 {
				all.Go(func() {
					if _, err := v.admit(t.Context(), at, tokens[i%len(tokens)]); err != nil {
						t.Errorf("after %d rotations a token of key %d is refused: %v", len(tokens)-1, i%len(tokens), err)
					}
				})
			}
			all.Wait()
		}
		if fetches := far.fetches.Load(); fetches > 20+2*2 {
			t.Errorf("the keys were fetched %d times", fetches)
		}
	})
}

// An issuer publishes its keys in the metadata of OAuth or in that of OpenID Connect
// (RFC 9068 section 4, https://www.rfc-editor.org/rfc/rfc9068#section-4).
func TestPlacesOfMetadata(t *testing.T) {
	at, _ := aResource(t)
	for absent, found := range map[string]bool{"/.well-known/openid": true, "/.well-known/oauth": true, "/.well-known/": false} {
		there := &link{to: at.Realm, absent: absent}
		if _, err := there.verifier().admit(t.Context(), at, issued(t, at)); (err == nil) != found {
			t.Errorf("without %s: %v", absent, err)
		}
	}
}

// Made-up key IDs do not make the resource ask the issuer for each, and keep no right
// token out.
func TestUnknownKeysAreLimited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at, _ := aResource(t)
		far := &link{to: at.Realm, delay: 100 * time.Millisecond}
		v := far.verifier()
		right := issued(t, at)
		if _, err := v.admit(t.Context(), at, right); err != nil {
			t.Fatal(err)
		}
		ring, err := token.NewKeyring()
		if err != nil {
			t.Fatal(err)
		}
		forged := at
		forged.Realm = &realm.Realm{Keys: ring, Clock: at.Clock}
		wrong := issued(t, forged)
		var all sync.WaitGroup
		for i := range 500 {
			all.Go(func() {
				if _, err := v.admit(t.Context(), at, wrong); err == nil || err.Code != "invalid_token" {
					t.Errorf("a token of an unknown key: %v", err)
				}
			})
			time.Sleep(20 * time.Millisecond)
			// A new key is published before it signs.
			if now := at.Clock.Now(); i == 200 {
				if _, err := at.Keys.Rotate("ES256", now.Add(realm.KeyLead), now.Add(time.Hour)); err != nil {
					t.Fatal(err)
				}
			}
			if i >= 200 {
				right = issued(t, at)
			}
			if now := right; i%10 == 0 {
				all.Go(func() {
					if _, err := v.admit(t.Context(), at, now); err != nil {
						t.Errorf("a right token is refused: %v", err)
					}
				})
			}
		}
		all.Wait()
		if fetches := far.fetches.Load(); fetches > 1+10+2 {
			t.Errorf("the keys were fetched %d times in 10 seconds", fetches)
		}
	})
}

// A token with a new key cannot be judged while the keys cannot be had, and is not
// called invalid.
func TestKeysThatCannotBeHad(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		at, _ := aResource(t)
		far := &link{to: at.Realm}
		v := far.verifier()
		old := issued(t, at)
		if _, err := v.admit(t.Context(), at, old); err != nil {
			t.Fatal(err)
		}
		far.broken.Store(true)
		if err := at.RotateKeys(); err != nil {
			t.Fatal(err)
		}
		if _, err := v.admit(t.Context(), at, issued(t, at)); err == nil || err.Status != http.StatusServiceUnavailable {
			t.Errorf("a token with a new key: %v", err)
		}
		if _, err := v.admit(t.Context(), at, old); err != nil {
			t.Errorf("a token with a known key: %v", err)
		}
	})
}

// What an issuer says counts under the exact names of its members, each once (RFC 7662
// section 3.1.1, https://www.rfc-editor.org/rfc/rfc7662#section-3.1.1; RFC 8414 section
// 7.1.1, https://www.rfc-editor.org/rfc/rfc8414#section-7.1.1).
func TestNamesOfTheIssuerAreExact(t *testing.T) {
	replacing := func(old, new string) func(string) string {
		return func(document string) string { return strings.Replace(document, old, new, 1) }
	}
	for name, test := range map[string]struct {
		verify realm.Verify
		body   func(string) string
		status int // 0: the token is accepted.
	}{
		"as it is":                {realm.ByIntrospection, nil, 0},
		"Active beside":           {realm.ByIntrospection, replacing(`"active":true`, `"active":false,"Active":true`), http.StatusUnauthorized},
		"Active alone":            {realm.ByIntrospection, replacing(`"active"`, `"Active"`), http.StatusUnauthorized},
		"active twice":            {realm.ByIntrospection, replacing(`"active":true`, `"active":false,"active":true`), http.StatusServiceUnavailable},
		"unknown twice":           {realm.ByIntrospection, replacing(`"active":true`, `"active":true,"x":1,"x":2`), http.StatusServiceUnavailable},
		"Active false beside":     {realm.ByIntrospection, replacing(`"active":true`, `"active":true,"Active":false`), 0},
		"Issuer beside":           {realm.ByJWT, replacing(`"issuer":`, `"Issuer":"https://other.example","issuer":`), 0},
		"Issuer beside, last":     {realm.ByJWT, replacing(`}`, `,"ISSUER":"https://other.example"}`), 0},
		"Issuer alone":            {realm.ByJWT, replacing(`"issuer":`, `"Issuer":`), http.StatusServiceUnavailable},
		"issuer twice":            {realm.ByJWT, replacing(`"issuer":`, `"issuer":"https://other.example","issuer":`), http.StatusServiceUnavailable},
		"Keys beside":             {realm.ByJWT, replacing(`"keys":`, `"Keys":[],"keys":`), 0},
		"Keys alone":              {realm.ByJWT, replacing(`"keys":`, `"Keys":`), http.StatusUnauthorized},
		"a key of an unknown kty": {realm.ByJWT, replacing(`"keys":[`, `"keys":[{"kty":"AKP","kid":"x"},{"kty":"EC","kid":"y"},`), 0},
	} {
		at, _ := aResource(t)
		at.Realm.SetPolicy(realm.Policy{Verify: test.verify})
		far := &link{to: at.Realm, body: test.body}
		_, err := far.verifier().admit(t.Context(), at, issued(t, at))
		if got := statusOf(err); got != test.status {
			t.Errorf("%s: status %d, want %d", name, got, test.status)
		}
	}
}

func statusOf(err *wire.Error) int {
	if err == nil {
		return 0
	}
	return err.Status
}
