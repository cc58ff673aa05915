package wire

import (
	"crypto/tls"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
)

func TestBehind(t *testing.T) {
	front := Front{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("::1/128")}, Log: slog.New(slog.DiscardHandler)}
	for name, test := range map[string]struct {
		peer      string
		forwarded []string
		want      string
	}{
		"a proxy is believed":            {"10.0.0.1:5", []string{"192.0.2.1"}, "192.0.2.1:0"},
		"nobody else is":                 {"192.0.2.9:5", []string{"192.0.2.1"}, "192.0.2.9:5"},
		"the last stranger counts":       {"10.0.0.1:5", []string{"6.6.6.6, 192.0.2.1", "10.2.3.4"}, "192.0.2.1:0"},
		"an address of IPv6":             {"[::1]:5", []string{"[2001:db8::1]:443"}, "[2001:db8::1]:0"},
		"an address in two clothes":      {"[::ffff:10.0.0.1]:5", []string{"::ffff:192.0.2.1"}, "192.0.2.1:0"},
		"a proxy that says nothing":      {"10.0.0.1:5", nil, "10.0.0.1:5"},
		"a proxy that says nonsense":     {"10.0.0.1:5", []string{"192.0.2.1, unknown"}, "10.0.0.1:5"},
		"a proxy that asks by itself":    {"10.0.0.1:5", []string{"10.0.0.2"}, "10.0.0.1:5"},
		"a forged one before a true one": {"10.0.0.1:5", []string{"10.0.0.2, 192.0.2.1"}, "192.0.2.1:0"},
	} {
		t.Run(name, func(t *testing.T) {
			got := ""
			handler := front.Behind(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.RemoteAddr }))
			request := httptest.NewRequest("GET", "/", nil)
			request.RemoteAddr, request.Header["X-Forwarded-For"] = test.peer, test.forwarded
			if handler.ServeHTTP(httptest.NewRecorder(), request); got != test.want {
				t.Errorf("the request came from %s, want %s", got, test.want)
			}
		})
	}
}

func TestHTTPSOnly(t *testing.T) {
	front := Front{Proxies: []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}, HTTPS: true, Log: slog.New(slog.DiscardHandler)}
	handler := front.Behind(http.HandlerFunc(func(http.ResponseWriter, *http.Request) {}))
	for name, test := range map[string]struct {
		peer, path, proto string
		tls               *tls.ConnectionState
		want              int
	}{
		"by TLS":                     {"192.0.2.1:5", "/oauth/token", "", &tls.ConnectionState{}, 200},
		"by TLS up to the proxy":     {"10.0.0.1:5", "/oauth/token", "https", nil, 200},
		"in the clear":               {"192.0.2.1:5", "/oauth/token", "", nil, 403},
		"in the clear, with a claim": {"192.0.2.1:5", "/oauth/token", "https", nil, 403},
		"in the clear to the proxy":  {"10.0.0.1:5", "/oauth/token", "http", nil, 403},
		"a proxy that says nothing":  {"10.0.0.1:5", "/oauth/token", "", nil, 403},
		"whether it is ready":        {"192.0.2.1:5", "/ready", "", nil, 200},
	} {
		t.Run(name, func(t *testing.T) {
			request := httptest.NewRequest("GET", test.path, nil)
			request.RemoteAddr, request.TLS = test.peer, test.tls
			request.Header.Set("X-Forwarded-Proto", test.proto)
			answer := httptest.NewRecorder()
			if handler.ServeHTTP(answer, request); answer.Code != test.want {
				t.Errorf("status %d, want %d", answer.Code, test.want)
			}
			if secure := test.want == 200 && test.path != "/ready"; (answer.Header().Get("Strict-Transport-Security") != "") != secure {
				t.Errorf("Strict-Transport-Security is %q", answer.Header().Get("Strict-Transport-Security"))
			}
		})
	}
}
