package wire

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Proxied gives a request the address of whom it came from behind the reverse
// proxies that are trusted: the last address in X-Forwarded-For that is none
// of theirs. What others write there is not believed (RFC 9700 section 4.13,
// https://www.rfc-editor.org/rfc/rfc9700#section-4.13).
func Proxied(trusted []netip.Prefix, next http.Handler) http.Handler {
	if len(trusted) == 0 {
		return next
	}
	isTrusted := func(address netip.Addr) bool {
		return slices.ContainsFunc(trusted, func(p netip.Prefix) bool { return p.Contains(address) })
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if peer, err := netip.ParseAddrPort(r.RemoteAddr); err == nil && isTrusted(peer.Addr().Unmap()) {
			if origin, ok := origin(r.Header.Values("X-Forwarded-For"), isTrusted); ok {
				r.RemoteAddr = net.JoinHostPort(origin.String(), "0")
			}
		}
		next.ServeHTTP(w, r)
	})
}

func origin(lines []string, isTrusted func(netip.Addr) bool) (netip.Addr, bool) {
	hops := strings.Split(strings.Join(lines, ","), ",")
	for _, hop := range slices.Backward(hops) {
		address, err := netip.ParseAddr(strings.TrimSpace(hop))
		if err != nil {
			return netip.Addr{}, false
		}
		if address = address.Unmap(); !isTrusted(address) {
			return address, true
		}
	}
	return netip.Addr{}, false
}
