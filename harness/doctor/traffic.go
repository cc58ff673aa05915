package doctor

import (
	"cmp"
	"crypto/tls"
	"fmt"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"time"
)

// traffic is what every answer tells beside its content.
type traffic struct {
	http.RoundTripper
	mu      sync.Mutex
	clocks  map[string]time.Duration // By host, how far its clock is ahead.
	tls     map[string]*tls.ConnectionState
	limits  []string // Headers that tell of a limit, each once.
	refused int      // Answers with status 429.
}

// watch has all answers looked at.
func watch(client *http.Client) *traffic {
	t := &traffic{RoundTripper: client.Transport, clocks: map[string]time.Duration{}, tls: map[string]*tls.ConnectionState{}}
	client.Transport = t
	return t
}

// RoundTrip implements http.RoundTripper.
func (t *traffic) RoundTrip(r *http.Request) (*http.Response, error) {
	began := time.Now()
	answer, err := t.RoundTripper.RoundTrip(r)
	if err != nil {
		return nil, err
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.tls[r.URL.Host] = answer.TLS
	if date, err := http.ParseTime(answer.Header.Get("Date")); err == nil {
		// The header has no fractions of a second. An answer out of a cache has an old
		// one, so that the smallest difference counts.
		ahead := date.Add(time.Second / 2).Sub(began.Add(time.Since(began) / 2))
		if known, before := t.clocks[r.URL.Host]; !before || ahead.Abs() < known.Abs() {
			t.clocks[r.URL.Host] = ahead
		}
	}
	if answer.StatusCode == http.StatusTooManyRequests {
		t.refused++
	}
	t.noteLimits(answer.Header)
	return answer, nil
}

// limitHeaders tell of a limit: RateLimit and RateLimit-Policy are those of
// https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/, the
// others are older.
var limitHeaders = []string{"RateLimit-Policy", "RateLimit", "RateLimit-Limit", "X-RateLimit-Limit", "X-Rate-Limit-Limit", "Retry-After"}

func (t *traffic) noteLimits(header http.Header) {
	for _, name := range limitHeaders {
		value := header.Get(name)
		known := strings.Contains(strings.Join(t.limits, "\n"), name+": ")
		if value != "" && !known {
			t.limits = append(t.limits, name+": "+value)
		}
	}
}

// policy is a quota with the seconds for which it is.
var policy = regexp.MustCompile(`^RateLimit-Policy: .*\bq=(\d+).*\bw=(\d+)`)

// rate is how many requests a second are within the limit that is told; 5 where
// it is told otherwise.
func (t *traffic) rate() int {
	for _, limit := range t.limits {
		if match := policy.FindStringSubmatch(limit); match != nil {
			quota, _ := strconv.Atoi(match[1])
			window, _ := strconv.Atoi(match[2])
			return max(1, quota/max(1, window))
		}
	}
	return 5
}

func (t *traffic) tlsOf(host string) *tls.ConnectionState {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.tls[host]
}

// mostDifference is how far two clocks may differ: a run sends JWTs that are
// valid from now on, and servers allow for half a minute or so.
const mostDifference = 30 * time.Second

// traffic says what all the answers told.
func (e *examination) traffic() {
	e.seen.mu.Lock()
	defer e.seen.mu.Unlock()
	clock := Finding{Name: "clock", Status: OK, Tried: "the Date of every answer"}
	for host, ahead := range e.seen.clocks {
		if clock.CameBack = "within seconds of this machine"; ahead.Abs() > mostDifference {
			clock.Status, clock.CameBack = Warning, fmt.Sprintf("the clock of %s is %s", host, difference(ahead))
			clock.Change = "correct the clock of this machine or of the server; until then, scenarios about time are judged wrongly"
			break
		}
	}
	clock.CameBack = cmp.Or(clock.CameBack, "no answer has a Date header")
	e.found(clock)
	e.found(e.rateLimit())
}

func difference(ahead time.Duration) string {
	if ahead < 0 {
		return ahead.Abs().Round(time.Second).String() + " behind"
	}
	return ahead.Round(time.Second).String() + " ahead"
}

// rateLimit: a run sends some thousand requests as fast as they are answered.
func (e *examination) rateLimit() Finding {
	limit := e.run.Target.Limits.RequestsPerSecond
	f := Finding{Name: "rate limit", Status: OK, Key: "limits.requests_per_second", Tried: "the status and the headers of every answer", CameBack: "no sign of a limit"}
	if e.seen.refused > 0 {
		f.CameBack = fmt.Sprintf("%d answers with status 429", e.seen.refused)
	}
	if len(e.seen.limits) > 0 {
		f.CameBack = strings.TrimPrefix(f.CameBack+"; "+strings.Join(e.seen.limits, ", "), "no sign of a limit; ")
	}
	switch {
	case e.seen.refused > 0 && limit > 0:
		f.Status, f.Change = Warning, fmt.Sprintf("lower limits.requests_per_second, which is %d", limit)
	case (e.seen.refused > 0 || len(e.seen.limits) > 0) && limit == 0:
		f.Status, f.Change = Warning, fmt.Sprintf("slow the run down with limits: {requests_per_second: %d}, or switch the limit off in the test instance", e.seen.rate())
	case limit > 0:
		f.CameBack += fmt.Sprintf("; a run sends %d requests a second at most", limit)
	}
	return f
}
