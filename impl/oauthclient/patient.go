package oauthclient

import (
	"context"
	"net/http"
	"strconv"
	"time"
)

// longestWait is how long a server may have the client wait before it asks again.
const longestWait = 10 * time.Second

// Wait lets time pass, and returns an error where ctx ends before.
type Wait func(ctx context.Context, d time.Duration) error

func waitInRealTime(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// patient asks once more where a server is busy and says when it will not be: 503
// or 429 with Retry-After (RFC 9110 section 10.2.3,
// https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3, and RFC 6585 section 4,
// https://www.rfc-editor.org/rfc/rfc6585#section-4). Such a server has not looked
// at the request, so that whatever it was may be repeated.
type patient struct {
	base http.RoundTripper
	wait Wait
	now  func() time.Time
}

// patiently makes a client patient; nil is the transport of net/http.
func patiently(base http.RoundTripper, wait Wait, now func() time.Time) http.RoundTripper {
	if base == nil {
		base = http.DefaultTransport
	}
	return patient{base, wait, now}
}

// RoundTrip implements http.RoundTripper.
func (p patient) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := p.base.RoundTrip(request)
	if err != nil {
		return nil, err
	}
	d, said := p.retryAfter(response)
	if deadline, limited := request.Context().Deadline(); !said || limited && time.Until(deadline) < d {
		return response, nil
	}
	body, err := replay(request)
	if err != nil {
		return response, nil
	}
	_, _ = readAll(response.Body) // So that the connection can be used again.
	closeBody(response.Body)
	if err := p.wait(request.Context(), d); err != nil {
		closeBody(body)
		return nil, err
	}
	again := request.Clone(request.Context())
	again.Body = body
	return p.base.RoundTrip(again)
}

// retryAfter is for how long a busy server wants to be left alone, in seconds or
// until a date. What is too long is as good as nothing said.
func (p patient) retryAfter(response *http.Response) (d time.Duration, said bool) {
	if response.StatusCode != http.StatusServiceUnavailable && response.StatusCode != http.StatusTooManyRequests {
		return 0, false
	}
	value := response.Header.Get("Retry-After")
	if seconds, err := strconv.Atoi(value); err == nil && seconds >= 0 && seconds <= int(longestWait/time.Second) {
		return time.Duration(seconds) * time.Second, true
	}
	until, err := http.ParseTime(value)
	d = max(0, until.Sub(p.now()))
	return d, err == nil && d <= longestWait
}
