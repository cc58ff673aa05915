package wire

import (
	"errors"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxied gives a request the address that it came from behind the reverse
// proxies that are trusted: the last address in X-Forwarded-For that is none of
// theirs. What others write there is not believed (RFC 9700 section 4.13,
// https://www.rfc-editor.org/rfc/rfc9700#section-4.13).
//
// A request that came through a proxy never counts as one of this machine: where
// the header does not say who sent it, it is the proxy's (Via), and where it says
// something that is no address, an unknown stranger's.
func Proxied(trusted []netip.Prefix, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if peer, err := netip.ParseAddrPort(r.RemoteAddr); err == nil {
			r.RemoteAddr = proxies(trusted).sender(r, peer)
		}
		next.ServeHTTP(w, r)
	})
}

// unknownSender is the address of senders of whom a proxy writes no address. They
// share one limit.
const unknownSender = "unknown"

// via begins the address of a request that came through a proxy which does not
// say from whom.
const via = "via "

type proxies []netip.Prefix

func (p proxies) trust(address netip.Addr) bool {
	return slices.ContainsFunc(p, func(prefix netip.Prefix) bool { return prefix.Contains(address) })
}

// sender is the RemoteAddr of a request whose connection is peer's.
func (p proxies) sender(r *http.Request, peer netip.AddrPort) string {
	address, lines := peer.Addr().Unmap(), r.Header.Values("X-Forwarded-For")
	switch {
	case p.trust(address):
		return p.origin(lines, address)
	// A proxy on this machine that is not configured makes nobody a local user.
	case address.IsLoopback() && (len(lines) > 0 || r.Header.Get("Forwarded") != ""):
		return via + address.String()
	}
	return r.RemoteAddr
}

// origin is the last hop that is not a trusted proxy. Empty elements of the list
// are ignored (RFC 9110 section 5.6.1,
// https://www.rfc-editor.org/rfc/rfc9110#section-5.6.1).
func (p proxies) origin(lines []string, proxy netip.Addr) string {
	hops := strings.Split(strings.Join(lines, ","), ",")
	for _, hop := range slices.Backward(hops) {
		if hop = strings.TrimSpace(hop); hop == "" {
			continue
		}
		address, ok := hopAddress(hop)
		switch {
		case !ok:
			return unknownSender
		case p.trust(address):
			continue
		case !canBeAway(address):
			return unknownSender
		}
		return net.JoinHostPort(address.String(), "0")
	}
	return via + proxy.String()
}

// hopAddress reads an element of X-Forwarded-For: an address with or without a
// port, of IPv6 with or without brackets. Some proxies quote it, as Forwarded
// has it (RFC 7239 section 6, https://www.rfc-editor.org/rfc/rfc7239#section-6).
func hopAddress(hop string) (netip.Addr, bool) {
	if unquoted, quoted := strings.CutPrefix(hop, `"`); quoted {
		hop = strings.TrimSuffix(unquoted, `"`)
	}
	if withPort, err := netip.ParseAddrPort(hop); err == nil {
		return withPort.Addr().Unmap().WithZone(""), true
	}
	if inside, bracketed := strings.CutPrefix(hop, "["); bracketed {
		hop = strings.TrimSuffix(inside, "]")
	}
	address, err := netip.ParseAddr(hop)
	return address.Unmap().WithZone(""), err == nil
}

// canBeAway tells whether another machine can have an address.
func canBeAway(address netip.Addr) bool {
	return !address.IsLoopback() && !address.IsUnspecified() && !address.IsMulticast()
}

// The widest networks of proxies: those of content delivery networks are not
// wider than this.
const (
	widestIPv4 = 10
	widestIPv6 = 24
)

// privateNetworks are those from which no stranger sends, at any width.
var privateNetworks = []netip.Prefix{
	netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("172.16.0.0/12"), netip.MustParsePrefix("192.168.0.0/16"),
	netip.MustParsePrefix("100.64.0.0/10"), netip.MustParsePrefix("127.0.0.0/8"), netip.MustParsePrefix("fc00::/7"),
}

// CheckProxy refuses a network that is too wide to be that of a proxy: strangers
// in it would be believed about where they come from, and escape every limit.
func CheckProxy(network netip.Prefix) error {
	inside := func(private netip.Prefix) bool {
		return private.Contains(network.Addr()) && private.Bits() <= network.Bits()
	}
	widest := widestIPv4
	if network.Addr().Is6() {
		widest = widestIPv6
	}
	switch {
	case network.Addr().Is4In6():
		return errors.New("it is an IPv4 network in the form of IPv6; write it as IPv4")
	case slices.ContainsFunc(privateNetworks, inside), network.Bits() >= widest:
		return nil
	}
	return errors.New("it is too wide for the network of a proxy, and everybody in it would be believed; name the addresses of the proxy alone, such as 10.0.0.5 or 10.0.0.0/24")
}
