package world

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"sync"
	"time"
)

// tooSilent is how many requests in a row a host leaves unanswered before it is
// asked no more: it ended, and each further scenario would wait for it in vain.
const tooSilent = 20

// steady gives a host up that does not answer any more.
type steady struct {
	http.RoundTripper
	stopped func(host string, s silence)

	mu     sync.Mutex
	silent map[string]silence // By host.
}

// RoundTrip implements http.RoundTripper.
func (s *steady) RoundTrip(r *http.Request) (*http.Response, error) {
	if s.isGivenUp(r.URL.Host) {
		return nil, fmt.Errorf("%s left the last %d requests without an answer and is not asked any more", r.URL.Host, tooSilent)
	}
	sent := time.Now()
	response, err := s.RoundTripper.RoundTrip(r)
	if err != nil {
		s.heard(r, sent, err)
		return nil, err
	}
	response.Body = &listened{response.Body, func(err error) { s.heard(r, sent, err) }}
	return response, nil
}

func (s *steady) isGivenUp(host string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.silent[host].requests >= tooSilent
}

// heard remembers how a request ended. That the examiner itself ended it says
// nothing about the host.
func (s *steady) heard(r *http.Request, sent time.Time, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	host := r.URL.Host
	if err == nil {
		delete(s.silent, host)
		return
	}
	silence := s.silent[host]
	if silence.requests++; silence.requests == 1 {
		silence.since, silence.after = sent, described(r, err)
	}
	if s.silent[host] = silence; silence.requests == tooSilent {
		s.stopped(host, silence)
	}
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
