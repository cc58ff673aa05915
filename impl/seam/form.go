package seam

import (
	"io"
	"net/http"
	"net/url"
	"strings"

	"github.com/grantproof/grantproof/impl/wire"
)

// OnCredentials edits the form of each endpoint at which clients authenticate.
func OnCredentials(edit func(r *http.Request, form url.Values)) func(*http.Request) {
	return func(r *http.Request) {
		for _, path := range []string{"/oauth/token", "/oauth/introspect", "/oauth/revoke"} {
			OnParameters(path, func(form url.Values) { edit(r, form) })(r)
		}
	}
}

// WithoutAuthorization takes the Authorization header from a request.
func WithoutAuthorization(r *http.Request) {
	r.Header.Del("Authorization")
	wire.FromContext(r.Context()).Authorization = nil
}

// OfGrant edits the tokens that a grant brings.
func OfGrant(grantType string, edit func(*Response)) func(*http.Request, *Response) {
	return func(r *http.Request, response *Response) {
		if wire.FromContext(r.Context()).Parameters.Get("grant_type") == grantType {
			OnTokens(edit)(r, response)
		}
	}
}

// Succeeding edits an answer of success.
func Succeeding(edit func(*Response)) func(*Response) {
	return func(r *Response) {
		if r.Status == http.StatusOK {
			edit(r)
		}
	}
}

// OnError edits an answer with an error.
func OnError(code string, edit func(*Response)) func(*Response) {
	return func(r *Response) {
		if r.Status >= http.StatusBadRequest && Members(r)["error"] == code {
			edit(r)
		}
	}
}

// OnDescription edits an answer whose error_description begins with a text.
func OnDescription(description string, edit func(*Response)) func(*Response) {
	return func(r *Response) {
		if said, _ := Members(r)["error_description"].(string); strings.HasPrefix(said, description) {
			edit(r)
		}
	}
}

// OnForm edits a parameter of the form that is sent to an endpoint, where it is there.
func OnForm(path, parameter string, edit func(value string) string) func(*http.Request) {
	return OnParameters(path, func(form url.Values) {
		if value := form.Get(parameter); value != "" {
			form.Set(parameter, edit(value))
		}
	})
}

// OnParameters edits the parameters of the requests to an endpoint, in the query of a
// GET or in a form; "" stands for every endpoint of OAuth.
func OnParameters(path string, edit func(url.Values)) func(*http.Request) {
	return func(r *http.Request) {
		if r.URL.Path != path && (path != "" || !strings.HasPrefix(r.URL.Path, "/oauth/")) {
			return
		}
		if r.Method == http.MethodGet {
			r.URL.RawQuery = EditedForm(r.URL.RawQuery, edit)
		} else if r.Body != nil && strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
			sent, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
			body := EditedForm(string(sent), edit)
			r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
		}
	}
}

// EditedForm leaves a text as it is that is no form, or in which nothing changes.
func EditedForm(text string, edit func(url.Values)) string {
	parameters, err := url.ParseQuery(text)
	if err != nil {
		return text
	}
	before := parameters.Encode()
	if edit(parameters); parameters.Encode() == before {
		return text
	}
	return parameters.Encode()
}
