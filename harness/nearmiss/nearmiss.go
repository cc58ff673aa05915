// Package nearmiss owns the values that are almost right: derived from a right one, by
// its kind, each with a name. It is pure and knows no exchange; what must happen to a
// near miss is for those who send it.
//
// A specification says for each kind how values of it are compared. A near miss is
// another value by that comparison. A value that a conforming party may take for the
// right one is no near miss; Tolerated has those, each with the sentence that allows it.
package nearmiss

import "slices"

// Kind is what a value is, which decides how it is compared.
type Kind string

// The kinds.
const (
	// RedirectURI is compared by simple string comparison, but for the port of a
	// loopback redirect URI (RFC 9700 section 4.1.3, RFC 8252 section 7.3,
	// https://www.rfc-editor.org/rfc/rfc9700#section-4.1.3).
	RedirectURI Kind = "a redirect URI"
	// SentURI is the redirect URI of an authorization request, which a token request
	// repeats: the values are identical (RFC 6749 section 4.1.3,
	// https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3).
	SentURI Kind = "the redirect URI of the authorization request"
	// Issuer is identical to the one that is known (RFC 8414 section 3.3, RFC 9068
	// section 4, https://www.rfc-editor.org/rfc/rfc8414#section-3.3).
	Issuer Kind = "an issuer"
	// Audience identifies a protected resource in a token, which knows by which
	// identifiers it is meant (RFC 9068 section 4,
	// https://www.rfc-editor.org/rfc/rfc9068#section-4).
	Audience Kind = "an audience"
	// Resource identifies a protected resource in a request; a server may map it to a
	// more general URI (RFC 8707 section 2, https://www.rfc-editor.org/rfc/rfc8707#section-2).
	Resource Kind = "a resource"
	// Scope is a list of names; their order means nothing (RFC 6749 section 3.3,
	// https://www.rfc-editor.org/rfc/rfc6749#section-3.3).
	Scope Kind = "a scope"
	// NeededScope is one name that a token needs. Which broader one implies it is left
	// to the server (RFC 6749 section 3.3).
	NeededScope Kind = "a needed scope"
	// Identifier, Secret, Code and Verifier are compared character by character: all
	// values are case-sensitive (RFC 6749 section 1.1, RFC 7636 section 4.6,
	// https://www.rfc-editor.org/rfc/rfc6749#section-1.1).
	Identifier Kind = "an identifier"
	Secret     Kind = "a secret"
	Code       Kind = "a code"
	Verifier   Kind = "a code verifier or challenge"
	// JWT has three parts without padding (RFC 7515 section 7.1,
	// https://www.rfc-editor.org/rfc/rfc7515#section-7.1).
	JWT Kind = "a JWT"
	// Path is that of a protected resource. Another spelling may lead to the same
	// resource (RFC 3986 section 6.2.2, https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2),
	// and needs the same token then.
	Path Kind = "a path"
	// Name is that of a parameter or a JSON member, which is case-sensitive (RFC 6749
	// section 1.1, RFC 8259 section 8.3, https://www.rfc-editor.org/rfc/rfc8259#section-8.3).
	Name Kind = "a name"
	// Header is the name of a header, which has no case (RFC 9110 section 5.1,
	// https://www.rfc-editor.org/rfc/rfc9110#section-5.1).
	Header Kind = "a header name"
	// Time is a NumericDate: a number of seconds (RFC 7519 section 2,
	// https://www.rfc-editor.org/rfc/rfc7519#section-2).
	Time Kind = "a time"
)

// Kinds are all of them.
var Kinds = []Kind{RedirectURI, SentURI, Issuer, Audience, Resource, Scope, NeededScope, Identifier, Secret, Code, Verifier, JWT, Path, Name, Header, Time}

// NearMiss is a value that is almost right.
type NearMiss struct {
	Name  string // What was done to the right value: "in other case".
	Value string
}

// Tolerable is a value that a conforming party may take for the right one.
type Tolerable struct {
	NearMiss
	Why string // The sentence that allows it.
}

// Of returns the near misses of a right value. No two have the same name or the same
// value. An empty value has none.
func Of(kind Kind, right string) []NearMiss {
	misses, _ := parted(kind, right)
	return misses
}

// Tolerated returns the values that look like near misses, and that a conforming party
// may take for the right one.
func Tolerated(kind Kind, right string) []Tolerable {
	_, lawful := parted(kind, right)
	return lawful
}

func parted(kind Kind, right string) (misses []NearMiss, lawful []Tolerable) {
	if right == "" {
		return nil, nil
	}
	seen := []string{right, ""}
	for _, way := range waysOf(kind) {
		value, possible := way.make(right)
		if !possible || slices.Contains(seen, value) {
			continue
		}
		seen = append(seen, value)
		miss := NearMiss{way.name, value}
		if why := tolerated(kind, right, value); why != "" {
			lawful = append(lawful, Tolerable{miss, why})
		} else {
			misses = append(misses, miss)
		}
	}
	return misses, lawful
}

// way makes another value of a right one; it may not be possible.
type way struct {
	name string
	make func(right string) (value string, possible bool)
}

func waysOf(kind Kind) []way {
	switch kind {
	case RedirectURI, SentURI, Issuer, Audience, Resource:
		return slices.Concat(ofURIs, ofTexts)
	case Scope, NeededScope:
		return slices.Concat(ofScopes, ofTexts)
	case Path:
		return ofPaths
	case JWT:
		return slices.Concat(ofJWTs, ofTexts)
	case Time:
		return ofTimes
	}
	return ofTexts
}
