package world

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
)

// tooSilent is how many requests in a row a host leaves unanswered before it is
// asked no more: it ended, and each further scenario would wait for it in vain.
const tooSilent = 20

// steady gives a host up that does not answer any more.
type steady struct {
	http.RoundTripper

	mu     sync.Mutex
	silent map[string]int // By host: how many requests in a row had no whole answer.
}

// RoundTrip implements http.RoundTripper.
func (s *steady) RoundTrip(r *http.Request) (*http.Response, error) {
	host := r.URL.Host
	if s.count(host, 0) >= tooSilent {
		return nil, fmt.Errorf("%s left the last %d requests without an answer and is not asked any more", host, tooSilent)
	}
	response, err := s.RoundTripper.RoundTrip(r)
	if err != nil {
		s.heard(host, err)
		return nil, err
	}
	response.Body = &listened{response.Body, func(err error) { s.heard(host, err) }}
	return response, nil
}

// heard remembers how a request ended. That the examiner itself ended it says
// nothing about the host.
func (s *steady) heard(host string, err error) {
	switch {
	case err == nil:
		s.count(host, -1)
	case !errors.Is(err, context.Canceled):
		s.count(host, 1)
	}
}

// count adds to the requests without an answer, or forgets them; it returns how
// many there are.
func (s *steady) count(host string, add int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	if add < 0 {
		delete(s.silent, host)
		return 0
	}
	s.silent[host] += add
	return s.silent[host]
}

// listened is the body of an answer; told is how reading it ends.
type listened struct {
	io.ReadCloser
	told func(error)
}

// Read implements io.Reader.
func (l *listened) Read(p []byte) (int, error) {
	n, err := l.ReadCloser.Read(p)
	switch {
	case errors.Is(err, io.EOF):
		l.tell(nil)
	case err != nil:
		l.tell(err)
	}
	return n, err
}

// Close implements io.Closer: what was not read to its end was an answer too.
func (l *listened) Close() error {
	l.tell(nil)
	return l.ReadCloser.Close()
}

func (l *listened) tell(err error) {
	if l.told != nil {
		l.told(err)
	}
	l.told = nil
}
