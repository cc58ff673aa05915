package exchange

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"
	"time"
)

// CookieHoldsToken tells whether the answer puts a token into a cookie that a
// browser would also send in the clear: one that any answer of the scenario
// brought.
func (e *Exchange) CookieHoldsToken() bool {
	for _, cookie := range e.Answer.Values("Set-Cookie") {
		for _, token := range e.log.tokens() {
			if strings.Contains(cookie, token) && !isSecure(cookie) {
				return true
			}
		}
	}
	return false
}

// isSecure tells whether a cookie has the attribute Secure (RFC 6265 section 5.2,
// https://www.rfc-editor.org/rfc/rfc6265#section-5.2).
func isSecure(cookie string) bool {
	attributes := strings.Split(cookie, ";")[1:]
	return slices.ContainsFunc(attributes, func(attribute string) bool {
		name, _, _ := strings.Cut(attribute, "=")
		return strings.EqualFold(strings.TrimSpace(name), "Secure")
	})
}

// tokens are those that answers brought, by their members (RFC 6749 section
// 5.1, https://www.rfc-editor.org/rfc/rfc6749#section-5.1).
func (l *Log) tokens() []string {
	var found []string
	for _, e := range l.All() {
		var answer struct {
			Access  string `json:"access_token"`
			Refresh string `json:"refresh_token"`
		}
		_ = json.Unmarshal(e.Content, &answer)
		for _, token := range []string{answer.Access, answer.Refresh} {
			if len(token) >= shortestSecret {
				found = append(found, token)
			}
		}
	}
	return found
}

// DeletesCookie tells whether the answer has the browser forget a cookie (RFC 6265
// section 3.1, https://www.rfc-editor.org/rfc/rfc6265#section-3.1).
func (e *Exchange) DeletesCookie() bool {
	set := http.Response{Header: e.Answer}
	return slices.ContainsFunc(set.Cookies(), func(c *http.Cookie) bool {
		return c.MaxAge < 0 || !c.Expires.IsZero() && c.Expires.Before(time.Now())
	})
}
