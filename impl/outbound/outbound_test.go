package outbound_test

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"testing"
	"time"

	"code.dny.dev/ssrf"

	"github.com/grantproof/grantproof/impl/outbound"
)

// network is the one with which Go dials an address.
func network(address netip.Addr) string {
	if address.Unmap().Is4() {
		return "tcp4"
	}
	return "tcp6"
}

// Every special-use address is refused, the first and the last of its range, and
// what borders on it is not where it is public.
func TestSpecialUse(t *testing.T) {
	for _, special := range []string{
		// IANA's registry for IPv4, and multicast.
		"0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
		"192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24",
		"203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4", "255.255.255.255/32",
		// IANA's registry for IPv6, site-local addresses and multicast.
		"::/128", "::1/128", "::ffff:127.0.0.1/128", "::ffff:10.0.0.1/128", "::ffff:169.254.169.254/128", "::/96", "64:ff9b::/96", "64:ff9b:1::/48",
		"100::/64", "100:0:0:1::/64", "2001::/23", "2001::/32", "2001:2::/48", "2001:db8::/32", "2001:20::/28", "2002::/16", "2620:4f:8000::/48",
		"3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
		// The metadata services of clouds.
		"169.254.169.254/32", "168.63.129.16/32", "100.100.100.200/32", "192.0.0.192/32", "fd00:ec2::254/128", "fd20:ce::254/128",
		// Tunnels to an IPv4 address.
		"2a00:1450::5efe:a00:1/128", "2a00:1450::200:5efe:a00:1/128", "64:ff9b::7f00:1/128", "2002:7f00:1::/48", "::7f00:1/128",
	} {
		prefix := netip.MustParsePrefix(special)
		for _, address := range []netip.Addr{prefix.Addr(), last(prefix)} {
			if err := outbound.Public(network(address), netip.AddrPortFrom(address, 443).String(), nil); !errors.Is(err, ssrf.ErrProhibitedIP) {
				t.Errorf("%s of %s: %v, want ErrProhibitedIP", address, prefix, err)
			}
			if address.Unmap().IsLoopback() {
				continue
			}
			if err := outbound.PublicAndLoopback(network(address), netip.AddrPortFrom(address, 443).String(), nil); !errors.Is(err, ssrf.ErrProhibitedIP) {
				t.Errorf("with loopback, %s of %s: %v, want ErrProhibitedIP", address, prefix, err)
			}
		}
	}
}

// last is the last address of a range.
func last(prefix netip.Prefix) netip.Addr {
	bytes := prefix.Addr().AsSlice()
	for bit := prefix.Bits(); bit < prefix.Addr().BitLen(); bit++ {
		bytes[bit/8] |= 1 << (7 - bit%8)
	}
	address, _ := netip.AddrFromSlice(bytes)
	return address
}

func TestPublic(t *testing.T) {
	for _, text := range []string{
		"1.1.1.1", "8.8.8.8", "168.63.129.15", "168.63.129.17", "100.63.255.255", "172.32.0.0", "223.255.255.255", "192.0.1.0",
		"2606:4700::1111", "2a00:1450:4001::200e", "2400:cb00::5efe", "2001:4860:4860::8888",
	} {
		address := netip.MustParseAddr(text)
		for _, reach := range []outbound.Reach{outbound.Public, outbound.PublicAndLoopback} {
			if err := reach(network(address), netip.AddrPortFrom(address, 8443).String(), nil); err != nil {
				t.Errorf("%s: %v", address, err)
			}
		}
	}
	for _, loopback := range []string{"127.0.0.1", "127.8.9.10", "::1"} {
		address := netip.MustParseAddr(loopback)
		if err := outbound.PublicAndLoopback(network(address), netip.AddrPortFrom(address, 8080).String(), nil); err != nil {
			t.Errorf("%s: %v", address, err)
		}
	}
}

// The check stands where a connection is made: neither a name nor a redirect nor
// a proxy leads past it.
func TestClient(t *testing.T) {
	reached := 0
	inside := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		reached++
		http.Redirect(w, r, "http://192.0.2.1/", http.StatusFound)
	}))
	defer inside.Close()
	_, port, err := net.SplitHostPort(inside.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy"} {
		t.Setenv(name, inside.URL)
	}
	t.Setenv("NO_PROXY", "")
	guarded := outbound.NewClient(outbound.Public, 2*time.Second)
	for _, address := range []string{inside.URL, "http://localhost:" + port, "http://[::ffff:127.0.0.1]:" + port, "http://0:" + port, "http://2130706433:" + port} {
		if response, err := guarded.Get(address); err == nil {
			response.Body.Close()
			t.Errorf("%s is reached", address)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	request, _ := http.NewRequestWithContext(ctx, http.MethodGet, "http://example.invalid/", nil)
	if response, err := guarded.Do(request); err == nil { // By the proxy alone.
		response.Body.Close()
		t.Error("a proxy of the environment is asked")
	}
	if reached != 0 {
		t.Errorf("what is inside was reached %d times", reached)
	}
	response, err := outbound.NewClient(outbound.PublicAndLoopback, 2*time.Second).Get(inside.URL)
	if err != nil {
		t.Fatal(err)
	}
	response.Body.Close()
	if response.StatusCode != http.StatusFound || reached != 1 {
		t.Errorf("status %d after %d requests; a redirect is not followed", response.StatusCode, reached)
	}
}

// Whatever is dialed, the check neither panics nor lets text pass that is no
// address.
func FuzzReach(f *testing.F) {
	for _, address := range []string{"1.1.1.1:443", "[::1]:80", "[fe80::1%eth0]:443", "localhost:80", ":80", "", "[2a00::5efe:a00:1]:1"} {
		f.Add(address)
	}
	f.Fuzz(func(t *testing.T, address string) {
		at, err := netip.ParseAddrPort(address)
		allowed := outbound.Public("tcp4", address, nil) == nil || outbound.Public("tcp6", address, nil) == nil
		if allowed && (err != nil || !at.Addr().IsGlobalUnicast() || at.Addr().IsPrivate()) {
			t.Errorf("%q is allowed", address)
		}
	})
}
