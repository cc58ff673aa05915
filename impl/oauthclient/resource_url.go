package oauthclient

import (
	"errors"
	"net/url"
	"strings"

	"github.com/grantproof/grantproof/impl/outbound"
)

// canonical is the identifier of an MCP server: scheme and host in lower case,
// without a trailing slash and without a fragment (RFC 8707 section 2,
// https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#canonical-server-uri).
func canonical(server *url.URL) string {
	u := *server
	u.Scheme, u.Host = strings.ToLower(u.Scheme), strings.ToLower(u.Host)
	u.Fragment, u.RawFragment = "", ""
	u.Path, u.RawPath = strings.TrimSuffix(u.Path, "/"), strings.TrimSuffix(u.RawPath, "/")
	return u.String()
}

// root is the identifier of the whole host.
func root(server *url.URL) string {
	return strings.ToLower(server.Scheme) + "://" + strings.ToLower(server.Host)
}

var (
	errNotHTTPS = errors.New("is no https URL")
	errExtra    = errors.New("has a user or a fragment, which no such URL has")
)

// judgeURL says whether a URL that a server named may be used. It is https, and
// http on this machine alone, while the MCP server is there too, in development
// (https://modelcontextprotocol.io/docs/2026-07-28/tutorials/security/security_best_practices#server-side-request-forgery-ssrf).
// So neither javascript: nor file: nor any other scheme gets to a browser.
func (h *Handler) judgeURL(named string) error {
	u, err := url.Parse(named)
	if err != nil || u.Hostname() == "" {
		return errNotHTTPS
	}
	local := h.local && outbound.IsLoopback(u.Hostname())
	switch {
	case u.Scheme != "https" && !(u.Scheme == "http" && local):
		return errNotHTTPS
	case u.User != nil || u.Fragment != "" || strings.Contains(named, "#"):
		return errExtra
	}
	return nil
}
