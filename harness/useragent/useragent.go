// Package useragent is the human with a browser, as far as a protocol sees
// one: the browser keeps cookies and follows redirects until they lead back to
// the client; the person signs in and decides on the pages in between. It does
// not know what the parameters mean.
package useragent

import (
	"context"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
)

// maxSteps is where a browser, and a person, give up.
const maxSteps = 20

// Browser is one browser.
type Browser struct {
	Log *exchange.Log
	// Person is who sits before it; nil where nobody does, so that the server
	// has to answer without asking.
	Person *Person
	// Approved: the person approved the client before, and it matters.
	Approved bool
	// Decided: the person was asked for a decision, on the way to where it is now.
	Decided bool
	// Steps are what the person does on pages that are not recognized, and Hosts
	// further ones, with their port, on which they fill in forms.
	Steps []Step
	Hosts []string
	// Trusts tells whether the password may be sent to an address; nil trusts all.
	Trusts func(*url.URL) bool
	// Window is where a real person does in their own browser what Person would;
	// nil where nobody is there.
	Window Window
	// Languages are those that the person reads, as Accept-Language has them.
	Languages string
	// Fragment: the client reads the fragment of its redirect URI too.
	Fragment bool
	// Shown is the page that it shows, and ReturnsTo where the person comes
	// back to the client.
	Shown     *exchange.Exchange
	ReturnsTo string

	jar     *cookiejar.Jar
	home    string          // The host that the way began at: other hosts lead back to it.
	ownSite map[string]bool // The names of cookies that are SameSite.
}

// New returns a browser without cookies, whose requests go into log.
func New(log *exchange.Log) *Browser {
	jar, _ := cookiejar.New(nil) // never fails without options
	return &Browser{Log: log, jar: jar, ownSite: map[string]bool{}}
}

// Another returns a browser with the same person and without cookies.
func (b *Browser) Another() *Browser {
	another := New(b.Log)
	another.Person, another.Steps, another.Hosts, another.Trusts, another.Window = b.Person, b.Steps, b.Hosts, b.Trusts, b.Window
	return another
}

// Arrival is where the user agent ended up.
type Arrival struct {
	// Returned holds the parameters with which it came back to the client; nil
	// where it did not.
	Returned url.Values
	// Last is the last exchange with the authorization server.
	Last *exchange.Exchange
	// Stuck is why a person who would have gone on did not, and what would help;
	// "" where nobody was, or nothing is left to do.
	Stuck string
	// Witnessed: a person saw in their own browser that it does not come back.
	Witnessed bool
}

// Visit is what is opened: by a GET, or with Form by a POST; by a script or a
// page of Origin if there is one.
type Visit struct {
	Address string
	Form    []byte
	Origin  string
	// Foreign: a page of another site opens it, so that the browser leaves out the
	// cookies that are for its own site.
	Foreign bool
}

// Open opens an address and goes on until the browser is sent to redirectURI,
// or away from the server, or to a page that the person leaves alone.
func (b *Browser) Open(ctx context.Context, visit Visit, redirectURI string) (Arrival, error) {
	b.ReturnsTo, b.Decided = redirectURI, false
	first, once := visit, &hand{}
	if begin, err := url.Parse(visit.Address); err == nil {
		b.home = begin.Host
	}
	for range maxSteps {
		page, err := b.send(ctx, visit)
		if err != nil {
			return Arrival{Last: page}, err
		}
		b.Shown = page
		next, arrival, err := b.step(page, once)
		if err != nil || next == nil {
			arrival.Last = page
			if err == nil && arrival.Returned == nil {
				err = b.handOver(ctx, first, once, &arrival)
			}
			return arrival, err
		}
		visit = *next
	}
	return Arrival{}, fmt.Errorf("after %d steps the authorization server has not come back to the client", maxSteps)
}

