// Package outbound owns requests of the servers to addresses that strangers
// name: which machines they may reach, and how long they may take. What is
// asked for there, and what the answer means, is for others to say.
package outbound

import (
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

var networks = []ssrf.Option{ssrf.WithAnyPort(), ssrf.WithNetworks("tcp4", "tcp6")}

var (
	// Public are the machines with an address that is not a special-use one.
	Public Reach = ssrf.New(networks...).Safe
	// PublicAndLoopback adds this machine.
	PublicAndLoopback Reach = ssrf.New(append(networks,
		ssrf.WithAllowedV4Prefixes(netip.MustParsePrefix("127.0.0.0/8")), ssrf.WithAllowedV6Prefixes(netip.MustParsePrefix("::1/128")))...).Safe
	// Anywhere is for a faulty server.
	Anywhere Reach
)

// NewClient returns a client that follows no redirect, as one could lead
// anywhere. All of a request, with its answer, takes timeout at most.
func NewClient(reach Reach, timeout time.Duration) *http.Client {
	dialer := &net.Dialer{Timeout: timeout, Control: reach}
	return &http.Client{
		Timeout: timeout,
		Transport: &http.Transport{
			DialContext: dialer.DialContext, ForceAttemptHTTP2: true, MaxResponseHeaderBytes: 16 << 10,
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
