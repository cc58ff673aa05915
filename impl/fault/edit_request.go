package fault

import (
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

// fromQuery takes the token of the URL for that of the header.
func fromQuery(r *http.Request) {
	query := r.URL.Query()
	if token := query.Get("access_token"); query.Has("access_token") {
		query.Del("access_token")
		r.URL.RawQuery = query.Encode()
		r.Header.Set("Authorization", "Bearer "+token)
	}
}

// onForm edits a parameter of the form that is sent to an endpoint, where it is there.
func onForm(path, parameter string, edit func(value string) string) func(*http.Request) {
	return onParameters(path, func(form url.Values) {
		if value := form.Get(parameter); value != "" {
			form.Set(parameter, edit(value))
		}
	})
}

// byText keeps record of what was revoked as a text, and revokes nothing else; read is
// how it understands another text.
func byText(read func(token string) string) func() (func(*http.Request), func(*http.Request, *Response)) {
	return func() (func(*http.Request), func(*http.Request, *Response)) {
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
		}, nil
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

// editedForm leaves a text as it is that is no form, or in which nothing changes.
func editedForm(text string, edit func(url.Values)) string {
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

// repeat gives a request a parameter twice, so that it is refused as malformed.
func repeat(parameters url.Values) { parameters["repeated"] = []string{"1", "2"} }
