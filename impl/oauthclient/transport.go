package oauthclient

import (
	"errors"
	"io"
	"net/http"
	"net/url"
	"path"
	"strings"
)

// maxRedirects within the protected resource.
const maxRedirects = 3

// transport shows the token to the protected resource, and to nobody else.
type transport struct {
	base     http.RoundTripper
	resource *url.URL
	tokens   *tokens
}

// authorized returns base with the token and a policy for redirects.
func (c *Client) authorized(base http.Client) *http.Client {
	resource, _ := url.Parse(c.resource.URL) // New has parsed it already.
	base.Transport = &transport{base: base.Transport, resource: resource, tokens: c.tokens}
	base.CheckRedirect = redirectsWithin(resource, func(problem string) error { return c.broken(LayerHTTP, "%s", problem) })
	return &base
}

// redirectsWithin follows redirects within a resource; refuse makes an error of
// the others.
func redirectsWithin(resource *url.URL, refuse func(problem string) error) func(*http.Request, []*http.Request) error {
	return func(next *http.Request, via []*http.Request) error {
		switch {
		case !within(resource, next.URL):
			return refuse("sends to another server, " + next.URL.Redacted() + ", which must not see the token")
		case next.Method != via[0].Method || len(via) > maxRedirects:
			return refuse("redirects without reaching an end")
		}
		return nil
	}
}

// RoundTrip implements http.RoundTripper.
func (t *transport) RoundTrip(request *http.Request) (*http.Response, error) {
	// A token is for the resource that it was issued for; shown to another, it
	// could be used by that one (RFC 6750 section 5.3,
	// https://www.rfc-editor.org/rfc/rfc6750#section-5.3).
	if !within(t.resource, request.URL) {
		return t.base.RoundTrip(request)
	}
	current, err := t.tokens.get(request.Context(), "")
	if err != nil {
		closeBody(request.Body)
		return nil, err
	}
	response, err := t.send(request, request.Body, current)
	if err != nil || response.StatusCode != http.StatusUnauthorized {
		return response, err
	}
	return t.again(request, response, current)
}

// again repeats a request whose token was refused, once, with a fresh one
// (RFC 6750 section 3.1, https://www.rfc-editor.org/rfc/rfc6750#section-3.1).
func (t *transport) again(request *http.Request, refusal *http.Response, refused token) (*http.Response, error) {
	body, err := replay(request)
	if err != nil {
		t.tokens.drop(refused.value)
		return refusal, nil
	}
	_, _ = readAll(refusal.Body) // So that the connection can be used again.
	closeBody(refusal.Body)
	t.tokens.log.Debug("access token refused, asking for a fresh one", "client_id", t.tokens.grant.credentials.id)
	fresh, err := t.tokens.get(request.Context(), refused.value)
	if err != nil {
		closeBody(body)
		return nil, err
	}
	return t.send(request, body, fresh)
}

func (t *transport) send(request *http.Request, body io.ReadCloser, with token) (*http.Response, error) {
	authorized := request.Clone(request.Context())
	authorized.Body = body
	authorized.Header.Set("Authorization", "Bearer "+with.value)
	response, err := t.base.RoundTrip(authorized)
	if response != nil {
		response.Request = request // The caller sees what it sent, without the token.
	}
	return response, err
}

func replay(request *http.Request) (io.ReadCloser, error) {
	if request.Body == nil || request.Body == http.NoBody {
		return request.Body, nil
	}
	if request.GetBody == nil {
		return nil, errors.New("the body can be sent only once")
	}
	return request.GetBody()
}

func closeBody(body io.Closer) {
	if body != nil {
		_ = body.Close()
	}
}

// within tells whether u is at the origin of resource and below its path.
func within(resource, u *url.URL) bool {
	if origin(u) != origin(resource) {
		return false
	}
	base := strings.TrimSuffix(resource.Path, "/")
	clean := path.Clean("/" + u.Path)
	return clean == base || strings.HasPrefix(clean, base+"/")
}

// origin is the scheme, host and port (RFC 6454 section 4,
// https://www.rfc-editor.org/rfc/rfc6454#section-4).
func origin(u *url.URL) string {
	port := u.Port()
	if port == "" && u.Scheme == "https" {
		port = "443"
	} else if port == "" {
		port = "80"
	}
	return u.Scheme + "://" + strings.ToLower(u.Hostname()) + ":" + port
}
