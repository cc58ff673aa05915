package fault

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/grantproof/grantproof/impl/wire"
)

// onCredentials edits the form of each endpoint at which clients authenticate.
func onCredentials(edit func(r *http.Request, form url.Values)) func(*http.Request) {
	return func(r *http.Request) {
		for _, path := range []string{"/oauth/token", "/oauth/introspect", "/oauth/revoke"} {
			onParameters(path, func(form url.Values) { edit(r, form) })(r)
		}
	}
}

// withoutAuthorization takes the Authorization header from a request.
func withoutAuthorization(r *http.Request) {
	r.Header.Del("Authorization")
	wire.FromContext(r.Context()).Authorization = nil
}

// ofGrant edits the tokens that a grant brings.
func ofGrant(grantType string, edit func(*Response)) func(*http.Request, *Response) {
	return func(r *http.Request, response *Response) {
		if wire.FromContext(r.Context()).Parameters.Get("grant_type") == grantType {
			onTokens(edit)(r, response)
		}
	}
}

// succeeding edits an answer of success.
func succeeding(edit func(*Response)) func(*Response) {
	return func(r *Response) {
		if r.Status == http.StatusOK {
			edit(r)
		}
	}
}

// onError edits an answer with an error.
func onError(code string, edit func(*Response)) func(*Response) {
	return func(r *Response) {
		if r.Status >= http.StatusBadRequest && members(r)["error"] == code {
			edit(r)
		}
	}
}

// onDescription edits an answer whose error_description begins with a text.
func onDescription(description string, edit func(*Response)) func(*Response) {
	return func(r *Response) {
		if said, _ := members(r)["error_description"].(string); strings.HasPrefix(said, description) {
			edit(r)
		}
	}
}
