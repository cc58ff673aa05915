// Package redirecturi owns the judgement of a redirect URI: whether a client may
// have it, and whether a browser is ever sent to it. Every entrance for clients
// asks here: registration, update, metadata document and command.
//
// It does not own the comparison of a registered URI with a requested one: that
// is the authorization endpoint's.
package redirecturi

import (
	"net/netip"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/rule"
)

// The values of application_type (OpenID Connect Dynamic Client Registration
// section 2, https://openid.net/specs/openid-connect-registration-1_0.html#ClientMetadata).
const (
	Native = "native"
	Web    = "web"
)

// ApplicationType is the type of a client that names none. It follows from its
// redirect URIs, as clients of MCP that leave it out are native more often than
// not.
func ApplicationType(redirectURIs []string) string {
	for _, uri := range redirectURIs {
		if !strings.HasPrefix(uri, "https:") {
			return Native
		}
	}
	return Web
}

// Flaw says what is wrong with a redirect URI of a client; "" where it is sound.
var Flaw = rule.New(func(uri, applicationType string) string {
	parsed, err := url.Parse(uri)
	switch {
	// A URI is ASCII without blanks (RFC 3986 section 2,
	// https://www.rfc-editor.org/rfc/rfc3986#section-2).
	case err != nil || strings.ContainsFunc(uri, foreign):
		return "it is no URI"
	// RFC 6749 section 3.1.2 (https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2).
	case !parsed.IsAbs():
		return "it is not absolute"
	case strings.Contains(uri, "#"):
		return "it has a fragment"
	case parsed.User != nil:
		return "it has a user before the host"
	}
	if wrong := flawOfScheme(parsed, applicationType); wrong != "" {
		return wrong
	}
	// The URI is complete, with its path (OAuth 2.1, section "Registration
	// Requirements"; RFC 8252 section 8.4, https://www.rfc-editor.org/rfc/rfc8252#section-8.4).
	if parsed.Path == "" {
		return "it has no path"
	}
	return ""
})

// foreign tells whether no URI holds a character.
func foreign(r rune) bool { return r <= ' ' || r >= 0x7f || strings.ContainsRune("\"<>\\^`{|}", r) }

// dangerous are schemes whose URIs the user agent itself carries out or opens.
var dangerous = []string{"about", "blob", "data", "file", "filesystem", "ftp", "javascript", "mailto", "vbscript", "view-source", "ws", "wss"}

// flawOfScheme: https, http on the local machine, or a scheme that only the
// client gets (RFC 7591 section 5, https://www.rfc-editor.org/rfc/rfc7591#section-5).
func flawOfScheme(uri *url.URL, applicationType string) string {
	switch {
	case isHTTP(uri.Scheme) && uri.Hostname() == "":
		return "it has no host"
	case uri.Scheme == "https":
		return ""
	case applicationType == Web:
		return "a client of application_type web has https URIs; register this one with application_type native"
	// No authorization response goes over a network unencrypted (RFC 9700
	// section 2.6, https://www.rfc-editor.org/rfc/rfc9700#section-2.6).
	case uri.Scheme == "http" && !IsLocal(uri.Hostname()):
		return "http is for the loopback interface only"
	case uri.Scheme == "http":
		return ""
	case slices.Contains(dangerous, uri.Scheme):
		return "its scheme is not one that belongs to a client"
	// A private-use scheme without a period is refused (RFC 8252 section 8.4,
	// https://www.rfc-editor.org/rfc/rfc8252#section-8.4).
	case !isPrivateUse(uri.Scheme):
		return "a private-use scheme is a domain name in reverse order, such as com.example.app"
	}
	return ""
}

// Leadable tells whether a browser may be sent to a URI at all. It is asked each
// time, whatever the store holds and however it came there: no script, no file
// and no document within a URI is ever led to.
func Leadable(uri string) bool {
	parsed, err := url.Parse(uri)
	switch {
	case err != nil || strings.ContainsFunc(uri, foreign):
		return false
	case isHTTP(parsed.Scheme):
		return parsed.Hostname() != ""
	}
	return isPrivateUse(parsed.Scheme)
}

// isPrivateUse tells whether a scheme is one that a client has to itself: a
// domain name in reverse order, and so with a period (RFC 8252 section 7.1,
// https://www.rfc-editor.org/rfc/rfc8252#section-7.1).
func isPrivateUse(scheme string) bool { return strings.Contains(scheme, ".") }

func isHTTP(scheme string) bool { return scheme == "https" || scheme == "http" }

// IsLoopback tells whether a host is an address of this machine, and IsLocal
// besides whether it is the name of it.
func IsLoopback(host string) bool {
	address, err := netip.ParseAddr(host)
	return err == nil && address.Unmap().IsLoopback()
}

// IsLocal tells whether a host is this machine, by address or by name.
func IsLocal(host string) bool { return host == "localhost" || IsLoopback(host) }
