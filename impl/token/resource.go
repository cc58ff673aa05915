package token

import "strings"

// CanonicalResource is the identifier of a protected resource with its scheme and
// its host in lower case, in which they are the same
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#canonical-server-uri).
func CanonicalResource(identifier string) string {
	scheme, rest, found := strings.Cut(identifier, "://")
	if !found {
		return identifier
	}
	host := rest
	if end := strings.IndexAny(rest, "/?#"); end >= 0 {
		host = rest[:end]
	}
	return strings.ToLower(scheme+"://"+host) + rest[len(host):]
}
