package authserver

import (
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// The values of application_type (OpenID Connect Dynamic Client Registration
// section 2, https://openid.net/specs/openid-connect-registration-1_0.html#ClientMetadata).
const (
	native = "native"
	web    = "web"
)

// applicationTypeOf is the type of a client that names none. It follows from
// its redirect URIs, as clients of MCP that leave it out are native more often
// than not.
func applicationTypeOf(redirectURIs []string) string {
	for _, uri := range redirectURIs {
		if !strings.HasPrefix(uri, "https:") {
			return native
		}
	}
	return web
}

func judgeRedirectURIs(client *store.Client, metadata oauth.ClientMetadata, faults fault.Set) *wire.Error {
	if client.ApplicationType != native && client.ApplicationType != web {
		return invalidMetadata("application_type: it is native or web")
	}
	// Who comes back by a redirect says beforehand where to (RFC 7591 section
	// 5, https://www.rfc-editor.org/rfc/rfc7591#section-5).
	if len(client.RedirectURIs) == 0 && client.MayUse("authorization_code") && !comesBackUnregistered(client, metadata, faults) {
		return invalidRedirectURI("redirect_uris: the grant authorization_code needs one")
	}
	for i, uri := range client.RedirectURIs {
		if i > 0 && faults.Has(fault.FirstRedirectURIJudged) {
			break
		}
		if wrong := flawOf(uri, client.ApplicationType, faults); wrong != "" {
			return invalidRedirectURI("redirect_uris: " + uri + ": " + wrong)
		}
	}
	return nil
}

// flawOf says what is wrong with a redirect URI; nothing where it is sound.
func flawOf(uri, applicationType string, faults fault.Set) string {
	parsed, err := url.Parse(uri)
	switch {
	case err != nil || strings.ContainsAny(uri, ` \`):
		return "it is no URI"
	// RFC 6749 section 3.1.2 (https://www.rfc-editor.org/rfc/rfc6749#section-3.1.2).
	case !parsed.IsAbs():
		if faults.Has(fault.RelativeRedirectURIRegistered) {
			return ""
		}
		return "it is not absolute"
	case strings.Contains(uri, "#") && !faults.Has(fault.FragmentRegistered):
		return "it has a fragment"
	case parsed.User != nil:
		return "it has a user before the host"
	}
	if wrong := flawOfScheme(parsed, applicationType, faults); wrong != "" {
		return wrong
	}
	// The URI is complete, with its path (OAuth 2.1, section "Registration
	// Requirements"; RFC 8252 section 8.4, https://www.rfc-editor.org/rfc/rfc8252#section-8.4).
	if parsed.Path == "" && !faults.Has(fault.RedirectURIWithoutPathRegistered) {
		return "it has no path"
	}
	return ""
}

// dangerous are schemes whose URIs the user agent itself carries out or opens.
var dangerous = []string{"about", "blob", "data", "file", "filesystem", "ftp", "javascript", "mailto", "vbscript", "view-source", "ws", "wss"}

// flawOfScheme: https, http on the local machine, or a scheme that only the
// client gets (RFC 7591 section 5, https://www.rfc-editor.org/rfc/rfc7591#section-5).
func flawOfScheme(uri *url.URL, applicationType string, faults fault.Set) string {
	local := isLocalHost(uri.Hostname())
	if faults.Has(fault.LoopbackLookalike) {
		local = local || strings.HasPrefix(uri.Hostname(), "localhost") || strings.HasPrefix(uri.Hostname(), "127.0.0.1")
	}
	switch {
	case uri.Scheme == "https" && uri.Hostname() == "", uri.Scheme == "http" && uri.Hostname() == "":
		return "it has no host"
	case uri.Scheme == "https":
		return ""
	case applicationType == web:
		return "a client of application_type web has https URIs; register this one with application_type native"
	case uri.Scheme == "http":
		// No authorization response goes over a network unencrypted (RFC 9700
		// section 2.6, https://www.rfc-editor.org/rfc/rfc9700#section-2.6).
		if local || faults.Has(fault.HTTPRedirectURIRegistered) {
			return ""
		}
		return "http is for the loopback interface only"
	case slices.Contains(dangerous, uri.Scheme) && !faults.Has(fault.AnySchemeRegistered):
		return "its scheme is not one that a client has to itself"
	// A private-use scheme is a domain name in reverse order, and so has a
	// period (RFC 8252 section 8.4, https://www.rfc-editor.org/rfc/rfc8252#section-8.4).
	case !strings.Contains(uri.Scheme, ".") && !faults.Has(fault.SchemeWithoutPeriodRegistered) && !faults.Has(fault.AnySchemeRegistered):
		return "a private-use scheme is a domain name in reverse order, such as com.example.app"
	}
	return ""
}

// hostsOf are the hosts of the https URIs.
func hostsOf(uris []string) []string {
	var hosts []string
	for _, uri := range uris {
		if strings.HasPrefix(uri, "https:") && !slices.Contains(hosts, hostname(uri)) {
			hosts = append(hosts, hostname(uri))
		}
	}
	return hosts
}
