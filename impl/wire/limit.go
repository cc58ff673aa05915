package wire

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"

	"golang.org/x/time/rate"

	"github.com/grantproof/grantproof/impl/bounded"
)

// Rate is how much may come: so many a second for long, and Burst at once. The
// zero value is no limit.
type Rate struct {
	PerSecond float64
	Burst     int
}

// PerSecond allows n a second, and twice as many at once.
func PerSecond(n int) Rate { return Rate{float64(n), 2 * n} }

// PerHour allows n an hour, and all of them at once.
func PerHour(n int) Rate { return Rate{float64(n) / time.Hour.Seconds(), n} }

// Limiter counts what comes from whom: from an address or a client. The zero
// value is ready. It is bounded: whoever was not seen for the longest time is
// forgotten, and has all of the limit again; the networks of one provider have a
// share of what is kept.
type Limiter struct {
	once sync.Once
	kept *bounded.Cache[string, *pace]
}

type pace struct {
	mu     sync.Mutex
	bucket *rate.Limiter
	told   time.Time
}

const (
	maxLimited = 20_000
	// maxLimitedTogether is how many of them may be of one provider.
	maxLimitedTogether = 4000
	tellEvery          = time.Minute
)

func (l *Limiter) of(name string, allowed Rate) *pace {
	l.once.Do(func() {
		l.kept = bounded.New[string, *pace](bounded.Limits{Entries: maxLimited, Share: maxLimitedTogether})
	})
	limit := rate.Limit(allowed.PerSecond)
	if found, ok := l.kept.Get(name); ok && found.bucket.Burst() == allowed.Burst && found.bucket.Limit() == limit {
		return found
	}
	fresh := &pace{bucket: rate.NewLimiter(limit, allowed.Burst)}
	l.kept.Add(name, fresh, bounded.Cost{Owner: provider(name)})
	return fresh
}

// provider is the network of a provider to which a name that ends with a network
// belongs, so that many addresses of one push nobody else out: 32 bits of IPv6 (a
// provider's allocation) and 16 of IPv4; "" for other names.
func provider(name string) string {
	prefix, err := netip.ParsePrefix(name[strings.LastIndexByte(name, ' ')+1:])
	if err != nil {
		return ""
	}
	bits := 16
	if prefix.Addr().Is6() {
		bits = 32
	}
	wide, _ := prefix.Addr().Prefix(bits) // fails for no length up to the address's
	return wide.String()
}

// Wait is how long name has to wait for the next; 0 is not at all. Nothing is
// counted.
func (l *Limiter) Wait(name string, allowed Rate, now time.Time) time.Duration {
	if allowed == (Rate{}) {
		return 0
	}
	missing := 1 - l.of(name, allowed).bucket.TokensAt(now)
	return max(0, time.Duration(missing/allowed.PerSecond*float64(time.Second)))
}

// Count counts one of name.
func (l *Limiter) Count(name string, allowed Rate, now time.Time) {
	if allowed != (Rate{}) {
		l.of(name, allowed).bucket.AllowN(now, 1)
	}
}

// Notable tells, once in a minute for each name, that its waiting is worth a
// word.
func (l *Limiter) Notable(name string, allowed Rate, now time.Time) bool {
	p := l.of(name, allowed)
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.told.IsZero() && now.Sub(p.told) < tellEvery {
		return false
	}
	p.told = now
	return true
}

// Network names who sends from remote, with a port or without: the address, of
// IPv6 the network of 64 bits, as one subscriber has all of it. What came through
// a proxy that does not say from whom is the proxy's.
func Network(remote string) string {
	if proxy, found := strings.CutPrefix(remote, via); found {
		return via + Network(proxy)
	}
	host, _, err := net.SplitHostPort(remote)
	if err != nil {
		host = remote
	}
	address, err := netip.ParseAddr(host)
	if err != nil {
		return unknownSender
	}
	address = address.Unmap().WithZone("")
	bits := address.BitLen()
	if address.Is6() {
		bits = 64
	}
	prefix, _ := address.Prefix(bits) // fails for no length up to the address's
	return prefix.String()
}

// TooManyRequests asks to wait, and says for how long (RFC 6585 section 4,
// https://www.rfc-editor.org/rfc/rfc6585#section-4). Of the registered codes
// temporarily_unavailable is the one for a server that has no time now (RFC
// 6749 section 4.1.2.1, https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1);
// slow_down would tell a device that polls to poll more slowly for good (RFC
// 8628 section 3.5, https://www.rfc-editor.org/rfc/rfc8628#section-3.5).
func TooManyRequests(wait time.Duration, description string) *Error {
	return &Error{Status: http.StatusTooManyRequests, Code: "temporarily_unavailable", RetryAfter: wait, Description: description}
}
