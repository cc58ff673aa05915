package useragent

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"time"

	"github.com/grantproof/grantproof/impl/printable"
)

// Window is a browser with a real person before it.
type Window interface {
	// Open has the person open an address and do as told, and returns the
	// parameters with which the browser came back to redirectURI; nil where the
	// person says that it did not.
	Open(ctx context.Context, address, redirectURI, told string) (url.Values, error)
}

// Terminal asks whoever sits at a terminal to open an address in their own
// browser. Where the redirect URI is on this computer it listens there;
// elsewhere the person pastes the address that the browser ends at.
type Terminal struct {
	Out      io.Writer
	Patience time.Duration // For each address; 0: five minutes.

	lines chan string
	one   sync.Mutex // Nobody does two things at once.
}

// NewTerminal returns a terminal that reads what the person types from in.
func NewTerminal(in io.Reader, out io.Writer) *Terminal {
	t := &Terminal{Out: out, lines: make(chan string)}
	go func() {
		defer close(t.lines)
		for typed := bufio.NewScanner(in); typed.Scan(); {
			t.lines <- typed.Text()
		}
	}()
	return t
}

// Open implements Window.
func (t *Terminal) Open(ctx context.Context, address, redirectURI, told string) (url.Values, error) {
	t.one.Lock()
	defer t.one.Unlock()
	patience := cmp.Or(t.Patience, 5*time.Minute)
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	returned, stop := listen(redirectURI)
	defer stop()
	fmt.Fprintf(t.Out, "\nOpen this address in a browser, and %s:\n\n  %s\n\n", printable.Line(told), printable.Line(address))
	if returned != nil {
		fmt.Fprintln(t.Out, "This goes on by itself when the browser comes back. Press Enter if it stays on a page that leads no further.")
	} else {
		fmt.Fprintf(t.Out, "Then paste the address that begins with %s, or press Enter if the browser stays on another page.\n", redirectURI)
	}
	for {
		select {
		case values := <-returned:
			return values, nil
		case line, ok := <-t.lines:
			if !ok {
				t.lines = nil // Nobody types any more; the browser may still come back.
				continue
			}
			if values, understood := pasted(line, redirectURI); understood {
				return values, nil
			}
			fmt.Fprintf(t.Out, "That address does not begin with %s.\n", redirectURI)
		case <-ctx.Done():
			if errors.Is(ctx.Err(), context.DeadlineExceeded) {
				return nil, fmt.Errorf("the browser did not come back within %s", patience)
			}
			return nil, ctx.Err()
		}
	}
}

// pasted reads what the person typed: nothing, or where the browser ended.
func pasted(line, redirectURI string) (url.Values, bool) {
	line = strings.TrimSpace(line)
	if line == "" {
		return nil, true
	}
	address, err := url.Parse(line)
	if err != nil || !leadsTo(address, redirectURI) {
		return nil, false
	}
	return address.Query(), true
}

// listen takes what comes back to a redirect URI of this computer; nil where
// nobody can listen there.
func listen(redirectURI string) (<-chan url.Values, func()) {
	nobody := func() {}
	expected, err := url.Parse(redirectURI)
	if err != nil || expected.Scheme != "http" || !isLoopback(expected.Hostname()) {
		return nil, nobody
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(expected.Hostname(), cmp.Or(expected.Port(), "80")))
	if err != nil {
		return nil, nobody
	}
	returned := make(chan url.Values, 1)
	server := &http.Server{ReadTimeout: 10 * time.Second, WriteTimeout: 10 * time.Second, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r.Body = http.MaxBytesReader(w, r.Body, 1<<20)
		asked := url.URL{Host: r.Host} // Another one is that of a page whose name leads here.
		if !strings.EqualFold(asked.Hostname(), expected.Hostname()) || r.URL.Path != cmp.Or(expected.Path, "/") || r.ParseForm() != nil {
			http.NotFound(w, r)
			return
		}
		select {
		case returned <- r.Form:
		default: // It came back already.
		}
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		fmt.Fprintln(w, "The examination goes on in the terminal. This page can be closed.")
	})}
	go func() { _ = server.Serve(listener) }()
	return returned, func() {
		patience, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		_ = server.Shutdown(patience) // The last answer is still on its way.
		_ = server.Close()
	}
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
