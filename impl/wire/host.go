package wire

import (
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
)

// Local answers requests alone that name this machine, or one of the host names
// in names, as their Host. A page whose name resolves to this machine (DNS
// rebinding) is of the same origin as the server for its browser, and is known
// by its Host only (RFC 9110 section 7.4,
// https://www.rfc-editor.org/rfc/rfc9110#section-7.4). The port may be another,
// as it is behind a forwarded port.
func Local(names []string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if host := hostName(r.Host); host != "" && !isLocal(host) && !slices.ContainsFunc(names, func(name string) bool { return strings.EqualFold(name, host) }) {
			WriteError(w, misdirected())
			return
		}
		next.ServeHTTP(w, r)
	})
}

// hostName is the name or address in a Host without its port. It is empty where
// there is none, which no browser sends.
func hostName(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.TrimSuffix(strings.Trim(host, "[]"), "."))
}

// isLocal: localhost and the names below it never leave the machine (RFC 6761
// section 6.3, https://www.rfc-editor.org/rfc/rfc6761#section-6.3).
func isLocal(host string) bool {
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback() || host == "localhost" || strings.HasSuffix(host, ".localhost")
}

func misdirected() *Error {
	return &Error{Status: http.StatusMisdirectedRequest, Code: "invalid_request",
		Description: "this server answers for localhost and for the host of its public URL; ask it by one of these, or set that URL when it starts"}
}
