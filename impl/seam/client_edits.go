package seam

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/grantproof/grantproof/impl/oauthclient"
)

// The kinds of requests of a client.
func IsRegistration(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/oauth/register") }
func IsTokenRequest(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/oauth/token") }
func AsksMetadata(r *http.Request) bool   { return strings.Contains(r.URL.Path, "/.well-known/") }
func AsksResource(r *http.Request) bool {
	return AsksMetadata(r) && strings.Contains(r.URL.Path, "oauth-protected-resource")
}
func AsksServer(r *http.Request) bool { return AsksMetadata(r) && !AsksResource(r) }
func CallsTools(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/mcp") }

// Together are several edits of one client.
func Together(each ...func(*Client)) func(*Client) {
	return func(c *Client) {
		for _, edit := range each {
			edit(c)
		}
	}
}

// Authorizing edits the parameters of an authorization request.
func Authorizing(edit func(url.Values)) func(*Client) {
	return func(c *Client) { c.sends = append(c.sends, edit) }
}

// Returning edits the parameters of an authorization response.
func Returning(edit func(url.Values)) func(*Client) {
	return func(c *Client) { c.returns = append(c.returns, edit) }
}

// Requesting edits the requests that the client sends itself.
func Requesting(edit func(*http.Request)) func(*Client) {
	return func(c *Client) {
		c.requests = append(c.requests, func(_ http.RoundTripper, r *http.Request) error {
			edit(r)
			return nil
		})
	}
}

// Posting edits the forms that the client sends.
func Posting(edit func(r *http.Request, form url.Values)) func(*Client) {
	return WithBody(func(r *http.Request) bool {
		return strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded")
	}, func(r *http.Request, body []byte) []byte {
		form, _ := url.ParseQuery(string(body))
		edit(r, form)
		return []byte(form.Encode())
	})
}

// Registering edits the metadata with which the client registers.
func Registering(edit func(metadata map[string]any)) func(*Client) {
	return WithBody(IsRegistration, func(_ *http.Request, body []byte) []byte {
		var metadata map[string]any
		if json.Unmarshal(body, &metadata) != nil {
			return body
		}
		edit(metadata)
		edited, _ := json.Marshal(metadata)
		return edited
	})
}

// WithBody edits the body of some requests.
func WithBody(which func(*http.Request) bool, edit func(*http.Request, []byte) []byte) func(*Client) {
	return func(c *Client) {
		c.requests = append(c.requests, func(_ http.RoundTripper, r *http.Request) error {
			if r.Body == nil || !which(r) {
				return nil
			}
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return err
			}
			body = edit(r, body)
			r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
			return nil
		})
	}
}

// Dropping leaves a parameter out.
func Dropping(parameter string) func(url.Values) {
	return func(values url.Values) { values.Del(parameter) }
}

// PostingWithout leaves a parameter out of the forms that the client sends.
func PostingWithout(parameter string) func(*Client) {
	return Posting(func(_ *http.Request, form url.Values) { form.Del(parameter) })
}

// Seeing edits the answers that the client sees to some requests.
func Seeing(which func(*http.Request) bool, edit func(*http.Request, *http.Response)) func(*Client) {
	return func(c *Client) {
		c.answers = append(c.answers, func(r *http.Request, response *http.Response) error {
			if which(r) {
				edit(r, response)
			}
			return nil
		})
	}
}

// Reading edits the JSON objects that the client sees with status 200 or 201.
func Reading(which func(*http.Request) bool, edit func(r *http.Request, object map[string]any)) func(*Client) {
	return func(c *Client) {
		c.answers = append(c.answers, func(r *http.Request, response *http.Response) error {
			if !which(r) || response.StatusCode != http.StatusOK && response.StatusCode != http.StatusCreated {
				return nil
			}
			body, err := BodyOf(response)
			if err != nil {
				return err
			}
			var object map[string]any
			if json.Unmarshal(body, &object) == nil {
				edit(r, object)
				body, _ = json.Marshal(object)
			}
			Answer(response, response.StatusCode, string(body))
			return nil
		})
	}
}

// BodyOf reads what a server answered.
func BodyOf(response *http.Response) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return nil, err
	}
	return body, response.Body.Close()
}

// Answer puts another status and body into an answer.
func Answer(response *http.Response, status int, body string) {
	response.StatusCode = status
	response.Body, response.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	response.Header.Del("Content-Length")
}

// Challenged edits the challenges that the client sees; an empty one is none.
func Challenged(edit func(status int, challenge string) string) func(*Client) {
	return Seeing(func(*http.Request) bool { return true }, func(_ *http.Request, response *http.Response) {
		lines := response.Header.Values("WWW-Authenticate")
		if len(lines) == 0 {
			return
		}
		edited := edit(response.StatusCode, strings.Join(lines, ", "))
		if response.Header.Del("WWW-Authenticate"); edited != "" {
			response.Header.Set("WWW-Authenticate", edited)
		}
	})
}

// Knowing answers some requests of the client from what it knows already.
func Knowing(known func(*http.Request) (status int, body string)) func(*Client) {
	return func(c *Client) {
		c.instead = append(c.instead, func(r *http.Request) *http.Response {
			status, body := known(r)
			if body == "" {
				return nil
			}
			return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(strings.NewReader(body)), Request: r}
		})
	}
}

// Saying edits what the client tells of what it did.
func Saying(edit func(sentence string, err error) (string, error)) func(*Client) {
	return func(c *Client) { c.says = append(c.says, edit) }
}

// Showing edits the page at the redirect URI of the client.
func Showing(edit func(page string) string) func(*Client) {
	return func(c *Client) { c.pages = append(c.pages, edit) }
}

// LeavingOpen goes on to wait for a browser.
func LeavingOpen(c *Client) { c.leftOpen = true }

// Documenting answers requests for the metadata document of the client.
func Documenting(edit func(w http.ResponseWriter, r *http.Request, sound map[string]any)) func(*Client) {
	return func(c *Client) { c.document = edit }
}

// Configuring changes how the client is configured.
func Configuring(edit func(*oauthclient.HandlerConfig)) func(*Client) {
	return func(c *Client) { c.configure = append(c.configure, edit) }
}

// SendingBefore acts before a request is sent; an error ends it.
func SendingBefore(act func(base http.RoundTripper, r *http.Request) error) func(*Client) {
	return func(c *Client) { c.requests = append(c.requests, act) }
}

// Receiving acts on each answer; an error stands in its place.
func Receiving(act func(r *http.Request, response *http.Response) error) func(*Client) {
	return func(c *Client) { c.answers = append(c.answers, act) }
}

// Timed changes the time as the client believes it to be.
func Timed(clock func(now func() time.Time) func() time.Time) func(*Client) {
	return func(c *Client) { c.clock = clock }
}

// Text is a member of an object that is a text.
func Text(object map[string]any, name string) string {
	value, _ := object[name].(string)
	return value
}
