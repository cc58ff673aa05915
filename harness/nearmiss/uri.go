package nearmiss

import (
	"net"
	"net/url"
	"strings"
)

// ofURIs are the ways for URIs alone.
var ofURIs = []way{
	{"its scheme in capitals", onURI(func(u *parts) bool { u.scheme = strings.ToUpper(u.scheme); return true })},
	{"another scheme", onURI(func(u *parts) bool {
		u.scheme = map[string]string{"http": "https", "https": "http"}[u.scheme]
		return u.scheme != ""
	})},
	{"its host in capitals", onURI(func(u *parts) bool { u.host = strings.ToUpper(u.host); return true })},
	{"another port", onURI(func(u *parts) bool {
		u.port = map[bool]string{true: ":8444", false: ":8443"}[u.port == ":8443"]
		return true
	})},
	{"its default port", onURI(func(u *parts) bool {
		u.port = map[string]string{"http": ":80", "https": ":443"}[u.scheme]
		return u.port != ""
	})},
	{"no port", onURI(func(u *parts) bool { u.port = ""; return true })},
	{"a user before its host", onURI(func(u *parts) bool { u.user = "user@"; return true })},
	{"its host as the user of another", onURI(func(u *parts) bool {
		u.user, u.host, u.port = u.host+u.port+"@", "attacker.example", ""
		return true
	})},
	{"a longer host", onURI(func(u *parts) bool { u.host += ".attacker.example"; return true })},
	{"a host that ends like its own", onURI(func(u *parts) bool { u.host = "attacker-" + u.host; return true })},
	{"a subdomain", onURI(func(u *parts) bool { u.host = "sub." + u.host; return true })},
	{"the parent domain", onURI(func(u *parts) bool {
		_, parent, found := strings.Cut(u.host, ".")
		u.host = parent
		return found && strings.Contains(parent, ".")
	})},
	{"a letter for a dot of its host", onURI(func(u *parts) bool {
		before := u.host
		u.host = strings.Replace(u.host, ".", "x", 1)
		return u.host != before
	})},
	{"a dot after its host", onURI(func(u *parts) bool { u.host += "."; return true })},
	{"a slash at its end", onURI(func(u *parts) bool { u.path += "/"; return !strings.HasSuffix(u.path, "//") })},
	{"no slash at its end", onURI(func(u *parts) bool {
		before := u.path
		u.path = strings.TrimSuffix(u.path, "/")
		return u.path != before
	})},
	{"a longer path", onURI(func(u *parts) bool { u.path = strings.TrimSuffix(u.path, "/") + "/extra"; return true })},
	{"a shorter path", onURI(func(u *parts) bool {
		u.path = u.path[:max(0, strings.LastIndex(strings.TrimSuffix(u.path, "/"), "/"))]
		return true
	})},
	{"its path in other case", onPath(otherCase)},
	{"two slashes in its path", onPath(func(path string) string { return "/" + path })},
	{"dot segments in its path", onPath(func(path string) string { return "/other/.." + path })},
	{"encoded dot segments in its path", onPath(func(path string) string { return "/other/%2E%2E" + path })},
	{"an encoded slash in its path", onPath(func(path string) string { return "/%2F" + path[1:] })},
	{"an encoded letter in its path", onPath(encodedLetter)},
	{"a backslash before its path", onPath(func(path string) string { return `/\` + path[1:] })},
	{"parameters in its path", onPath(func(path string) string { return path + ";x=y" })},
	{"a query", onURI(func(u *parts) bool {
		u.query = map[bool]string{true: "?extra=1", false: u.query + "&extra=1"}[u.query == ""]
		return true
	})},
	{"no query", onURI(func(u *parts) bool { u.query = ""; return true })},
	{"a fragment", onURI(func(u *parts) bool { u.fragment += "#extra"; return true })},
}

// parts are those of a URI with a host, as they are written.
type parts struct{ scheme, user, host, port, path, query, fragment string }

func (u parts) String() string {
	return u.scheme + "://" + u.user + u.host + u.port + u.path + u.query + u.fragment
}

// split takes a URI apart and changes nothing of how it is written.
func split(uri string) (u parts, ok bool) {
	parsed, err := url.Parse(uri)
	scheme, rest, found := strings.Cut(uri, "://")
	if err != nil || !found || parsed.Hostname() == "" {
		return parts{}, false
	}
	u.scheme = scheme
	if at := strings.IndexByte(rest, '#'); at >= 0 {
		rest, u.fragment = rest[:at], rest[at:]
	}
	if at := strings.IndexByte(rest, '?'); at >= 0 {
		rest, u.query = rest[:at], rest[at:]
	}
	if at := strings.IndexByte(rest, '/'); at >= 0 {
		rest, u.path = rest[:at], rest[at:]
	}
	if at := strings.LastIndexByte(rest, '@'); at >= 0 {
		u.user, rest = rest[:at+1], rest[at+1:]
	}
	u.host = rest
	if port := ":" + parsed.Port(); strings.HasSuffix(rest, port) { // It may be empty.
		u.host, u.port = strings.TrimSuffix(rest, port), port
	}
	return u, true
}

func onURI(change func(u *parts) bool) func(string) (string, bool) {
	return func(right string) (string, bool) {
		u, ok := split(right)
		if !ok || !change(&u) {
			return "", false
		}
		return u.String(), true
	}
}

// onPath needs a URI with a path.
func onPath(change func(path string) string) func(string) (string, bool) {
	return onURI(func(u *parts) bool {
		if len(u.path) < 2 {
			return false
		}
		u.path = change(u.path)
		return true
	})
}

func encodedLetter(path string) string {
	encoded, possible := ofEncoding(path)
	if !possible {
		return path
	}
	return encoded
}

// isLoopback tells whether a host is this machine.
func isLoopback(host string) bool {
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
