package wire

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// MaxBody is the largest request body that is read, in bytes.
const MaxBody = 64 << 10

const (
	// Form is the media type of OAuth requests.
	Form = "application/x-www-form-urlencoded"
	// JSON is the media type of the documented token request.
	JSON = "application/json"
)

// Endpoint describes one endpoint whose parameters are guarded.
type Endpoint struct {
	// MediaTypes returns the exact media types of its body; nil for a request
	// whose parameters are in the query.
	MediaTypes func(*http.Request) []string
	// Repeatable names the parameters that may be there more than once.
	Repeatable []string
	// Refuse writes the refusal.
	Refuse func(http.ResponseWriter, *http.Request, *Error)
}

// Guard reads the parameters of the endpoints that routes names ("POST
// /oauth/token") before any generated code does, refuses what the binding of
// the generated code would let pass, and hands on a request that has exactly
// the parameters that were judged.
func Guard(routes map[string]Endpoint, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		endpoint, ok := routes[r.Method+" "+r.URL.Path]
		if !ok {
			next.ServeHTTP(w, r)
			return
		}
		if err := endpoint.read(r); err != nil {
			endpoint.Refuse(w, r, err)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func (e Endpoint) read(r *http.Request) *Error {
	parameters, media, err := e.parameters(r)
	if err != nil {
		return err
	}
	refusal := e.judge(parameters)
	// Refuse may need them too: an authorization endpoint tells the client
	// about its mistake where it safely can.
	FromContext(r.Context()).Parameters = parameters
	if refusal != nil {
		return refusal
	}
	if e.MediaTypes == nil {
		r.URL.RawQuery = parameters.Encode()
		return nil
	}
	r.URL.RawQuery = ""
	e.restore(r, parameters, media)
	return nil
}

func (e Endpoint) parameters(r *http.Request) (url.Values, string, *Error) {
	if e.MediaTypes == nil {
		values, err := parseForm(r.URL.RawQuery)
		return values, "", err
	}
	media, err := mediaType(r, e.MediaTypes(r))
	if err != nil {
		return nil, "", err
	}
	// Credentials and tokens must not travel in a URL (RFC 6749 section 2.3.1,
	// https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1).
	if r.URL.RawQuery != "" {
		return nil, "", InvalidRequest("parameters belong in the body, not in the URL")
	}
	body, readErr := io.ReadAll(http.MaxBytesReader(nil, r.Body, MaxBody))
	if tooLarge := new(http.MaxBytesError); errors.As(readErr, &tooLarge) {
		return nil, "", TooLarge()
	} else if readErr != nil {
		return nil, "", InvalidRequest("the body could not be read")
	}
	if media == JSON {
		values, err := ParseObject(body)
		return values, media, err
	}
	values, err := parseForm(string(body))
	return values, media, err
}

// mediaType compares the whole media type, not a prefix, and without regard to
// case (RFC 9110 section 8.3.1, https://www.rfc-editor.org/rfc/rfc9110#section-8.3.1).
func mediaType(r *http.Request, allowed []string) (string, *Error) {
	lines := r.Header.Values("Content-Type")
	if len(lines) == 1 {
		media, parameters, err := mime.ParseMediaType(lines[0])
		charset, hasCharset := parameters["charset"]
		if err == nil && slices.Contains(allowed, media) && (!hasCharset || strings.EqualFold(charset, "utf-8")) {
			return media, nil
		}
	}
	return "", InvalidRequest("the body must be " + strings.Join(allowed, " or "))
}

func parseForm(text string) (url.Values, *Error) {
	values, err := url.ParseQuery(text)
	if err != nil {
		return nil, InvalidRequest("the parameters are not well-formed application/x-www-form-urlencoded")
	}
	for name, found := range values {
		for _, value := range append(found, name) {
			if !utf8.ValidString(value) || strings.ContainsRune(value, 0) {
				return nil, InvalidRequest("the parameters hold characters that are not UTF-8 text")
			}
		}
	}
	return values, nil
}

// judge applies RFC 6749 section 3.2: a parameter without a value counts as
// left out, and none may be there twice; those that are count for nothing
// (https://www.rfc-editor.org/rfc/rfc6749#section-3.2).
func (e Endpoint) judge(parameters url.Values) *Error {
	var repeated []string
	for name, values := range parameters {
		if slices.Contains(e.Repeatable, name) && values[0] != "" {
			continue
		}
		if len(values) > 1 {
			repeated = append(repeated, name)
		}
		if len(values) > 1 || values[0] == "" {
			delete(parameters, name)
		}
	}
	if len(repeated) > 0 {
		slices.Sort(repeated)
		return InvalidRequest("a parameter may be given once only: " + strings.Join(repeated, ", "))
	}
	return nil
}

func (e Endpoint) restore(r *http.Request, parameters url.Values, media string) {
	r.Header.Set("Content-Type", media)
	if media == Form {
		// As parsed already: nobody reads the body again.
		r.Form, r.PostForm, r.Body, r.ContentLength = parameters, parameters, http.NoBody, 0
		return
	}
	body := encodeObject(parameters, e.Repeatable)
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
}

// Request is what a role may need of the HTTP request besides its parameters.
type Request struct {
	Authorization []string   // Every Authorization line.
	Parameters    url.Values // As judged: once, but for the repeatable ones, and none empty.
	Languages     string     // Accept-Language as sent.
	Departures    []string   // What chaos did to it, as far as it is answered.
}

type requestKey struct{}

// With returns ctx with what FromContext finds of r. Whoever stands before the
// guard calls it.
func With(ctx context.Context, r *http.Request) context.Context {
	return context.WithValue(ctx, requestKey{}, &Request{
		Authorization: r.Header.Values("Authorization"),
		Languages:     r.Header.Get("Accept-Language"),
	})
}

// FromContext returns the request behind ctx; an empty one where With was not
// called.
func FromContext(ctx context.Context) *Request {
	if request, ok := ctx.Value(requestKey{}).(*Request); ok {
		return request
	}
	return &Request{}
}
