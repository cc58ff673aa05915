package seam

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

// IsTokenEndpoint tells a request to the token endpoint.
func IsTokenEndpoint(r *http.Request) bool { return r.URL.Path == "/oauth/token" }

// IsMetadata tells a request for metadata of OAuth.
func IsMetadata(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/.well-known/oauth-") }

// OpenIDConfiguration is the path of the metadata of OpenID Connect.
const OpenIDConfiguration = "/.well-known/openid-configuration"

// On edits the answers of one operation; * stands for every method.
func On(method, path string, edit func(*Response)) func(*http.Request, *Response) {
	return func(r *http.Request, response *Response) {
		if r.URL.Path == path && (method == "*" || r.Method == method) {
			edit(response)
		}
	}
}

// From answers with another status.
func From(status, another int) func(*Response) {
	return func(r *Response) {
		if r.Status == status {
			r.Status = another
		}
	}
}

// As answers with something else altogether.
func As(status int, body string) func(*Response) {
	return func(r *Response) { r.Status, r.Body = status, []byte(body) }
}

func OnTokens(edit func(*Response)) func(*http.Request, *Response) {
	return func(r *http.Request, response *Response) {
		if IsTokenEndpoint(r) && response.Status == http.StatusOK {
			edit(response)
		}
	}
}

func OnTokenErrors(edit func(*Response)) func(*http.Request, *Response) {
	return func(r *http.Request, response *Response) {
		if IsTokenEndpoint(r) && response.Status >= 400 {
			edit(response)
		}
	}
}

func OnMetadata(edit func(*Response)) func(*http.Request, *Response) {
	return func(r *http.Request, response *Response) {
		if IsMetadata(r) {
			edit(response)
		}
	}
}

// OnChallenge edits every challenge of a protected resource.
func OnChallenge(edit func(string) string) func(*http.Request, *Response) {
	return func(_ *http.Request, r *Response) {
		if challenge := r.Header.Get("WWW-Authenticate"); challenge != "" {
			r.Header.Set("WWW-Authenticate", edit(challenge))
		}
	}
}

func OnUnauthorized(edit func(*Response)) func(*http.Request, *Response) {
	return func(_ *http.Request, response *Response) {
		if response.Status == http.StatusUnauthorized {
			edit(response)
		}
	}
}

// Renamed gives the error whose description begins with a text another code.
func Renamed(description, code string) func(*Response) {
	return OnDescription(description, With("error", code))
}

// Value is a parameter that may be missing.
func Value(parameter *string) string {
	if parameter == nil {
		return ""
	}
	return *parameter
}

func AsText(r *Response) { r.Header.Set("Content-Type", "text/plain") }

func Members(r *Response) map[string]any {
	var object map[string]any
	_ = json.Unmarshal(r.Body, &object)
	return object
}

func Without(name string) func(*Response) {
	return func(r *Response) {
		object := Members(r)
		if object == nil {
			return
		}
		delete(object, name)
		r.Body, _ = json.Marshal(object)
	}
}

func With(name string, value any) func(*Response) {
	return func(r *Response) {
		object := Members(r)
		if object == nil {
			return
		}
		object[name] = value
		r.Body, _ = json.Marshal(object)
	}
}

// SlashIssuer is what a metadata document says whose operator appended a slash.
func SlashIssuer(r *Response) {
	issuer, _ := Members(r)["issuer"].(string)
	With("issuer", issuer+"/")(r)
}

// AsForm writes the members of a JSON object as a form.
func AsForm(r *Response) {
	form := url.Values{}
	for name, value := range Members(r) {
		form.Set(name, fmt.Sprint(value))
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Body = []byte(form.Encode())
}

// OnChallengeWith gives the challenges that hold a text the scope of a faulty server.
func OnChallengeWith(text, scope string) func(*http.Request, *Response) {
	return OnChallenge(func(challenge string) string {
		if !strings.Contains(challenge, text) {
			return challenge
		}
		return WithoutParameter("scope")(challenge) + ", " + scope
	})
}

// WithoutParameter leaves a parameter out of a challenge, wherever it is.
func WithoutParameter(name string) func(string) string {
	parameter := name + `="(?:[^"\\]|\\.)*"`
	fits := regexp.MustCompile(`(?i), ?` + parameter + `|\b` + parameter + `,? ?`)
	return func(challenge string) string { return fits.ReplaceAllString(challenge, "") }
}

// Replaced puts a text in the place of what fits a pattern.
func Replaced(pattern, by string) func(*Response) {
	fits := regexp.MustCompile(pattern)
	return func(r *Response) { r.Body = fits.ReplaceAll(r.Body, []byte(by)) }
}
