package oauthclient

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync/atomic"
	"time"
)

// callback takes one authorization response, on the loopback interface alone
// (RFC 8252 section 7.3, https://www.rfc-editor.org/rfc/rfc8252#section-7.3).
type callback struct {
	uri       string // As the authorization server gets to know it.
	path      string
	server    *http.Server
	taken     atomic.Bool
	delivered chan url.Values
}

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
	c := &callback{uri: u.String(), path: u.Path, delivered: make(chan url.Values, 1)}
	c.server = &http.Server{Handler: c, ReadHeaderTimeout: impatience, MaxHeaderBytes: 16 << 10}
	go func() { _ = c.server.Serve(listener) }()
	return c, nil
}

const arrived = "The answer has arrived. You can close this window and go back to the program that opened it.\n"

// ServeHTTP implements http.Handler: what comes first is the answer, and nothing
// after it is looked at.
func (c *callback) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Referrer-Policy", "no-referrer")
	w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
	query := r.URL.Query()
	if r.Method != http.MethodGet || !sameHost(r.Host, c.uri) || r.URL.Path != c.path || !query.Has("state") && !query.Has("code") && !query.Has("error") {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	if !c.taken.CompareAndSwap(false, true) {
		// The redirect may arrive twice, and the person sees what came later.
		w.WriteHeader(http.StatusGone)
		_, _ = io.WriteString(w, arrived)
		return
	}
	_, _ = io.WriteString(w, arrived)
	c.delivered <- query
}

// sameHost: the authorization server sends the browser to the redirect URI, so
// its host is asked for; a page whose name resolves to this machine has another.
func sameHost(host, uri string) bool {
	asked := url.URL{Host: host}
	return strings.EqualFold(asked.Hostname(), mustParse(uri).Hostname())
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
	go func() { shown <- h.config.Browser(ctx, authorizationURL) }()
	address := bare(mustParse(authorizationURL))
	for {
		select {
		case returned := <-c.delivered:
			return returned, nil
		case err := <-shown:
			if err == nil || len(c.delivered) > 0 {
				shown = nil
				continue
			}
			return nil, notShown(address, err)
		case <-ctx.Done():
			return nil, notAnswered(ctx, address, h.config.Patience)
		}
	}
}

// notShown leaves the URL out that an error of net/http names: it may hold a code.
func notShown(address string, err error) error {
	if sent := new(url.Error); errors.As(err, &sent) {
		err = sent.Err
	}
	return &StepError{Step: StepAuthorization, Layer: LayerBrowser, URL: address, err: err, Advice: "open the authorization URL in a browser by hand",
		Problem: "cannot be shown to a person (" + quotable(err.Error(), nil) + ")"}
}

func notAnswered(ctx context.Context, address string, patience time.Duration) error {
	failed := &StepError{Step: StepAuthorization, Layer: LayerBrowser, URL: address, err: ctx.Err(), Problem: "was opened, and the call was cancelled", Advice: "call again"}
	if errors.Is(ctx.Err(), context.DeadlineExceeded) {
		failed.Problem = fmt.Sprintf("was opened, and no answer came back within %v", patience)
		failed.Advice = "authorize anew, and finish in the browser; where it showed an error, check how the client is registered"
	}
	return failed
}
