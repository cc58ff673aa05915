package nearmiss

import (
	"net/url"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// tolerated says why a conforming party may take a value for the right one; "" where it
// may not.
func tolerated(kind Kind, right, value string) string {
	switch kind {
	case RedirectURI:
		if sameButPort(right, value) {
			return "RFC 8252 section 7.3: the port of a loopback redirect URI can vary"
		}
	case Audience:
		return sameResource(right, value)
	case Resource:
		if within(right, value) {
			return "RFC 8707 section 2: the server can map the resource to a more general URI"
		}
		return sameResource(right, value)
	case Scope:
		if narrower(right, value) {
			return "RFC 6749 sections 3.3 and 6: the order has no meaning, and less can be asked for"
		}
	case NeededScope:
		if slices.Contains(strings.Fields(value), right) || broader(right, value) {
			return "RFC 6749 section 3.3: the server defines what a scope is good for"
		}
	case Header:
		if strings.EqualFold(right, value) {
			return "RFC 9110 section 5.1: field names are case-insensitive"
		}
	case Time:
		if aSecondApart(right, value) {
			return "RFC 7519 section 4.1.4: a small leeway for clock skew is allowed"
		}
	}
	return ""
}

// broader tells whether a name looks like one of a hierarchy above the right one: it
// ends where a part of that begins, or with a wildcard.
func broader(right, value string) bool {
	rest, begins := strings.CutPrefix(right, strings.TrimRight(value, " *:./-_"))
	return begins && (strings.ContainsAny(rest[:min(1, len(rest))], ":./-_") || strings.HasSuffix(value, "*"))
}

func aSecondApart(right, value string) bool {
	a, errA := strconv.ParseInt(right, 10, 64)
	b, errB := strconv.ParseInt(value, 10, 64)
	return errA == nil && errB == nil && (a-b == 1 || b-a == 1)
}

func sameButPort(right, value string) bool {
	a, ok := split(right)
	b, also := split(value)
	if !ok || !also || a.scheme != "http" || !isLoopback(a.host) {
		return false
	}
	a.port, b.port = "", ""
	return a == b
}

// sameResource: the resource may know more than one identifier for itself, such as
// equivalent ones and that of its origin. RFC 9068 section 4 has it compare with those
// that it expects.
func sameResource(right, value string) string {
	a, ok := normal(right)
	b, also := normal(value)
	switch {
	case !ok || !also:
		return ""
	case a == b:
		return "RFC 3986 section 6.2: the URIs are equivalent"
	case within(value, right):
		return "RFC 9068 section 4: it is the identifier of what the resource is a part of"
	}
	return ""
}

// within tells whether one URI is above another, which is below it in the same tree.
func within(above, below string) bool {
	a, ok := normal(above)
	b, also := normal(below)
	if !ok || !also || a.scheme != b.scheme || a.host != b.host || a.port != b.port || a.user != b.user {
		return false
	}
	if a.path == b.path {
		return a.query == "" || a == b
	}
	return a.query == "" && a.fragment == "" && strings.HasPrefix(b.path, strings.TrimSuffix(a.path, "/")+"/")
}

// normal is a URI by the normalization of RFC 3986 sections 6.2.2 and 6.2.3
// (https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2), without a slash and a dot at
// the ends of path and host.
func normal(uri string) (parts, bool) {
	u, ok := split(uri)
	if !ok {
		return parts{}, false
	}
	if decoded, err := url.PathUnescape(u.host); err == nil {
		u.host = decoded
	}
	u.scheme, u.host = strings.ToLower(u.scheme), strings.TrimSuffix(strings.ToLower(u.host), ".")
	if u.port == ":" || u.port == map[string]string{"http": ":80", "https": ":443"}[u.scheme] {
		u.port = ""
	}
	u.path = strings.TrimSuffix(path.Clean("/"+normalEscapes(u.path)), "/")
	u.query, u.fragment = normalEscapes(u.query), normalEscapes(u.fragment)
	return u, true
}

var escape = regexp.MustCompile("%[0-9A-Fa-f]{2}")

// normalEscapes writes unreserved characters as they are, and all other escapes in
// capitals.
func normalEscapes(text string) string {
	return escape.ReplaceAllStringFunc(text, func(escaped string) string {
		decoded, _ := url.PathUnescape(escaped) // It matched.
		if c := decoded[0]; c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("-._~", rune(c)) {
			return decoded
		}
		return strings.ToUpper(escaped)
	})
}

// narrower tells whether every name is among the right ones. Whether tabs and repeated
// blanks part names is left to a lenient reader.
func narrower(right, value string) bool {
	granted := strings.Fields(right)
	return !slices.ContainsFunc(strings.Fields(value), func(name string) bool { return !slices.Contains(granted, name) })
}