// step is where a page leads; nil where the way ends.
func (b *Browser) step(page *exchange.Exchange, once *hand) (*Visit, Arrival, error) {
	location := page.Redirect()
	if location == "" {
		return b.read(page, once)
	}
	next, err := resolve(page.URL, location)
	if err != nil {
		return nil, Arrival{}, err
	}
	if leadsTo(next, b.ReturnsTo) {
		return nil, Arrival{Returned: b.handedOver(next)}, nil
	}
	// It does not leave the server: where that leads elsewhere is seen in the
	// Location, and nobody there is asked.
	if !b.stays(page.URL, next) {
		return nil, Arrival{}, nil
	}
	visit := &Visit{Address: next.String()}
	if page.Status == http.StatusTemporaryRedirect || page.Status == http.StatusPermanentRedirect {
		visit.Form = page.Body
	}
	return visit, Arrival{}, nil
}

// read looks for a form that leads back to the client, or that the person
// fills in.
func (b *Browser) read(page *exchange.Exchange, once *hand) (*Visit, Arrival, error) {
	for _, form := range page.Forms() {
		if form.Action != nil && leadsTo(form.Action, b.ReturnsTo) {
			return nil, Arrival{Returned: valuesOf(form, exchange.Input{})}, nil
		}
	}
	if b.Person == nil {
		return nil, Arrival{}, nil
	}
	if returned := b.goesBack(page, once); returned != nil {
		return nil, Arrival{Returned: returned}, nil
	}
	return b.fill(page, once), Arrival{}, nil
}

// goesBack are the parameters of a link that leads back to the client, which a person
// who decided follows (RFC 9700 section 4.11.2,
// https://www.rfc-editor.org/rfc/rfc9700#section-4.11.2); nil where there is none.
func (b *Browser) goesBack(page *exchange.Exchange, once *hand) url.Values {
	if len(once.decided) == 0 {
		return nil
	}
	for _, link := range page.Links() {
		if values := b.handedOver(link.Address); leadsTo(link.Address, b.ReturnsTo) && (values.Has("code") || values.Has("error")) {
			return values
		}
	}
	return nil
}

func (b *Browser) send(ctx context.Context, visit Visit) (*exchange.Exchange, error) {
	address, err := url.Parse(visit.Address)
	if err != nil {
		return nil, err
	}
	request := exchange.Request{Endpoint: exchange.Authorization, From: "user agent", Method: http.MethodGet, URL: visit.Address, Header: http.Header{"Accept": {"text/html"}}}
	if visit.Form != nil {
		request.Method, request.Body = http.MethodPost, visit.Form
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if b.Languages != "" {
		request.Header.Set("Accept-Language", b.Languages)
	}
	if visit.Origin != "" {
		request.Header.Set("Origin", visit.Origin)
	}
	// One field holds all cookies (RFC 6265 section 5.4,
	// https://www.rfc-editor.org/rfc/rfc6265#section-5.4).
	var cookies []string
	for _, cookie := range b.jar.Cookies(address) {
		if visit.Foreign && visit.Form != nil && b.ownSite[cookie.Name] {
			continue
		}
		b.Log.Secret(cookie.Value)
		cookies = append(cookies, cookie.Name+"="+cookie.Value)
	}
	if len(cookies) > 0 {
		request.Header.Set("Cookie", strings.Join(cookies, "; "))
	}
	page, err := b.Log.Send(ctx, request)
	if err == nil {
		b.keep(address, (&http.Response{Header: page.Answer}).Cookies())
	}
	return page, err
}

// keep remembers cookies, and which of them no page of another site sends along with a
// form (RFC 6265bis section 5.6.7,
// https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis#section-5.6.7).
func (b *Browser) keep(address *url.URL, cookies []*http.Cookie) {
	b.jar.SetCookies(address, cookies)
	for _, cookie := range cookies {
		b.ownSite[cookie.Name] = cookie.SameSite == http.SameSiteLaxMode || cookie.SameSite == http.SameSiteStrictMode
	}
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

// handedOver are the parameters that a redirect to the client carries.
func (b *Browser) handedOver(to *url.URL) url.Values {
	values := to.Query()
	if inFragment, err := url.ParseQuery(to.EscapedFragment()); err == nil && b.Fragment {
		for name, all := range inFragment {
			values[name] = append(values[name], all...)
		}
	}
	return values
}

// stays tells whether an address is on the host of a page, on the one that the way
// began at, or on a known one.
func (b *Browser) stays(page string, next *url.URL) bool {
	from, err := url.Parse(page)
	return err == nil && (from.Host == next.Host || next.Host == b.home || slices.Contains(b.Hosts, next.Host))
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
