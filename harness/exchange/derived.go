package exchange

import (
	"bytes"
	"io"
	"net/http"
)

// Derived is a value that the examiner made itself, and how `grantproof mint`
// makes another one. Arguments can be values that were derived or received.
type Derived struct {
	Name, Value string
	Command     string
	Arguments   []string
}

// Derive remembers how a value came about.
func (l *Log) Derive(derived Derived) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.derived = append(l.derived, derived)
}

// Derivations returns the values that were derived so far.
func (l *Log) Derivations() []Derived {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]Derived(nil), l.derived...)
}

// Do sends a request to the control plane of a fixture and records it: what a
// generated client needs.
func (l *Log) Do(r *http.Request) (*http.Response, error) {
	sent := Request{Endpoint: ControlPlane, Method: r.Method, URL: r.URL.String(), Header: r.Header.Clone()}
	if r.Body != nil {
		var err error
		if sent.Body, err = io.ReadAll(r.Body); err != nil {
			return nil, err
		}
	}
	e, err := l.Send(r.Context(), sent)
	if err != nil {
		return nil, err
	}
	return &http.Response{
		StatusCode: e.Status, Status: http.StatusText(e.Status), Header: e.Answer, Request: r,
		Body: io.NopCloser(bytes.NewReader(e.Content)), ContentLength: int64(len(e.Content)),
	}, nil
}
