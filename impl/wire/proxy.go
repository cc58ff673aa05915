package wire

import (
	"log/slog"
	"net"
	"net/http"
	"net/netip"
	"slices"
	"strings"
	"sync"
)

// Front is what stands between the servers and those who ask.
type Front struct {
	// Proxies are the networks of reverse proxies that are believed about where a
	// request came from. Nobody else is.
	Proxies []netip.Prefix
	// HTTPS refuses what did not come by HTTPS, but for the questions of those
	// who watch over the server.
	HTTPS bool
	Log   *slog.Logger
}

// watched are asked by whoever looks after the server, beside the proxy.
var watched = []string{"/health", "/ready"}

// Behind gives requests the address that they came from at first.
func (f Front) Behind(next http.Handler) http.Handler {
	if len(f.Proxies) == 0 && !f.HTTPS {
		return next
	}
	var silent sync.Once
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		secure := r.TLS != nil
		if f.believed(host(r.RemoteAddr)) {
			lines := r.Header.Values("X-Forwarded-For")
			if forwarded := f.origin(lines); forwarded != "" {
				r.RemoteAddr = net.JoinHostPort(forwarded, "0")
			} else if len(lines) == 0 {
				silent.Do(func() { f.Log.Warn("the proxy does not say where requests come from: have it send X-Forwarded-For") })
			}
			secure = secure || r.Header.Get("X-Forwarded-Proto") == "https"
		}
		// Requests carry secrets, so they come by TLS (RFC 6749 sections 3.1 and
		// 3.2, https://www.rfc-editor.org/rfc/rfc6749#section-3.1).
		if f.HTTPS && !secure && !slices.Contains(watched, r.URL.Path) {
			WriteError(w, &Error{Status: http.StatusForbidden, Code: "invalid_request",
				Description: "this server is reached by https; behind a reverse proxy, the proxy must be one of --trusted-proxy and send X-Forwarded-Proto: https"})
			return
		}
		// Browsers come by https from now on (RFC 6797 section 7.1,
		// https://www.rfc-editor.org/rfc/rfc6797#section-7.1).
		if f.HTTPS && secure {
			w.Header().Set("Strict-Transport-Security", "max-age=31536000")
		}
		next.ServeHTTP(w, r)
	})
}

// origin is the last address in X-Forwarded-For that is not one of a proxy:
// what stands before it anybody may have written.
func (f Front) origin(lines []string) string {
	hops := strings.Split(strings.Join(lines, ","), ",")
	for _, hop := range slices.Backward(hops) {
		address, err := netip.ParseAddr(host(strings.TrimSpace(hop)))
		if err != nil {
			return ""
		}
		if !f.believed(address.String()) {
			return address.Unmap().String()
		}
	}
	return ""
}

func (f Front) believed(address string) bool {
	parsed, err := netip.ParseAddr(address)
	return err == nil && slices.ContainsFunc(f.Proxies, func(p netip.Prefix) bool { return p.Contains(parsed.Unmap()) })
}

// host takes the port off, if there is one.
func host(address string) string {
	if host, _, err := net.SplitHostPort(address); err == nil {
		return host
	}
	return strings.Trim(address, "[]")
}
