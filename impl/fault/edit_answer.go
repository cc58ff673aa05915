package fault

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
)

func isTokenEndpoint(r *http.Request) bool { return r.URL.Path == "/oauth/token" }

func isMetadata(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/.well-known/oauth-") }

// mcpSpec is how the ids of the MCP specification begin.
const mcpSpec = "mcp-2026-07-28-"

const openIDConfiguration = "/.well-known/openid-configuration"

// on edits the answers of one operation; * stands for every method.
func on(method, path string, edit func(*Response)) func(*http.Request, *Response) {
	return func(r *http.Request, response *Response) {
		if r.URL.Path == path && (method == "*" || r.Method == method) {
			edit(response)
		}
	}
}

// from answers with another status.
func from(status, another int) func(*Response) {
	return func(r *Response) {
		if r.Status == status {
			r.Status = another
		}
	}
}

// as answers with something else altogether.
func as(status int, body string) func(*Response) {
	return func(r *Response) { r.Status, r.Body = status, []byte(body) }
}

func onTokens(edit func(*Response)) func(*http.Request, *Response) {
	return func(r *http.Request, response *Response) {
		if isTokenEndpoint(r) && response.Status == http.StatusOK {
			edit(response)
		}
	}
}

func onTokenErrors(edit func(*Response)) func(*http.Request, *Response) {
	return func(r *http.Request, response *Response) {
		if isTokenEndpoint(r) && response.Status >= 400 {
			edit(response)
		}
	}
}

func onMetadata(edit func(*Response)) func(*http.Request, *Response) {
	return func(r *http.Request, response *Response) {
		if isMetadata(r) {
			edit(response)
		}
	}
}

// onChallenge edits every challenge of a protected resource.
func onChallenge(edit func(string) string) func(*http.Request, *Response) {
	return func(_ *http.Request, r *Response) {
		if challenge := r.Header.Get("WWW-Authenticate"); challenge != "" {
			r.Header.Set("WWW-Authenticate", edit(challenge))
		}
	}
}

func onUnauthorized(edit func(*Response)) func(*http.Request, *Response) {
	return func(_ *http.Request, response *Response) {
		if response.Status == http.StatusUnauthorized {
			edit(response)
		}
	}
}

// renamed gives the error whose description begins with a text another code.
func renamed(description, code string) func(*Response) {
	return onDescription(description, with("error", code))
}

// value is a parameter that may be missing.
func value(parameter *string) string {
	if parameter == nil {
		return ""
	}
	return *parameter
}

func asText(r *Response) { r.Header.Set("Content-Type", "text/plain") }

func members(r *Response) map[string]any {
	var object map[string]any
	_ = json.Unmarshal(r.Body, &object)
	return object
}

func without(name string) func(*Response) {
	return func(r *Response) {
		object := members(r)
		delete(object, name)
		r.Body, _ = json.Marshal(object)
	}
}

func with(name string, value any) func(*Response) {
	return func(r *Response) {
		object := members(r)
		if object == nil {
			return
		}
		object[name] = value
		r.Body, _ = json.Marshal(object)
	}
}

// slashIssuer is what a metadata document says whose operator appended a slash.
func slashIssuer(r *Response) {
	issuer, _ := members(r)["issuer"].(string)
	with("issuer", issuer+"/")(r)
}

// asForm writes the members of a JSON object as a form.
func asForm(r *Response) {
	form := url.Values{}
	for name, value := range members(r) {
		form.Set(name, fmt.Sprint(value))
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Body = []byte(form.Encode())
}

// onChallengeWith gives the challenges that hold a text the scope of a faulty server.
func onChallengeWith(text, scope string) func(*http.Request, *Response) {
	return onChallenge(func(challenge string) string {
		if !strings.Contains(challenge, text) {
			return challenge
		}
		return withoutParameter("scope")(challenge) + ", " + scope
	})
}

// withoutParameter leaves a parameter out of a challenge.
func withoutParameter(name string) func(string) string {
	return func(challenge string) string {
		before, after, found := strings.Cut(challenge, ", "+name+`="`)
		if !found {
			return challenge
		}
		_, rest, _ := strings.Cut(after, `"`)
		return before + rest
	}
}

// replaced puts a text in the place of what fits a pattern.
func replaced(pattern, by string) func(*Response) {
	fits := regexp.MustCompile(pattern)
	return func(r *Response) { r.Body = fits.ReplaceAll(r.Body, []byte(by)) }
}
