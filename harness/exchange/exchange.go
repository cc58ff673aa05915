// Package exchange owns the bytes that an examiner sends and receives: it
// sends exactly what it is given, follows nothing, reads a bounded answer and
// remembers both. What an answer means is not its business.
package exchange

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/textproto"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"
)

// Endpoint says which part of a protocol an exchange belongs to.
type Endpoint string

// The endpoints of OAuth.
const (
	Token         Endpoint = "token"
	Authorization Endpoint = "authorization"
	Introspection Endpoint = "introspection"
	Revocation    Endpoint = "revocation"
	UserInfo      Endpoint = "userinfo"
	Metadata      Endpoint = "metadata"
	Resource      Endpoint = "resource"
	MCP           Endpoint = "MCP"
	// Registration is where a client registers, ClientConfiguration where it
	// manages its registration.
	Registration        Endpoint = "registration"
	ClientConfiguration Endpoint = "client configuration"
	// ServerLog is what a server logged, as if it were an answer.
	ServerLog Endpoint = "server log"
	// ControlPlane arranges a fixture; it is no part of a protocol.
	ControlPlane Endpoint = "control plane"
)

// Purpose says why something was sent.
type Purpose string

// The purposes: to arrange a scenario, as what it is about, to see the effect
// of that, or as the positive control of a refusal.
const (
	Setup   Purpose = "setup"
	Action  Purpose = "request"
	Check   Purpose = "check"
	Control Purpose = "control"
)

// Request is what is sent.
type Request struct {
	Endpoint Endpoint
	From     string // Who sends it; "" for the client.
	Method   string
	URL      string
	Header   http.Header
	Body     []byte
	Chunked  bool // Whether the body is sent in chunks, without its length.
}

// Exchange is a request with its answer.
type Exchange struct {
	Request
	Purpose  Purpose
	Status   int // 0 where no answer came.
	Answer   http.Header
	Content  []byte
	Problem  error // Why no answer came.
	Duration time.Duration

	log *Log
}

// MaxContent is how much of an answer is read, in bytes.
const MaxContent = 1 << 20

// Log is the exchanges of one scenario, in order.
type Log struct {
	Client *http.Client // Sends the requests; must not follow redirects.

	mu      sync.Mutex
	purpose Purpose
	list    []*Exchange
	secrets map[string]bool
	words   map[string]bool // Secrets that pages and programs hold anyway.
	planted map[string]bool
	derived []Derived
}

// Begin says why everything is sent from now on.
func (l *Log) Begin(purpose Purpose) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.purpose = purpose
}

// Adopt adds the exchanges of other, as those of a positive control.
func (l *Log) Adopt(other *Log) {
	for _, exchange := range other.All() {
		adopted := *exchange
		adopted.Purpose, adopted.log = Control, l
		l.mu.Lock()
		l.list = append(l.list, &adopted)
		l.mu.Unlock()
	}
	for _, secret := range slices.Concat(other.Secrets(), other.hidden()) {
		l.Secret(secret)
	}
}

// Share adds an exchange of another log, as if it were sent now: the same request would
// be answered in the same way.
func (l *Log) Share(of *Exchange) *Exchange {
	shared := *of
	l.mu.Lock()
	defer l.mu.Unlock()
	shared.Purpose, shared.log = l.purpose, l
	l.list = append(l.list, &shared)
	return &shared
}

// Send sends request once and records what happened. The error says that no
// answer came.
func (l *Log) Send(ctx context.Context, request Request) (*Exchange, error) {
	exchange := &Exchange{Request: request, log: l}
	l.mu.Lock()
	exchange.Purpose = l.purpose
	l.mu.Unlock()
	began := time.Now()
	exchange.Problem = l.send(ctx, exchange)
	exchange.Duration = time.Since(began)
	l.mu.Lock()
	defer l.mu.Unlock()
	l.list = append(l.list, exchange)
	return exchange, exchange.Problem
}

func (l *Log) send(ctx context.Context, e *Exchange) error {
	var body io.Reader = bytes.NewReader(e.Body)
	if e.Chunked {
		body = struct{ io.Reader }{body} // Its length is not to be seen.
	}
	request, err := http.NewRequestWithContext(ctx, e.Method, e.URL, body)
	if err != nil {
		return fmt.Errorf("the request cannot be made: %w", err)
	}
	if e.Header != nil {
		request.Header = e.Header.Clone()
	}
	response, err := l.Client.Do(request)
	if err != nil {
		return fmt.Errorf("no answer from the %s endpoint: %w", e.Endpoint, err)
	}
	defer response.Body.Close()
	e.Status, e.Answer = response.StatusCode, response.Header
	e.Content, err = io.ReadAll(io.LimitReader(response.Body, MaxContent))
	if err != nil && !slices.Contains(tooLong, e.Status) {
		return fmt.Errorf("the answer of the %s endpoint broke off: %w", e.Endpoint, err)
	}
	return nil
}

// IsMalformed tells whether there is no answer because its header cannot be read.
func IsMalformed(err error) bool {
	// Of a Location that is no URI net/http has a text alone.
	return errors.As(err, new(textproto.ProtocolError)) || err != nil && strings.Contains(err.Error(), "failed to parse Location header")
}

// tooLong are the answers to requests of which a server reads no more: it may
// close the connection while the rest is still on its way (RFC 9110 section
// 15.5.14, https://www.rfc-editor.org/rfc/rfc9110#section-15.5.14).
var tooLong = []int{http.StatusRequestEntityTooLarge, http.StatusRequestURITooLong, http.StatusRequestHeaderFieldsTooLarge}

// All returns the exchanges so far, without those that arrange a fixture.
func (l *Log) All() []*Exchange {
	return slices.DeleteFunc(l.Everything(), func(e *Exchange) bool { return e.Endpoint == ControlPlane })
}

// Everything returns the exchanges so far.
func (l *Log) Everything() []*Exchange {
	l.mu.Lock()
	defer l.mu.Unlock()
	return append([]*Exchange(nil), l.list...)
}

// Form returns the parameters that were sent: those of a form body, else those
// of the query.
func (e *Exchange) Form() url.Values {
	if media, _, _ := mime.ParseMediaType(e.Header.Get("Content-Type")); media == "application/x-www-form-urlencoded" {
		form, _ := url.ParseQuery(string(e.Body))
		return form
	}
	parsed, err := url.Parse(e.URL)
	if err != nil {
		return nil
	}
	return parsed.Query()
}
