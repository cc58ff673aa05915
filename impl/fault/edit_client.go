package fault

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
)

// The kinds of requests of a client.
func isRegistration(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/oauth/register") }
func isTokenRequest(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/oauth/token") }
func asksMetadata(r *http.Request) bool   { return strings.Contains(r.URL.Path, "/.well-known/") }
func asksResource(r *http.Request) bool {
	return asksMetadata(r) && strings.Contains(r.URL.Path, "oauth-protected-resource")
}
func asksServer(r *http.Request) bool { return asksMetadata(r) && !asksResource(r) }
func callsTools(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/mcp") }

// together are several edits of one client.
func together(each ...func(*Client)) func(*Client) {
	return func(c *Client) {
		for _, edit := range each {
			edit(c)
		}
	}
}

// authorizing edits the parameters of an authorization request.
func authorizing(edit func(url.Values)) func(*Client) {
	return func(c *Client) { c.sends = append(c.sends, edit) }
}

// returning edits the parameters of an authorization response.
func returning(edit func(url.Values)) func(*Client) {
	return func(c *Client) { c.returns = append(c.returns, edit) }
}

// requesting edits the requests that the client sends itself.
func requesting(edit func(*http.Request)) func(*Client) {
	return func(c *Client) {
		c.requests = append(c.requests, func(_ http.RoundTripper, r *http.Request) error {
			edit(r)
			return nil
		})
	}
}

// posting edits the forms that the client sends.
func posting(edit func(r *http.Request, form url.Values)) func(*Client) {
	return withBody(func(r *http.Request) bool {
		return strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded")
	}, func(r *http.Request, body []byte) []byte {
		form, _ := url.ParseQuery(string(body))
		edit(r, form)
		return []byte(form.Encode())
	})
}

// registering edits the metadata with which the client registers.
func registering(edit func(metadata map[string]any)) func(*Client) {
	return withBody(isRegistration, func(_ *http.Request, body []byte) []byte {
		var metadata map[string]any
		if json.Unmarshal(body, &metadata) != nil {
			return body
		}
		edit(metadata)
		edited, _ := json.Marshal(metadata)
		return edited
	})
}

// withBody edits the body of some requests.
func withBody(which func(*http.Request) bool, edit func(*http.Request, []byte) []byte) func(*Client) {
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

// dropping leaves a parameter out.
func dropping(parameter string) func(url.Values) {
	return func(values url.Values) { values.Del(parameter) }
}

// postingWithout leaves a parameter out of the forms that the client sends.
func postingWithout(parameter string) func(*Client) {
	return posting(func(_ *http.Request, form url.Values) { form.Del(parameter) })
}

// seeing edits the answers that the client sees to some requests.
func seeing(which func(*http.Request) bool, edit func(*http.Request, *http.Response)) func(*Client) {
	return func(c *Client) {
		c.answers = append(c.answers, func(r *http.Request, response *http.Response) error {
			if which(r) {
				edit(r, response)
			}
			return nil
		})
	}
}

// reading edits the JSON objects that the client sees with status 200 or 201.
func reading(which func(*http.Request) bool, edit func(r *http.Request, object map[string]any)) func(*Client) {
	return func(c *Client) {
		c.answers = append(c.answers, func(r *http.Request, response *http.Response) error {
			if !which(r) || response.StatusCode != http.StatusOK && response.StatusCode != http.StatusCreated {
				return nil
			}
			body, err := bodyOf(response)
			if err != nil {
				return err
			}
			var object map[string]any
			if json.Unmarshal(body, &object) == nil {
				edit(r, object)
				body, _ = json.Marshal(object)
			}
			answer(response, response.StatusCode, string(body))
			return nil
		})
	}
}

// bodyOf reads what a server answered.
func bodyOf(response *http.Response) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return nil, err
	}
	return body, response.Body.Close()
}

// answer puts another status and body into an answer.
func answer(response *http.Response, status int, body string) {
	response.StatusCode = status
	response.Body, response.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
	response.Header.Del("Content-Length")
}

// challenged edits the challenges that the client sees; an empty one is none.
func challenged(edit func(status int, challenge string) string) func(*Client) {
	return seeing(func(*http.Request) bool { return true }, func(_ *http.Request, response *http.Response) {
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

// knowing answers some requests of the client from what it knows already.
func knowing(known func(*http.Request) (status int, body string)) func(*Client) {
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

// text is a member of an object that is a text.
func text(object map[string]any, name string) string {
	value, _ := object[name].(string)
	return value
}
