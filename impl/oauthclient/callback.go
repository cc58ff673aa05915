package oauthclient

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"

	"golang.org/x/net/netutil"

	"github.com/grantproof/grantproof/impl/outbound"
)

// callback takes the authorization response with the right state, on the loopback
// interface alone (RFC 8252 section 7.3, https://www.rfc-editor.org/rfc/rfc8252#section-7.3).
// Any program on this machine and any page in a browser can send something there
// (RFC 8252 section 8.9): all else is answered, and waited past.
type callback struct {
	uri       string // As the authorization server gets to know it.
	path      string
	port      string
	state     string // Of the one answer that is awaited.
	server    *http.Server
	taken     atomic.Bool
	strange   atomic.Int64 // Answers with another state, so far.
	delivered chan url.Values
}

// What a stranger can take of the program while it waits.
const (
	maxCallbackHeader = 16 << 10 // Bytes.
	maxCallbacks      = 64       // Connections at a time.
	callbackTime      = 5 * time.Second
)

// loopbackAddress is where a redirect URI is listened to.
func loopbackAddress(redirectURI string) (string, error) {
	u, err := url.Parse(redirectURI)
	if err != nil || u.Scheme != "http" || u.RawQuery != "" || u.Fragment != "" || u.User != nil {
		return "", fmt.Errorf("the redirect URI %q is no plain http URL on this machine: give one such as %s", quotable(redirectURI, nil), anyPort)
	}
	host, port := u.Hostname(), u.Port()
	if port == "" {
		port = "0"
	}
	switch host {
	case "localhost", "127.0.0.1":
		return net.JoinHostPort("127.0.0.1", port), nil
	case "::1":
		return net.JoinHostPort("::1", port), nil
	}
	return "", fmt.Errorf("the redirect URI is at %q, and answers are taken on this machine alone: give one such as %s", quotable(host, nil), anyPort)
}

// listen waits at a redirect URI; at a free port where it has none, or where
// another program has the one that was registered.
func (h *Handler) listen(redirectURI string, elsewhere bool) (*callback, error) {
	address, err := loopbackAddress(redirectURI)
	if err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", address)
	if err != nil && elsewhere {
		host, _, _ := net.SplitHostPort(address)
		listener, err = net.Listen("tcp", net.JoinHostPort(host, "0"))
	}
	if err != nil {
		return nil, &StepError{Step: StepAuthorization, Layer: LayerComputer, URL: redirectURI, err: err, Advice: "end the program that has it, or give another redirect URI",
			Problem: "is where the answer is expected, and it cannot be listened to (" + quotable(err.Error(), nil) + ")"}
	}
	u := mustParse(redirectURI)
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	u.Host = net.JoinHostPort(u.Hostname(), port)
	c := &callback{uri: u.String(), path: u.Path, port: port, state: rand.Text(), delivered: make(chan url.Values, 1)}
	c.server = &http.Server{Handler: c, ReadTimeout: callbackTime, WriteTimeout: callbackTime, IdleTimeout: callbackTime,
		MaxHeaderBytes: maxCallbackHeader, ErrorLog: log.New(io.Discard, "", 0)}
	go func() { _ = c.server.Serve(netutil.LimitListener(listener, maxCallbacks)) }()
	return c, nil
}

const (
	arrived  = "The answer has arrived. You can close this window and go back to the program that opened it.\n"
	notFound = "There is nothing here.\n"
	notHere  = "This program takes answers for this machine alone, by a name of this machine.\n"
	byGet    = "The answer is taken by GET alone.\n"
	another  = "This is not the answer that the program waits for: its state is not that of the request. Nothing was done with it. " +
		"If you came here from the page that the program opened, go back to the program and begin again there.\n"
)

// ServeHTTP implements http.Handler. The first answer with the right state is the
// answer, whether it brings a code or an error.
func (c *callback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("X-Content-Type-Options", "nosniff")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	status, page := c.judge(r)
	w.WriteHeader(status)
	_, _ = io.WriteString(w, page)
	if status == http.StatusOK {
		c.delivered <- r.URL.Query()
	}
}

