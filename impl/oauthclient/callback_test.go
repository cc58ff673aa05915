package oauthclient

import (
	"net/http/httptest"
	"net/url"
	"testing"
)

// The answer is taken at the host of the redirect URI alone, whatever name leads
// to this machine; the port may be left out where it is that of the scheme.
func TestCallbackHost(t *testing.T) {
	for _, test := range []struct {
		uri, host string
		status    int
	}{
		{"http://localhost:3000/callback", "localhost:3000", 200}, {"http://localhost:80/callback", "localhost", 200}, {"http://127.0.0.1:3000/callback", "127.0.0.1:3000", 200},
		{"http://[::1]:3000/callback", "[::1]:3000", 200}, {"http://localhost:3000/callback", "LOCALHOST:3000", 200},
		{"http://localhost:3000/callback", "evil.example:3000", 404}, {"http://localhost:3000/callback", "localhost.evil.example:3000", 404},
		{"http://127.0.0.1:3000/callback", "localhost:3000", 404}, {"http://localhost:3000/callback", "", 404},
	} {
		c := &callback{uri: test.uri, path: "/callback", delivered: make(chan url.Values, 1)}
		r := httptest.NewRequest("GET", "/callback?code=c&state=s", nil)
		r.Host = test.host
		w := httptest.NewRecorder()
		c.ServeHTTP(w, r)
		if w.Code != test.status || (len(c.delivered) == 1) != (test.status == 200) {
			t.Errorf("%s asked as %q is answered with %d, and %d answers are delivered", test.uri, test.host, w.Code, len(c.delivered))
		}
	}
}
