package oauthclient_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"errors"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/oauthclient"
)

// busy is an API that gives a refusal as often as it is told, and then tasks.
func busy(status int, retryAfter string, times int) http.HandlerFunc {
	return func(w http.ResponseWriter, _ *http.Request) {
		if times--; times >= 0 {
			w.Header().Set("Retry-After", retryAfter)
			w.WriteHeader(status)
			return
		}
		_, _ = w.Write([]byte(`{"tasks":[]}`))
	}
}

// A busy server that says when it will not be is asked once more then, and no
// other is.
func TestRetryAfter(t *testing.T) {
	now := time.Date(2026, 7, 28, 12, 0, 0, 0, time.UTC)
	for name, test := range map[string]struct {
		answers http.HandlerFunc
		waits   []time.Duration
		fails   bool
	}{
		"seconds":         {busy(503, "3", 1), []time.Duration{3 * time.Second}, false},
		"a date":          {busy(503, now.Add(4*time.Second).Format(http.TimeFormat), 1), []time.Duration{4 * time.Second}, false},
		"a date gone by":  {busy(503, now.Add(-time.Hour).Format(http.TimeFormat), 1), []time.Duration{0}, false},
		"too many":        {busy(429, "1", 1), []time.Duration{time.Second}, false},
		"at once":         {busy(503, "0", 1), []time.Duration{0}, false},
		"busy once more":  {busy(503, "1", 2), []time.Duration{time.Second}, true},
		"too long":        {busy(503, "3600", 1), nil, true},
		"a distant date":  {busy(503, now.Add(time.Hour).Format(http.TimeFormat), 1), nil, true},
		"nothing said":    {busy(503, "", 1), nil, true},
		"nonsense":        {busy(503, "soon", 1), nil, true},
		"less than never": {busy(503, "-1", 1), nil, true},
		"another status":  {busy(500, "1", 1), nil, true},
	} {
		t.Run(name, func(t *testing.T) {
			as, rs := newIssuer(t), newResource(t, test.answers)
			var waited []time.Duration
			c := config(as, rs)
			c.Now = func() time.Time { return now }
			c.Wait = func(_ context.Context, d time.Duration) error {
				waited = append(waited, d)
				return nil
			}
			request, err := http.NewRequestWithContext(t.Context(), http.MethodPost, rs.URL, strings.NewReader("a body"))
			if err != nil {
				t.Fatal(err)
			}
			_, err = newClient(t, c).Do(request)
			if (err != nil) != test.fails || !slices.Equal(waited, test.waits) || len(rs.bodies) != len(waited)+1 || rs.bodies[len(waited)] != "a body" {
				t.Errorf("waited %v, sent %q: %v", waited, rs.bodies, err)
			}
		})
	}
}

// Whoever cannot repeat a request, or is called off, does not ask again.
func TestRetryAfterHasAnEnd(t *testing.T) {
	as, rs := newIssuer(t), newResource(t, busy(503, "1", 5))
	waits := 0
	c := config(as, rs)
	c.Wait = func(context.Context, time.Duration) error { waits++; return context.Canceled }
	request := func(body io.Reader) *http.Request {
		made, err := http.NewRequestWithContext(t.Context(), http.MethodPost, rs.URL, body)
		if err != nil {
			t.Fatal(err)
		}
		return made
	}
	_, err := newClient(t, c).Do(request(io.MultiReader(strings.NewReader("a stream"))))
	if err == nil || waits != 0 || len(rs.bodies) != 1 {
		t.Errorf("a stream: waited %d times, sent %q: %v", waits, rs.bodies, err)
	}
	_, err = newClient(t, c).Do(request(nil))
	if !errors.Is(err, context.Canceled) || waits != 1 || len(rs.bodies) != 2 {
		t.Errorf("called off: waited %d times, sent %q: %v", waits, rs.bodies, err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 500*time.Millisecond)
	defer cancel()
	_, err = newClient(t, c).Do(request(nil).WithContext(ctx))
	if err == nil || waits != 1 || len(rs.bodies) != 3 {
		t.Errorf("no time left: waited %d times, sent %q: %v", waits, rs.bodies, err)
	}
}

// The token endpoint may be busy too.
func TestRetryAfterOfTheTokenEndpoint(t *testing.T) {
	as, rs := newIssuer(t), newResource(t, nil)
	refusal := busy(503, "1", 1)
	as.answer = func(w http.ResponseWriter, r *http.Request) {
		as.answer = nil
		refusal(w, r)
	}
	c := config(as, rs)
	c.Wait = func(context.Context, time.Duration) error { return nil }
	if mustGet(t, newClient(t, c), rs.URL); as.issued.Load() != 2 {
		t.Errorf("it asked %d times", as.issued.Load())
	}
}

// An assertion is shown once: a busy server may have read it.
func TestAssertionNotRepeated(t *testing.T) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	s, asked, refusal := newSystem(t), 0, busy(503, "1", 9)
	s.answers["/token"] = func(w http.ResponseWriter, r *http.Request) {
		asked++
		refusal(w, r)
	}
	c := s.handlerConfig()
	c.Grant, c.Wait = oauthclient.GrantClientCredentials, func(context.Context, time.Duration) error { return nil }
	c.Credentials = []oauthclient.Credentials{{Issuer: s.AS.URL, ClientID: "machine", Key: &oauthclient.Key{Signer: key}}}
	wants(t, mustFail(t, newHandler(t, c), s), oauthclient.StepToken, "answered with status 503 and no OAuth error; try again later")
	c.Credentials = []oauthclient.Credentials{{Issuer: s.AS.URL, ClientID: "machine", ClientSecret: clientSecret}}
	mustFail(t, newHandler(t, c), s)
	if asked != 1+2 {
		t.Errorf("it asked %d times, want once with an assertion and twice with a secret", asked)
	}
}
