package wire

import (
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
)

var trustedProxies = []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("127.0.0.1/32"), netip.MustParsePrefix("2001:db8:1::/48")}

// sentFrom is the address that a request has behind Proxied.
func sentFrom(trusted []netip.Prefix, peer string, headers http.Header) string {
	var got string
	handler := Proxied(trusted, http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { got = r.RemoteAddr }))
	request := httptest.NewRequest("GET", "/", nil)
	request.RemoteAddr, request.Header = peer, headers
	handler.ServeHTTP(httptest.NewRecorder(), request)
	return got
}

func TestProxied(t *testing.T) {
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
		// With a port, in brackets, and in quotes.
		{"127.0.0.1:5", []string{"203.0.113.7:4711"}, "203.0.113.7:0"},
		{"127.0.0.1:5", []string{"[2001:db8::1]:4711"}, "[2001:db8::1]:0"},
		{"127.0.0.1:5", []string{"[2001:db8::1]"}, "[2001:db8::1]:0"},
		{"127.0.0.1:5", []string{`"[2001:db8::1]:4711"`}, "[2001:db8::1]:0"},
		{"127.0.0.1:5", []string{`"203.0.113.7"`}, "203.0.113.7:0"},
		{"127.0.0.1:5", []string{"::ffff:203.0.113.7"}, "203.0.113.7:0"},
		// Half of it is no address, and no stranger has one of many machines.
		{"127.0.0.1:5", []string{`203.0.113.7"`}, unknownSender},
		{"127.0.0.1:5", []string{"2001:db8::1]"}, unknownSender},
		{"127.0.0.1:5", []string{"224.0.0.1"}, unknownSender},
		{"127.0.0.1:5", []string{"203.0.113.7, 10.1.2.3:80"}, "203.0.113.7:0"},
		{"127.0.0.1:5", []string{"2001:db8::1%eth0"}, "[2001:db8::1]:0"},
		// Empty elements say nothing.
		{"127.0.0.1:5", []string{"203.0.113.7,"}, "203.0.113.7:0"},
		{"127.0.0.1:5", []string{"203.0.113.7, , ,"}, "203.0.113.7:0"},
		{"127.0.0.1:5", []string{"203.0.113.7", ""}, "203.0.113.7:0"},
		// What the sender wrote before what the proxy wrote does not matter.
		{"127.0.0.1:5", []string{"unknown, 203.0.113.7"}, "203.0.113.7:0"},
		{"127.0.0.1:5", []string{"127.0.0.1, 203.0.113.7"}, "203.0.113.7:0"},
		// No address is a stranger.
		{"127.0.0.1:5", []string{"unknown"}, "unknown"},
		{"127.0.0.1:5", []string{"203.0.113.7, unknown"}, "unknown"},
		{"127.0.0.1:5", []string{"_hidden"}, "unknown"},
		{"127.0.0.1:5", []string{"203.0.113.7;"}, "unknown"},
		{"127.0.0.1:5", []string{"203.0.113.7:port"}, "unknown"},
		// Nor is an address that no other machine has.
		{"10.0.0.9:5", []string{"::1"}, "unknown"},
		{"10.0.0.9:5", []string{"127.0.0.2"}, "unknown"},
		{"10.0.0.9:5", []string{"0.0.0.0"}, "unknown"},
		// Without another address it is the proxy's, and not this machine's.
		{"127.0.0.1:5", nil, "via 127.0.0.1"},
		{"127.0.0.1:5", []string{""}, "via 127.0.0.1"},
		{"127.0.0.1:5", []string{" , "}, "via 127.0.0.1"},
		{"127.0.0.1:5", []string{"10.1.2.3"}, "via 127.0.0.1"},
		{"127.0.0.1:5", []string{"127.0.0.1"}, "via 127.0.0.1"},
		{"[2001:db8:1::5]:5", nil, "via 2001:db8:1::5"},
	} {
		if got := sentFrom(trustedProxies, test.peer, http.Header{"X-Forwarded-For": test.forwarded}); got != test.want {
			t.Errorf("from %s for %q: %s, want %s", test.peer, test.forwarded, got, test.want)
		}
	}
}

// A proxy on this machine that nobody configured does not lend its address.
func TestForwardedByNobody(t *testing.T) {
	for name, headers := range map[string]http.Header{
		"X-Forwarded-For": {"X-Forwarded-For": {"203.0.113.7"}},
		"Forwarded":       {"Forwarded": {"for=203.0.113.7"}},
	} {
		if got := sentFrom(nil, "127.0.0.1:5", headers); got != "via 127.0.0.1" {
			t.Errorf("with %s it is from %s", name, got)
		}
		if got := sentFrom(nil, "203.0.113.9:5", headers); got != "203.0.113.9:5" {
			t.Errorf("with %s from elsewhere it is from %s", name, got)
		}
	}
	if got := sentFrom(nil, "127.0.0.1:5", http.Header{}); got != "127.0.0.1:5" {
		t.Errorf("of this machine itself it is from %s", got)
	}
}

func TestCheckProxy(t *testing.T) {
	for network, narrow := range map[string]bool{
		"10.0.0.0/8": true, "10.0.0.5/32": true, "172.16.0.0/12": true, "192.168.0.0/16": true, "127.0.0.1/32": true, "127.0.0.0/8": true,
		"fd00::/8": true, "fc00::/7": true, "::1/128": true, "104.64.0.0/10": true, "203.0.113.0/24": true, "2600:1400::/24": true, "2001:db8::/32": true,
		"0.0.0.0/0": false, "0.0.0.0/1": false, "128.0.0.0/1": false, "10.0.0.0/7": false, "8.0.0.0/8": false, "203.0.0.0/9": false,
		"::/0": false, "::/1": false, "2000::/3": false, "2600::/12": false, "f000::/4": false, "::ffff:0:0/96": false, "::ffff:10.0.0.1/128": false,
	} {
		if err := CheckProxy(netip.MustParsePrefix(network)); (err == nil) != narrow {
			t.Errorf("%s: %v; want it taken: %t", network, err, narrow)
		}
	}
}

// Whatever a header says, what comes through a proxy is counted, and not as one
// of this machine or of a proxy's own requests.
func FuzzForwarded(f *testing.F) {
	for _, seed := range []string{"", "203.0.113.7", "203.0.113.7:1", "[::1]:1", "unknown", ",", "127.0.0.1", `"[2001:db8::1]"`, "10.0.0.1, x", "via 10.0.0.1", "::ffff:127.0.0.1", "fe80::1%lo"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		from := sentFrom(trustedProxies, "127.0.0.1:5", http.Header{"X-Forwarded-For": {header}})
		network := Network(from)
		switch {
		case from == unknownSender, from == via+"127.0.0.1":
		default:
			prefix, err := netip.ParsePrefix(network)
			if err != nil || !canBeAway(prefix.Addr()) && !strings.HasPrefix(network, "::/64") || proxies(trustedProxies).trust(netip.MustParseAddrPort(from).Addr()) {
				t.Errorf("%q is from %s, of %s", header, from, network)
			}
		}
	})
}
