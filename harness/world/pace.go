package world

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"time"
)

// pace lets fewer requests be on their way at once while a target is in trouble: it
// answers with 429 or 5xx, or much slower than at first. A server that is asked for
// more than it can do answers wrongly, and would be judged by that.
type pace struct {
	http.RoundTripper
	told func(reason string) // Of the first time.
	now  func() time.Time

	mu       sync.Mutex
	released chan struct{} // Closed when a request may go that waits.
	onTheWay int
	allowed  int // At once; 0: any number.
	usual    time.Duration
	answers  int // That came.
	strain   int // How much the last answers speak of trouble.
	calm     int // How many answers came since without any.
	hasTold  bool
}

const (
	// firstAnswers tell how long an answer usually takes.
	firstAnswers = 20
	// Slow is what takes so many times longer, and longer than a person notices.
	timesSlower = 5
	noticed     = 500 * time.Millisecond
	// strained is when fewer requests go: single answers of 5xx are findings.
	strained = 8
	// calmed is after how many sound answers one more goes at once.
	calmed = 40
)

func newPace(base http.RoundTripper, told func(string)) *pace {
	return &pace{RoundTripper: base, told: told, now: time.Now, released: make(chan struct{})}
}

// RoundTrip implements http.RoundTripper.
func (p *pace) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := p.enter(r.Context()); err != nil {
		return nil, err
	}
	began := p.now()
	answer, err := p.RoundTripper.RoundTrip(r)
	status := 0
	if err == nil {
		status = answer.StatusCode
	}
	p.leave(status, p.now().Sub(began))
	return answer, err
}

// enter waits until one more request may go.
func (p *pace) enter(ctx context.Context) error {
	for {
		p.mu.Lock()
		if p.allowed == 0 || p.onTheWay < p.allowed {
			p.onTheWay++
			p.mu.Unlock()
			return nil
		}
		released := p.released
		p.mu.Unlock()
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-released:
		}
	}
}

// leave learns from an answer, and lets another request go.
func (p *pace) leave(status int, took time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	reason := p.trouble(status, took)
	switch {
	case reason == "":
		p.strain = max(0, p.strain-1)
		p.recover()
	case status == http.StatusTooManyRequests:
		p.strain, p.calm = p.strain+4, 0
	default:
		p.strain, p.calm = p.strain+2, 0
	}
	if p.strain >= strained {
		p.strain, p.allowed = 0, max(1, p.onTheWay/2)
		if !p.hasTold {
			p.told(fmt.Sprintf("the target %s; at most %d requests at once from now on, until it recovers", reason, p.allowed))
		}
		p.hasTold = true
	}
	p.onTheWay--
	close(p.released)
	p.released = make(chan struct{})
}

// trouble is what an answer tells of the target; "" for nothing.
func (p *pace) trouble(status int, took time.Duration) string {
	if status == 0 {
		return ""
	}
	p.answers++
	if p.answers <= firstAnswers {
		p.usual += took / firstAnswers
	}
	switch {
	case status == http.StatusTooManyRequests || status >= 500:
		return fmt.Sprintf("answers with status %d", status)
	case p.answers > firstAnswers && took > noticed && took > timesSlower*p.usual:
		return fmt.Sprintf("answers after %s, and at first after %s", took.Round(time.Millisecond), p.usual.Round(time.Millisecond))
	}
	return ""
}

// recover lets one more request go at once, after many sound answers.
func (p *pace) recover() {
	if p.allowed == 0 {
		return
	}
	if p.calm++; p.calm >= calmed {
		p.calm = 0
		p.allowed++
	}
}
