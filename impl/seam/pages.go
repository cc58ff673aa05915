package seam

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/rule"
)

// AuthorizationEndpoint is the path of the authorization endpoint.
const AuthorizationEndpoint = "/oauth/authorize"

// IsPage tells an answer that a person sees.
func IsPage(r *Response) bool { return strings.HasPrefix(r.Header.Get("Content-Type"), "text/html") }

// OnPages edits every page that a person sees.
func OnPages(edit func(*Response)) func(*http.Request, *Response) {
	return func(_ *http.Request, r *Response) {
		if IsPage(r) {
			edit(r)
		}
	}
}

// OnPage edits the page at a path.
func OnPage(path string, edit func(*Response)) func(*http.Request, *Response) {
	return func(request *http.Request, r *Response) {
		if request.URL.Path == path && IsPage(r) {
			edit(r)
		}
	}
}

// OnRedirects edits the answers that redirect a browser.
func OnRedirects(edit func(*http.Request, *Response)) func(*http.Request, *Response) {
	return func(request *http.Request, r *Response) {
		if r.Status/100 == 3 && r.Header.Get("Location") != "" {
			edit(request, r)
		}
	}
}

// OnReturns edits the redirects that take an authorization response to the client.
func OnReturns(edit func(request *http.Request, r *Response, to *url.URL)) func(*http.Request, *Response) {
	return OnRedirects(func(request *http.Request, r *Response) {
		to, err := url.Parse(r.Header.Get("Location"))
		if err == nil && (to.Query().Has("code") || to.Query().Has("error")) {
			edit(request, r, to)
		}
	})
}

// OnAuthorizationResponse edits the parameters of an authorization response.
func OnAuthorizationResponse(edit func(url.Values)) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.AuthorizationResponse.In(in)
		authserver.AuthorizationResponse.Replace(in, func(issuer string, state *string, parameters url.Values) url.Values {
			response := held(issuer, state, parameters)
			edit(response)
			return response
		})
	}
}

// OnAuthorizationError edits the parameters of an authorization error response.
func OnAuthorizationError(edit func(url.Values)) func(rule.Replaced) {
	return OnAuthorizationResponse(func(r url.Values) {
		if r.Has("error") {
			edit(r)
		}
	})
}

// Rewritten puts one text in the place of another in an answer.
func Rewritten(old, by string) func(*Response) {
	return func(r *Response) { r.Body = []byte(strings.ReplaceAll(string(r.Body), old, by)) }
}

// HeaderSet sets a header field; without a value it is left out.
func HeaderSet(name, value string) func(*Response) {
	return func(r *Response) {
		if r.Header.Del(name); value != "" {
			r.Header.Set(name, value)
		}
	}
}

// Each makes several edits of an answer.
func Each(edits ...func(*Response)) func(*Response) {
	return func(r *Response) {
		for _, edit := range edits {
			edit(r)
		}
	}
}
