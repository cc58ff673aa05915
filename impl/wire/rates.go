package wire

import (
	"net/http"
	"sync"
	"time"

	lru "github.com/hashicorp/golang-lru/v2"
	"golang.org/x/time/rate"
)

// Rates limits how many requests a second everybody may send who has a name
// here: an address or a client. The zero value is ready. It is bounded: whoever
// was not seen for the longest time is forgotten, and has all of the limit
// again.
type Rates struct {
	once sync.Once
	kept *lru.Cache[string, *pace]
}

type pace struct {
	mu     sync.Mutex
	bucket *rate.Limiter
	told   time.Time
}

const (
	maxRates  = 20_000
	tellEvery = time.Minute
)

// of finds the pace of a name; twice as much as a second has may come at once.
func (r *Rates) of(name string, perSecond int) *pace {
	r.once.Do(func() { r.kept, _ = lru.New[string, *pace](maxRates) })
	found, ok := r.kept.Get(name)
	if ok && found.bucket.Burst() == 2*perSecond {
		return found
	}
	fresh := &pace{bucket: rate.NewLimiter(rate.Limit(perSecond), 2*perSecond)}
	r.kept.Add(name, fresh)
	return fresh
}

// Wait is how long name has to wait for its next request; 0 is not at all.
// Nothing is counted.
func (r *Rates) Wait(name string, perSecond int, now time.Time) time.Duration {
	if perSecond <= 0 {
		return 0
	}
	missing := 1 - r.of(name, perSecond).bucket.TokensAt(now)
	return max(0, time.Duration(missing*float64(time.Second)/float64(perSecond)))
}

// Count counts a request of name.
func (r *Rates) Count(name string, perSecond int, now time.Time) {
	if perSecond > 0 {
		r.of(name, perSecond).bucket.AllowN(now, 1)
	}
}

// Notable tells, once in a minute for each name, that its waiting is worth a
// word.
func (r *Rates) Notable(name string, perSecond int, now time.Time) bool {
	p := r.of(name, perSecond)
	p.mu.Lock()
	defer p.mu.Unlock()
	if !p.told.IsZero() && now.Sub(p.told) < tellEvery {
		return false
	}
	p.told = now
	return true
}

// Network is the name of who sends from remote (HOST:PORT): the address, of
// IPv6 the network of 64 bits, as one subscriber has all of it.
func Network(remote string) string { return network(remote).String() }

// TooManyRequests asks to wait, and says for how long (RFC 6585 section 4,
// https://www.rfc-editor.org/rfc/rfc6585#section-4). Of the registered codes
// temporarily_unavailable is the one for a server that has no time now (RFC
// 6749 section 4.1.2.1, https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2.1);
// slow_down would tell a device that polls to poll more slowly for good (RFC
// 8628 section 3.5, https://www.rfc-editor.org/rfc/rfc8628#section-3.5).
func TooManyRequests(wait time.Duration, description string) *Error {
	return &Error{Status: http.StatusTooManyRequests, Code: "temporarily_unavailable", RetryAfter: wait, Description: description}
}
