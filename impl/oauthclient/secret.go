package oauthclient

import (
	"encoding/base64"
	"net/url"
	"strings"

	"github.com/grantproof/grantproof/impl/printable"
)

const (
	redacted  = "[redacted]"
	maxQuoted = 300 // Characters of a foreign text that an error repeats.
)

// credentials are the id and the secret of the client.
type credentials struct{ id, secret string }

// basic is the value of the Authorization header: id and secret are
// form-encoded before they are joined and encoded (RFC 6749 section 2.3.1,
// https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1).
func (c credentials) basic() string {
	pair := url.QueryEscape(c.id) + ":" + url.QueryEscape(c.secret)
	return "Basic " + base64.StdEncoding.EncodeToString([]byte(pair))
}

// forms are the shapes in which a server could echo the secret.
func (c credentials) forms() []string {
	return []string{strings.TrimPrefix(c.basic(), "Basic "), url.QueryEscape(c.secret), c.secret}
}

// quotable makes a text of a server fit for an error or a log: without the
// secrets that it may echo, on one line, not endless.
func quotable(text string, secrets []string) string {
	for _, secret := range secrets {
		if secret != "" {
			text = strings.ReplaceAll(text, secret, redacted)
		}
	}
	text = printable.Line(strings.Trim(text, " .\r\n\t"))
	if runes := []rune(text); len(runes) > maxQuoted {
		return string(runes[:maxQuoted]) + "…"
	}
	return text
}
