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
// value is ready. It is bounded: the name that was not seen for the longest time
// is forgotten, and has all of the limit again; the networks of one provider have
// a share of what is kept. It counts in one process.
type Limiter struct {
	once sync.Once
	kept *bounded.Cache[limited, *pace]
}

// limited is a name with the limit that it is held against.
type limited struct {
	name    string
	allowed Rate
}

type pace struct {
	bucket *rate.Limiter
	told   *rate.Limiter
}

const (
	maxLimited = 20_000
	// maxLimitedTogether is how many of them may be of one provider.
	maxLimitedTogether = 4000
	tellEvery          = time.Minute
)

// of finds the pace of a name or makes it, in one step: of two requests that
// come first at the same time, none is counted against a pace that is lost.
func (l *Limiter) of(name string, allowed Rate) *pace {
	l.once.Do(func() {
		l.kept = bounded.New[limited, *pace](bounded.Limits{Entries: maxLimited, Share: maxLimitedTogether})
	})
	key := limited{name, allowed}
	if found, ok := l.kept.Get(key); ok {
		return found
	}
	fresh := &pace{rate.NewLimiter(rate.Limit(allowed.PerSecond), allowed.Burst), rate.NewLimiter(rate.Every(tellEvery), 1)}
	return l.kept.GetOrAdd(key, fresh, bounded.Cost{Owner: provider(name)})
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

// Take counts one of name and returns 0. Where the limit is used up it counts
// nothing, and returns how long name has to wait for the next. Both is one step,
// so that of many at the same time no more are let through.
func (l *Limiter) Take(name string, allowed Rate, now time.Time) time.Duration {
	if allowed == (Rate{}) || l.of(name, allowed).bucket.AllowN(now, 1) {
		return 0
	}
	return max(1, l.Wait(name, allowed, now))
}

// Wait is how long name has to wait for the next; 0 is not at all. It counts
// nothing, and so promises nothing: only Take lets anybody through.
func (l *Limiter) Wait(name string, allowed Rate, now time.Time) time.Duration {
	if allowed == (Rate{}) {
		return 0
	}
	missing := 1 - l.of(name, allowed).bucket.TokensAt(now)
	return max(0, time.Duration(missing/allowed.PerSecond*float64(time.Second)))
}

// Notable tells, once in a minute for each name, that its waiting is worth a
// word.
func (l *Limiter) Notable(name string, allowed Rate, now time.Time) bool {
	return l.of(name, allowed).told.AllowN(now, 1)
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
