package exchange

import (
	"bytes"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// Plant keeps value secret, and makes it one that no answer may hold: the
// examiner knows it from another source than the servers that it asks.
func (l *Log) Plant(value string) {
	l.Secret(value)
	if IsCommon(value) { // Every page may hold it.
		return
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.planted == nil {
		l.planted = map[string]bool{}
	}
	l.planted[value] = true
}

// Logged makes an exchange of the lines that the servers logged.
func (l *Log) Logged(lines []string) *Exchange {
	return &Exchange{Request: Request{Endpoint: ServerLog}, Content: []byte(strings.Join(lines, "\n")), log: l}
}

// LeaksPlanted tells whether the answer holds a planted secret.
func (e *Exchange) LeaksPlanted() bool {
	e.log.mu.Lock()
	planted := slices.Collect(maps.Keys(e.log.planted))
	e.log.mu.Unlock()
	return slices.ContainsFunc(planted, e.holds)
}

// LeaksSecret tells whether the answer holds anything that is secret.
func (e *Exchange) LeaksSecret() bool { return slices.ContainsFunc(e.log.Secrets(), e.holds) }

// holds looks for a secret in every form in which it could be.
func (e *Exchange) holds(secret string) bool {
	for _, form := range []string{secret, url.QueryEscape(secret)} {
		if bytes.Contains(e.Content, []byte(form)) || strings.Contains(strings.Join(e.Answer.Values("Location"), " "), form) {
			return true
		}
	}
	return false
}
