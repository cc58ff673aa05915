package fault

import (
	"bytes"
	"encoding/base64"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

func withoutPadding(r *http.Request) {
	if sent := r.Header.Get("Authorization"); sent != "" {
		r.Header.Set("Authorization", strings.TrimRight(sent, "="))
	}
}

// onForm edits a parameter of the form that is sent to an endpoint, where it is there.
func onForm(path, parameter string, edit func(value string) string) func(*http.Request) {
	return func(r *http.Request) {
		if r.URL.Path != path || r.Body == nil || !strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
			return
		}
		body, err := io.ReadAll(io.LimitReader(r.Body, 1<<20))
		form, parseErr := url.ParseQuery(string(body))
		if err == nil && parseErr == nil && form.Get(parameter) != "" {
			form.Set(parameter, edit(form.Get(parameter)))
			body = []byte(form.Encode())
		}
		r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	}
}

// byText keeps record of what was revoked as a text, and revokes nothing else; read is
// how it understands another text.
func byText(read func(token string) string) func(*http.Request) {
	var revoked sync.Map
	remember := onForm("/oauth/revoke", "token", func(token string) string {
		revoked.Store(token, true)
		return "of-nobody"
	})
	look := onForm("/oauth/introspect", "token", func(token string) string {
		if _, known := revoked.Load(token); known {
			return "of-nobody"
		}
		return read(token)
	})
	return func(r *http.Request) {
		remember(r)
		look(r)
	}
}

// readLeniently passes over the bits that no byte needs.
func readLeniently(token string) string {
	signed, signature := cutSignature(token)
	decoded, err := base64.RawURLEncoding.DecodeString(signature)
	if err != nil {
		return token
	}
	return signed + base64.RawURLEncoding.EncodeToString(decoded)
}

// readStrictly leaves a token as it is. A verifier of ES256 takes the twin of a
// signature all the same.
func readStrictly(token string) string { return token }

func cutSignature(token string) (signed, signature string) {
	dot := strings.LastIndexByte(token, '.')
	return token[:dot+1], token[dot+1:]
}

// onParameters edits the parameters of the requests to an endpoint, in the query of a
// GET or in a form; "" stands for every endpoint of OAuth.
func onParameters(path string, edit func(url.Values)) func(*http.Request) {
	return func(r *http.Request) {
		if r.URL.Path != path && (path != "" || !strings.HasPrefix(r.URL.Path, "/oauth/")) {
			return
		}
		if r.Method == http.MethodGet {
			r.URL.RawQuery = editedForm(r.URL.RawQuery, edit)
		} else if r.Body != nil && strings.HasPrefix(r.Header.Get("Content-Type"), "application/x-www-form-urlencoded") {
			sent, _ := io.ReadAll(io.LimitReader(r.Body, 1<<20))
			body := editedForm(string(sent), edit)
			r.Body, r.ContentLength = io.NopCloser(strings.NewReader(body)), int64(len(body))
		}
	}
}

// editedForm leaves a text that is no form as it is.
func editedForm(text string, edit func(url.Values)) string {
	parameters, err := url.ParseQuery(text)
	if err != nil {
		return text
	}
	edit(parameters)
	return parameters.Encode()
}

// repeat gives a request a parameter twice, so that it is refused as malformed.
func repeat(parameters url.Values) { parameters["repeated"] = []string{"1", "2"} }
