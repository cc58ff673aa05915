package world

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

type answering func(*http.Request) (*http.Response, error)

func (a answering) RoundTrip(r *http.Request) (*http.Response, error) { return a(r) }

// trial is a pace whose clock is moved by hand, and what it told.
func trial(status *int, takes *time.Duration) (p *pace, told *[]string) {
	told = new([]string)
	clock := time.Unix(0, 0)
	p = newPace(answering(func(*http.Request) (*http.Response, error) {
		clock = clock.Add(*takes)
		if *status == 0 {
			return nil, errors.New("no answer")
		}
		return &http.Response{StatusCode: *status}, nil
	}), func(reason string) { *told = append(*told, reason) })
	p.now = func() time.Time { return clock }
	return p, told
}

func ask(t *testing.T, p *pace, times int) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://as.example/", nil)
	if err != nil {
		t.Fatal(err)
	}
	for range times {
		_, _ = p.RoundTrip(request)
	}
}

// Fewer requests go at once where the target is in trouble, which is said once; and
// more again where it recovers. Single errors are findings.
func TestPace(t *testing.T) {
	for name, test := range map[string]struct {
		status  int
		takes   time.Duration
		times   int
		allowed int
		says    string
	}{
		"sound answers":    {200, time.Millisecond, 100, 0, ""},
		"refusals":         {400, time.Millisecond, 100, 0, ""},
		"some errors":      {500, time.Millisecond, 3, 0, ""},
		"many errors":      {503, time.Millisecond, 30, 1, "answers with status 503"},
		"a limit":          {429, time.Millisecond, 2, 1, "answers with status 429"},
		"slower answers":   {200, time.Second, 30, 1, "answers after 1s, and at first after 1ms"},
		"a little slower":  {200, 400 * time.Millisecond, 100, 0, ""},
		"nothing at all":   {0, time.Second, 100, 0, ""},
		"some slow errors": {500, time.Hour, 3, 0, ""},
	} {
		t.Run(name, func(t *testing.T) {
			status, takes := 200, time.Millisecond
			p, told := trial(&status, &takes)
			ask(t, p, firstAnswers)
			status, takes = test.status, test.takes
			ask(t, p, test.times)
			if said := strings.Join(*told, "\n"); p.allowed != test.allowed || (said == "") != (test.says == "") || !strings.Contains(said, test.says) || len(*told) > 1 {
				t.Errorf("%d at once, told %q", p.allowed, said)
			}
			status, takes = 200, time.Millisecond
			ask(t, p, 2*calmed+strained)
			if test.allowed > 0 && p.allowed <= test.allowed {
				t.Errorf("after its recovery %d at once", p.allowed)
			}
		})
	}
}

// What may not go waits until another request has ended, or the run has.
func TestPaceHoldsBack(t *testing.T) {
	var mu sync.Mutex
	most, now := 0, 0
	p := newPace(answering(func(*http.Request) (*http.Response, error) {
		mu.Lock()
		now++
		most = max(most, now)
		mu.Unlock()
		defer func() { mu.Lock(); now--; mu.Unlock() }()
		return &http.Response{StatusCode: http.StatusOK}, nil
	}), func(string) {})
	p.allowed = 2
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() { ask(t, p, 1) })
	}
	all.Wait()
	if most > 2 || p.onTheWay != 0 {
		t.Errorf("%d at once, %d left", most, p.onTheWay)
	}
	p.onTheWay = 2
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := p.enter(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("it waits on: %v", err)
	}
}
