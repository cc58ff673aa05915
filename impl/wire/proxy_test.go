package wire

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestProxied(t *testing.T) {
	trusted := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("127.0.0.1/32")}
	for _, test := range []struct {
		peer      string
		forwarded []string
		want      string
	}{
		{"127.0.0.1:5", []string{"203.0.113.7"}, "203.0.113.7:0"},
		{"127.0.0.1:5", []string{"198.51.100.1, 203.0.113.7, 10.1.2.3"}, "203.0.113.7:0"},
		{"127.0.0.1:5", []string{"198.51.100.1", "203.0.113.7"}, "203.0.113.7:0"},
		{"[::ffff:127.0.0.1]:5", []string{"2001:db8::1"}, "[2001:db8::1]:0"},
		{"203.0.113.9:5", []string{"198.51.100.1"}, "203.0.113.9:5"},
		{"127.0.0.1:5", []string{"unknown"}, "127.0.0.1:5"},
		{"127.0.0.1:5", nil, "127.0.0.1:5"},
		{"127.0.0.1:5", []string{"10.1.2.3"}, "127.0.0.1:5"},
	} {
		var got string
		handler := Proxied(trusted, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.RemoteAddr }))
		request := httptest.NewRequest("GET", "/", nil)
		request.RemoteAddr = test.peer
		request.Header["X-Forwarded-For"] = test.forwarded
		handler.ServeHTTP(httptest.NewRecorder(), request)
		if got != test.want {
			t.Errorf("from %s for %q: %s, want %s", test.peer, test.forwarded, got, test.want)
		}
	}
}
