// Package useragent is the human with a browser, as far as a protocol sees
// one: it follows redirects until they lead back to the client. It does not
// know what the parameters mean.
package useragent

import (
	"context"
	"fmt"
	"net/http"
	"net/url"

	"github.com/grantproof/grantproof/harness/exchange"
)

// maxRedirects is where a browser gives up.
const maxRedirects = 10

// Arrival is where the user agent ended up.
type Arrival struct {
	// Returned holds the parameters with which it came back to the client; nil
	// where it was not redirected there.
	Returned url.Values
	// Last is the last exchange with the authorization server.
	Last *exchange.Exchange
}

// Page is what is opened, by a script of Origin if there is one.
type Page struct{ Address, Origin string }

// Open opens a page and follows redirects until one leads to redirectURI, or
// away from the server.
func Open(ctx context.Context, log *exchange.Log, opened Page, redirectURI string) (Arrival, error) {
	address, header := opened.Address, http.Header{"Accept": {"text/html"}}
	if opened.Origin != "" {
		header.Set("Origin", opened.Origin)
	}
	for range maxRedirects {
		page, err := log.Send(ctx, exchange.Request{Endpoint: exchange.Authorization, From: "user agent", Method: http.MethodGet, URL: address, Header: header})
		if err != nil {
			return Arrival{Last: page}, err
		}
		location := page.Answer.Get("Location")
		if page.Status < 300 || page.Status > 399 || location == "" {
			return Arrival{Last: page}, nil
		}
		next, err := resolve(address, location)
		if err != nil {
			return Arrival{Last: page}, err
		}
		if leadsTo(next, redirectURI) {
			return Arrival{Returned: next.Query(), Last: page}, nil
		}
		// It never leaves the server: where that leads elsewhere is seen in the
		// Location, and nobody there is asked.
		if from, err := url.Parse(address); err != nil || from.Host != next.Host {
			return Arrival{Last: page}, nil
		}
		address = next.String()
	}
	return Arrival{}, fmt.Errorf("the authorization server redirected %d times without coming back to the client", maxRedirects)
}

func resolve(base, location string) (*url.URL, error) {
	from, err := url.Parse(base)
	if err != nil {
		return nil, err
	}
	to, err := from.Parse(location)
	if err != nil {
		return nil, fmt.Errorf("the Location header is no URL: %w", err)
	}
	return to, nil
}

func leadsTo(to *url.URL, redirectURI string) bool {
	expected, err := url.Parse(redirectURI)
	return err == nil && bare(*to) == bare(*expected)
}

// bare is a URL without query and fragment.
func bare(u url.URL) string {
	u.RawQuery, u.Fragment = "", ""
	return u.String()
}
