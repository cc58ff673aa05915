// Package outbound owns requests of the servers to addresses that strangers
// name: which machines they may reach, and how long they may take. What is
// asked for there, and what the answer means, is for others to say.
package outbound

import (
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"syscall"
	"time"

	"code.dny.dev/ssrf"
)

// Reach says which machines a client connects to. What a name resolves to is
// checked as the connection is made, so that no second answer of the DNS gets
// around it.
type Reach func(network, address string, c syscall.RawConn) error

// common: the library denies what the registries of IANA list, see
// https://www.iana.org/assignments/iana-ipv4-special-registry/ and
// https://www.iana.org/assignments/iana-ipv6-special-registry/; for IPv6 it admits
// nothing outside of 2000::/3. The metadata services of clouds are within these
// ranges but for Azure's, which has an address that looks public
// (https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16).
var common = []ssrf.Option{
	ssrf.WithAnyPort(), ssrf.WithNetworks("tcp4", "tcp6"), ssrf.WithDeniedV4Prefixes(netip.MustParsePrefix("168.63.129.16/32")),
}

var (
	// Public are the machines with an address that is not a special-use one.
	Public = noTunnel(ssrf.New(common...).Safe)
	// PublicAndLoopback adds this machine.
	PublicAndLoopback = noTunnel(ssrf.New(append(common,
		ssrf.WithAllowedV4Prefixes(netip.MustParsePrefix("127.0.0.0/8")), ssrf.WithAllowedV6Prefixes(netip.MustParsePrefix("::1/128")))...).Safe)
)

// noTunnel refuses addresses of ISATAP besides, which carry an IPv4 address
// behind any prefix (RFC 5214 section 6.1,
// https://www.rfc-editor.org/rfc/rfc5214#section-6.1).
func noTunnel(reach Reach) Reach {
	return func(network, address string, c syscall.RawConn) error {
		if at, err := netip.ParseAddrPort(address); err == nil && at.Addr().Is6() {
			bytes := at.Addr().As16()
			if bytes[8]&^2 == 0 && bytes[9] == 0 && bytes[10] == 0x5e && bytes[11] == 0xfe {
				return fmt.Errorf("%w: %s is an address of ISATAP", ssrf.ErrProhibitedIP, at.Addr())
			}
		}
		return reach(network, address, c)
	}
}

// NewClient returns a client that follows no redirect, because one could lead
// anywhere, and uses no proxy, which would connect in its place and unguarded.
// Every connection asks reach, also where a name has many addresses. A request
// with its answer takes timeout at most.
func NewClient(reach Reach, timeout time.Duration) *http.Client {
	dialer := &net.Dialer{Timeout: timeout, Control: reach}
	return &http.Client{
		Timeout: timeout,
		Transport: &http.Transport{
			Proxy: nil, DialContext: dialer.DialContext, ForceAttemptHTTP2: true, MaxResponseHeaderBytes: 16 << 10,
			TLSHandshakeTimeout: timeout, IdleConnTimeout: 30 * time.Second, MaxIdleConns: 100, MaxIdleConnsPerHost: 2,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// IsLoopback tells whether a host of a URL is this machine.
func IsLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.IsLoopback()
}
