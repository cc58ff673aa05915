// Package reach owns where the examiner may go: a server under examination names
// addresses in its metadata, and neither a secret nor the examiner's own network
// is at its disposal. What the target file names itself may always be asked.
//
// It does not send anything and does not judge a server.
package reach

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"slices"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Declared is what the target file says about where to go.
type Declared struct {
	// Leading are the servers under examination, the one first whose metadata
	// name the others: URLs.
	Leading []string
	// Further are URLs, or hosts with their port, that may be asked as well.
	Further []string
}

// Reach decides where one run may go. It is safe for concurrent use.
type Reach struct {
	origins map[string]bool // scheme://host:port
	hosts   map[string]bool // host:port
	leading []string        // host:port
	inClear bool            // The leading server has no TLS itself.

	mu   sync.Mutex
	seen map[string]distance // By host: how near a declared server is.
}

// Of is the reach of a run against what is declared.
func Of(declared Declared) *Reach {
	r := &Reach{origins: map[string]bool{}, hosts: map[string]bool{}, seen: map[string]distance{}}
	for _, named := range slices.Concat(declared.Leading, declared.Further) {
		for _, at := range urlsOf(named) {
			r.origins[origin(at)], r.hosts[hostPort(at)] = true, true
		}
	}
	for i, named := range declared.Leading {
		at, err := url.Parse(named)
		if err != nil || at.Host == "" {
			continue
		}
		r.leading = append(r.leading, hostPort(at))
		r.inClear = i == 0 && at.Scheme == "http" || r.inClear
	}
	return r
}

// urlsOf reads a URL, or a host: that is reached by TLS, or on this machine.
func urlsOf(named string) []*url.URL {
	if at, err := url.Parse(named); err == nil && at.Host != "" {
		return []*url.URL{at}
	}
	at, err := url.Parse("https://" + named)
	if err != nil || at.Host == "" {
		return nil
	}
	if isLocal(at.Hostname()) {
		return []*url.URL{at, {Scheme: "http", Host: at.Host}}
	}
	return []*url.URL{at}
}

// Refusal says that the examiner does not go where a server leads it.
type Refusal struct {
	Address string // What the target file would have to name.
	Because string
}

// Error implements error.
func (r *Refusal) Error() string {
	return fmt.Sprintf("the examiner does not go to %s, which the target file does not name: %s; to allow it, add %q to reach in the target file", r.Address, r.Because, r.Address)
}

// Check tells whether a request to an address may be sent at all.
func (r *Reach) Check(to *url.URL) error {
	if to.Scheme == "https" || r.inClear || r.origins[origin(to)] {
		return nil
	}
	return &Refusal{to.Scheme + "://" + to.Host, "it is without TLS, and the server that names it has TLS, so that secrets would be sent in the clear"}
}

// Trusts tells whether secrets of the target file may be sent to an address just
// because a server leads there: only where the file names it, or where all of it
// is on this machine.
func (r *Reach) Trusts(to *url.URL) bool {
	return r.origins[origin(to)] || isLocal(to.Hostname()) && r.near(context.Background()) == here
}

// RoundTripper sends by way of base, within reach. Base is changed.
func (r *Reach) RoundTripper(base *http.Transport) http.RoundTripper {
	base.DialContext = r.dial
	return checked{r, base}
}

type checked struct {
	reach *Reach
	base  *http.Transport
}

// RoundTrip implements http.RoundTripper.
func (c checked) RoundTrip(request *http.Request) (*http.Response, error) {
	if err := c.reach.Check(request.URL); err != nil {
		return nil, err
	}
	return c.base.RoundTrip(request)
}

// dialing bounds one connection, as http.DefaultTransport does.
const dialing = 30 * time.Second

// dial checks each address to which a name leads as it is connected to, so that
// no second answer of the DNS gets around it.
func (r *Reach) dial(ctx context.Context, network, address string) (net.Conn, error) {
	permitted := r.permitted(ctx, address)
	dialer := net.Dialer{Timeout: dialing, Control: func(_, to string, _ syscall.RawConn) error {
		at, err := netip.ParseAddrPort(to)
		if err != nil {
			return err
		}
		return permitted(distanceOf(at.Addr()))
	}}
	return dialer.DialContext(ctx, network, address)
}

// permitted is the rule for one host: a declared one may be anywhere, but may not
// move further away; another one may be as near as the servers under examination.
func (r *Reach) permitted(ctx context.Context, address string) func(distance) error {
	if r.hosts[address] {
		first := r.distanceTo(ctx, address)
		return func(found distance) error {
			if first != remote && found != first {
				return fmt.Errorf("%s was %s when the run began, and its name leads elsewhere now", address, first)
			}
			return nil
		}
	}
	near := r.near(ctx)
	return func(found distance) error {
		if found == special || found > near {
			return &Refusal{address, fmt.Sprintf("its address is %s, and a server that is %s does not lead there", found, near)}
		}
		return nil
	}
}

// near is how near the nearest server under examination is.
func (r *Reach) near(ctx context.Context) distance {
	nearest := remote
	for _, address := range r.leading {
		if found := r.distanceTo(ctx, address); found <= here {
			nearest = max(nearest, found)
		}
	}
	return nearest
}

// distanceTo looks once where a declared host is: as far as the furthest of its
// addresses.
func (r *Reach) distanceTo(ctx context.Context, address string) distance {
	r.mu.Lock()
	known, ok := r.seen[address]
	r.mu.Unlock()
	if ok {
		return known
	}
	host, _, _ := net.SplitHostPort(address)
	found, err := net.DefaultResolver.LookupNetIP(ctx, "ip", host)
	if err != nil || len(found) == 0 {
		return remote // Not remembered: the next request looks again.
	}
	far := special
	for _, each := range found {
		far = min(far, distanceOf(each))
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if first, ok := r.seen[address]; ok {
		return first
	}
	r.seen[address] = far
	return far
}

func origin(u *url.URL) string { return strings.ToLower(u.Scheme) + "://" + hostPort(u) }

// hostPort is the host as a dialer gets it.
func hostPort(u *url.URL) string {
	port := u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[strings.ToLower(u.Scheme)]
	}
	return net.JoinHostPort(strings.ToLower(u.Hostname()), port)
}
