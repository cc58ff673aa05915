package token

import (
	"slices"
	"strings"
)

// Scope is a set of scope tokens in the order in which they were written
// (RFC 6749 section 3.3, https://www.rfc-editor.org/rfc/rfc6749#section-3.3).
type Scope []string

// ParseScope reads a space-delimited scope; ok is false where it holds
// characters that no scope token may have, or an empty token.
func ParseScope(text string) (scope Scope, ok bool) {
	if text == "" {
		return nil, true
	}
	for _, name := range strings.Split(text, " ") {
		if name == "" || strings.ContainsFunc(name, notScopeCharacter) {
			return nil, false
		}
		if !slices.Contains(scope, name) {
			scope = append(scope, name)
		}
	}
	return scope, true
}

// scope-token = 1*( %x21 / %x23-5B / %x5D-7E )
func notScopeCharacter(r rune) bool {
	return r < 0x21 || r > 0x7e || r == '"' || r == '\\'
}

// String is the space-delimited form.
func (s Scope) String() string { return strings.Join(s, " ") }

// Has tells whether name is in the scope; names are case-sensitive.
func (s Scope) Has(name string) bool { return slices.Contains(s, name) }

// Within returns the part of s that allowed holds too.
func (s Scope) Within(allowed Scope) Scope {
	var within Scope
	for _, name := range s {
		if allowed.Has(name) {
			within = append(within, name)
		}
	}
	return within
}