// judge says what a request is answered with: 200 for the one answer alone.
func (c *callback) judge(r *http.Request) (status int, page string) {
	switch {
	case !c.isOwnHost(r.Host):
		return http.StatusMisdirectedRequest, notHere
	case r.URL.Path != c.path:
		return http.StatusNotFound, notFound
	case r.Method != http.MethodGet:
		return http.StatusMethodNotAllowed, byGet
	case !c.isAwaited(r.URL.Query()["state"]):
		c.strange.Add(1)
		return http.StatusBadRequest, another
	case !c.taken.CompareAndSwap(false, true):
		// The redirect may arrive twice, and the person sees what came later.
		return http.StatusGone, arrived
	}
	return http.StatusOK, arrived
}

// isAwaited: the state is that of the request, and there is one (RFC 6749 section
// 10.12, https://www.rfc-editor.org/rfc/rfc6749#section-10.12).
func (c *callback) isAwaited(states []string) bool {
	return len(states) == 1 && subtle.ConstantTimeCompare([]byte(states[0]), []byte(c.state)) == 1
}

// isOwnHost: a page that had its own name resolve to this machine would ask by that
// name, and could read the answer.
func (c *callback) isOwnHost(host string) bool {
	name, port, err := net.SplitHostPort(host)
	if err != nil {
		name, port = strings.Trim(host, "[]"), "80"
	}
	return port == c.port && outbound.IsLoopback(name)
}

// close ends the listener once the page is written.
func (c *callback) close() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	if c.server.Shutdown(ctx) != nil {
		_ = c.server.Close()
	}
}

// send shows the authorization URL to the person and waits for the answer.
func (h *Handler) send(ctx context.Context, c *callback, authorizationURL string) (url.Values, error) {
	ctx, cancel := context.WithTimeout(ctx, h.config.Patience)
	defer cancel()
	shown := make(chan error, 1)
	address := bare(mustParse(authorizationURL))
	h.asked.Store(&address)
	defer h.asked.Store(nil)
	go func() { shown <- h.config.Browser(ctx, authorizationURL) }()
	for {
		select {
		case returned := <-c.delivered:
			return returned, nil
		case err := <-shown:
			if err == nil || len(c.delivered) > 0 {
				shown = nil
				continue
			}
			return nil, c.besides(notShown(address, err))
		case <-ctx.Done():
			return nil, c.besides(notAnswered(ctx, address, h.config.Patience))
		}
	}
}

// besides adds what came instead of the answer: a server that loses the state sends
// people back in vain.
func (c *callback) besides(failed *StepError) error {
	if n := c.strange.Load(); n > 0 {
		failed.Problem += fmt.Sprintf("; answers that came with another state than that of the request, and were not taken: %d", n)
		failed.Advice += ", and beware of who sent them"
	}
	return failed
}

// notShown leaves the URL out that an error of net/http names: it may hold a code.
func notShown(address string, err error) *StepError {
	if sent := new(url.Error); errors.As(err, &sent) {
		err = sent.Err
	}
	return &StepError{Step: StepAuthorization, Layer: LayerBrowser, URL: address, err: err, Advice: "open the authorization URL in a browser by hand",
		Problem: "cannot be shown to a person (" + quotable(err.Error(), nil) + ")"}
}

func notAnswered(ctx context.Context, address string, patience time.Duration) *StepError {
	failed := &StepError{Step: StepAuthorization, Layer: LayerBrowser, URL: address, err: ctx.Err(), Problem: "was opened, and the call was cancelled", Advice: "call again"}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		failed.Problem = fmt.Sprintf("was opened, and no answer came back within %v", patience)
		failed.Advice = "authorize anew, and finish in the browser; where it showed an error, check how the client is registered"
	}
	return failed
}
