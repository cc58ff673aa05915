package seam

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"time"

	"github.com/grantproof/grantproof/impl/oauthclient"
)

// Client is one client, with what is done at its seams: what it sends and
// sees, by itself and by the browser, its clock, how it is configured, and what it
// says. It is safe for concurrent use.
type Client struct {
	mu     sync.Mutex // Guards what the edits remember, and waited.
	waited string

	configure []func(*oauthclient.HandlerConfig)
	clock     func(now func() time.Time) func() time.Time
	requests  []func(base http.RoundTripper, r *http.Request) error
	instead   []func(*http.Request) *http.Response // nil: it is sent.
	answers   []func(*http.Request, *http.Response) error
	sends     []func(url.Values)
	returns   []func(url.Values)
	pages     []func(page string) string
	document  func(w http.ResponseWriter, r *http.Request, sound map[string]any)
	says      []func(sentence string, err error) (string, error)
	leftOpen  bool
}

// NewClient is a client with what effects do to it.
func NewClient(effects ...Effect) *Client {
	c := &Client{}
	for _, each := range effects {
		if each.Client != nil {
			each.Client(c)
		}
	}
	return c
}

// Configure changes how the client is configured.
func (c *Client) Configure(config *oauthclient.HandlerConfig) {
	for _, edit := range c.configure {
		edit(config)
	}
}

// Clock is the time as the client believes it to be.
func (c *Client) Clock(now func() time.Time) func() time.Time {
	if c.clock == nil {
		return now
	}
	return c.clock(now)
}

// Says is what the client tells of what it did.
func (c *Client) Says(sentence string, err error) (string, error) {
	for _, edit := range c.says {
		sentence, err = edit(sentence, err)
	}
	return sentence, err
}

// Document edits the client ID metadata document of the client.
func (c *Client) Document(document http.Handler) http.Handler {
	if c.document == nil {
		return document
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		sound, members := httptest.NewRecorder(), map[string]any{}
		document.ServeHTTP(sound, r)
		_ = json.Unmarshal(sound.Body.Bytes(), &members)
		c.document(w, r, members)
	})
}

// Sends edits an authorization URL.
func (c *Client) Sends(address string) string {
	if parsed, err := url.Parse(address); err == nil {
		if waited, err := url.Parse(parsed.Query().Get("redirect_uri")); err == nil {
			c.mu.Lock()
			c.waited = waited.Host
			c.mu.Unlock()
		}
	}
	return c.edited(address, c.sends)
}

// Receives edits where the browser is sent to at the client.
func (c *Client) Receives(returned string) string { return c.edited(returned, c.returns) }

func (c *Client) edited(address string, edits []func(url.Values)) string {
	parsed, err := url.Parse(address)
	if err != nil || len(edits) == 0 {
		return address
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	query := parsed.Query()
	for _, edit := range edits {
		edit(query)
	}
	parsed.RawQuery = query.Encode()
	return parsed.String()
}

// Shows edits the page at the redirect URI of the client.
func (c *Client) Shows(page string) string {
	for _, edit := range c.pages {
		page = edit(page)
	}
	return page
}

// LeftOpen is the host and port at which the client goes on to wait for a browser;
// empty for a sound one.
func (c *Client) LeftOpen() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !c.leftOpen {
		return ""
	}
	return c.waited
}

// Transport edits what the client sends and receives.
func (c *Client) Transport(base http.RoundTripper) http.RoundTripper {
	if len(c.requests)+len(c.instead)+len(c.answers) == 0 {
		return base
	}
	return clientTransport{c, base}
}

type clientTransport struct {
	client *Client
	base   http.RoundTripper
}

// RoundTrip implements http.RoundTripper.
func (t clientTransport) RoundTrip(r *http.Request) (*http.Response, error) {
	sent := r.Clone(r.Context())
	if known, err := t.before(sent); known != nil || err != nil {
		return known, err
	}
	response, err := t.base.RoundTrip(sent)
	if err != nil {
		return nil, err
	}
	t.client.mu.Lock()
	defer t.client.mu.Unlock()
	for _, edit := range t.client.answers {
		if err := edit(r, response); err != nil {
			return nil, err
		}
	}
	return response, nil
}

// before edits a request, and returns an answer where it is not sent.
func (t clientTransport) before(r *http.Request) (*http.Response, error) {
	t.client.mu.Lock()
	defer t.client.mu.Unlock()
	for _, edit := range t.client.requests {
		if err := edit(t.base, r); err != nil {
			return nil, err
		}
	}
	for _, known := range t.client.instead {
		if response := known(r); response != nil {
			return response, nil
		}
	}
	return nil, nil
}
