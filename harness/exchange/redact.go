package exchange

import (
	"encoding/base64"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// shortestSecret is how long a value must be to be found in a text for sure.
const shortestSecret = 8

// Secret makes every text of the log show only the beginning of value. A common
// word is hidden where it was sent as a value, and stays everywhere else.
func (l *Log) Secret(value string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if IsCommon(value) {
		l.hide(value)
		return
	}
	if l.secrets == nil {
		l.secrets = map[string]bool{}
	}
	l.secrets[value] = true
	l.secrets[url.QueryEscape(value)] = true
}

// BasicCredentials returns the value of an Authorization header (RFC 6749
// section 2.3.1, https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1), and
// keeps it secret.
func (l *Log) BasicCredentials(id, secret string) string {
	encoded := base64.StdEncoding.EncodeToString([]byte(url.QueryEscape(id) + ":" + url.QueryEscape(secret)))
	l.Secret(encoded)
	l.Derive(Derived{Name: "basic", Value: encoded, Command: "basic", Arguments: []string{id, secret}})
	return "Basic " + encoded
}

// Redact shortens every secret in text. The longest go first, so that none is
// left behind as a part of another.
func (l *Log) Redact(text string) string {
	secrets := l.Secrets()
	slices.SortFunc(secrets, func(a, b string) int { return len(b) - len(a) })
	for _, secret := range secrets {
		text = strings.ReplaceAll(text, secret, secret[:4]+"…")
	}
	return text
}

// Secrets are those so far, in every form that is looked for.
func (l *Log) Secrets() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return slices.Collect(maps.Keys(l.secrets))
}

// Sent is the request as text, secrets shortened.
func (l *Log) Sent(e *Exchange) string { return l.Redact(message(e.Header, l.withoutWords(e))) }

// Received is the answer as text, secrets shortened.
func (l *Log) Received(e *Exchange) string {
	if e.Problem != nil {
		return e.Problem.Error()
	}
	return l.Redact(message(e.Answer, e.Content))
}

const shown = 8 << 10

func message(header http.Header, body []byte) string {
	var text strings.Builder
	for _, name := range slices.Sorted(maps.Keys(header)) {
		for _, value := range header[name] {
			fmt.Fprintf(&text, "%s: %s\n", name, value)
		}
	}
	if len(body) > shown {
		body = append(body[:shown:shown], "…"...)
	}
	if len(body) > 0 {
		fmt.Fprintf(&text, "\n%s", body)
	}
	return strings.ToValidUTF8(text.String(), "?")
}
