package fault

import (
	"net/url"
	"strings"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/redirecturi"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Fault{
	{
		Name:     "unregistered-redirect-uri-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-2.1/no-open-redirector", "rfc6749-4.1.2.1/no-redirect-to-unknown", "documented-authorize/refusals", "mcp-2026-07-28-open-redirection/untrusted-uri", "cimd-redirect-url-registration/exact", "mcp-2026-07-28-client-id-metadata-documents/redirect-uri-checked", "oidc-core-3.1.2.6/invalid-redirect-uri"},
		Summary:  "The authorization endpoint redirects to any redirect URI.",
		Rules:    takingRedirectURI(func(store.Client, string) bool { return true }),
	},
	{
		Name:     "loopback-port-fixed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8252-7.3/loopback-port", "rfc9700-4.1.3/localhost-port"},
		Summary:  "The port of a loopback redirect URI must be the registered one.",
		Rules:    seam.Instead(authserver.SameRedirectURI, func(_ store.Client, registered, sent string) bool { return registered == sent }),
	},
	{
		Name:     "redirect-uri-always-needed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/sole-uri"},
		Summary:  "A request without redirect_uri is refused although the client registered only one.",
		Rules: func(in rule.Replaced) {
			held := authserver.RedirectURI.In(in)
			authserver.RedirectURI.Replace(in, func(r *realm.Realm, client store.Client, sent *string) (string, *wire.Error) {
				if sent == nil {
					return "", wire.InvalidRequest("redirect_uri is missing")
				}
				return held(r, client, sent)
			})
		},
	},
	{
		Name:     "first-redirect-uri-taken",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/uri-needed"},
		Summary:  "A request without redirect_uri uses the first of several registered ones.",
		Rules: func(in rule.Replaced) {
			held := authserver.RedirectURI.In(in)
			authserver.RedirectURI.Replace(in, func(r *realm.Realm, client store.Client, sent *string) (string, *wire.Error) {
				if sent == nil && len(client.RedirectURIs) > 1 {
					return client.RedirectURIs[0], nil
				}
				return held(r, client, sent)
			})
		},
	},
	{
		Name:     "redirect-uri-by-prefix",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/simple-comparison", "rfc6749-3.1.2.3/matched", "rfc8252-8.4/exact-match", "mcp-2026-07-28-open-redirection/exact-match", "oauth-2.1-registration-requirements/exact-redirect-uri", "rfc9700-4.1.3/exact-redirect-uri", "oidc-core-3.1.2.1/redirect-uri-exact"},
		Summary:  "A redirect URI is accepted if it begins with a registered one.",
		Rules:    alike(func(registered, sent string) bool { return strings.HasPrefix(sent, registered) }),
	},
	{
		Name:     "private-scheme-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8252-7/three-options"},
		Summary:  "A redirect URI with a private-use scheme is refused.",
		Rules: func(in rule.Replaced) {
			held := authserver.SameRedirectURI.In(in)
			authserver.SameRedirectURI.Replace(in, func(client store.Client, registered, sent string) bool {
				return strings.HasPrefix(sent, "http") && held(client, registered, sent)
			})
		},
	},
	{
		Name:     "localhost-port-open-to-all",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.1.3/exact-redirect-uri"},
		Summary:  "The port of a localhost redirect URI can vary for every client, not only for native ones.",
		Rules: func(in rule.Replaced) {
			held := authserver.SameRedirectURI.In(in)
			authserver.SameRedirectURI.Replace(in, func(client store.Client, registered, sent string) bool {
				client.ApplicationType = redirecturi.Native
				return held(client, registered, sent)
			})
		},
	},
	{
		Name:     "https-port-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/simple-comparison"},
		Summary:  "The port of an https redirect URI can vary.",
		Rules: readAlike(func(registered, sent *url.URL) {
			if registered.Hostname() == sent.Hostname() {
				sent.Host = registered.Host
			}
		}),
	},
	{
		Name:     "redirect-path-case-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/simple-comparison", "rfc8252-8.4/exact-match", "mcp-2026-07-28-open-redirection/exact-match", "oauth-2.1-registration-requirements/exact-redirect-uri", "rfc9700-4.1.3/exact-redirect-uri"},
		Summary:  "The path of a redirect URI is compared case-insensitively.",
		Rules: readAlike(func(registered, sent *url.URL) {
			if strings.EqualFold(registered.Path, sent.Path) {
				sent.Path = registered.Path
			}
		}),
	},
	{
		Name:     "redirect-trailing-slash-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/simple-comparison", "rfc8252-8.4/exact-match", "mcp-2026-07-28-open-redirection/exact-match", "oauth-2.1-registration-requirements/exact-redirect-uri", "rfc9700-4.1.3/exact-redirect-uri"},
		Summary:  "A trailing slash of a redirect URI is ignored.",
		Rules:    alike(func(registered, sent string) bool { return sent == registered+"/" }),
	},
	{
		Name:     "redirect-origin-as-prefix",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/simple-comparison", "rfc8252-8.4/exact-match", "mcp-2026-07-28-open-redirection/exact-match", "oauth-2.1-registration-requirements/exact-redirect-uri", "rfc9700-4.1.3/exact-redirect-uri"},
		Summary:  "A redirect URI is accepted if its text begins with a registered origin, which can be the user info before another host.",
		Rules: alike(func(registered, sent string) bool {
			to, err := url.Parse(registered)
			return err == nil && strings.HasPrefix(sent, to.Scheme+"://"+to.Host+"@")
		}),
	},
	{
		Name:     "redirect-host-case-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/simple-comparison"},
		Summary:  "The host of a redirect URI is compared case-insensitively.",
		Rules: readAlike(func(registered, sent *url.URL) {
			if strings.EqualFold(registered.Host, sent.Host) {
				sent.Host = registered.Host
			}
		}),
	},
	{
		Name:     "redirect-query-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1.2.3/simple-comparison"},
		Summary:  "The query of a redirect URI is not compared.",
		Rules:    readAlike(func(registered, sent *url.URL) { sent.RawQuery = registered.RawQuery }),
	},
	{
		Name:     "ipv6-port-fixed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8252-7.3/loopback-port"},
		Summary:  "The port of an IPv6 loopback redirect URI cannot vary.",
		Rules: func(in rule.Replaced) {
			held := authserver.SameRedirectURI.In(in)
			authserver.SameRedirectURI.Replace(in, func(client store.Client, registered, sent string) bool {
				if strings.HasPrefix(sent, "http://[") {
					return registered == sent
				}
				return held(client, registered, sent)
			})
		},
	},
	{
		Name:     "registered-redirect-uris-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7591-2/redirect-uris-supported"},
		Summary:  "A client that registered itself can use any redirect URI.",
		Rules:    takingRedirectURI(func(client store.Client, _ string) bool { return client.RegistrationToken != nil }),
	},
})

// takingRedirectURI takes what is sent for a redirect URI of the client.
func takingRedirectURI(takes func(client store.Client, sent string) bool) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.RedirectURI.In(in)
		authserver.RedirectURI.Replace(in, func(r *realm.Realm, client store.Client, sent *string) (string, *wire.Error) {
			if sent != nil && takes(client, *sent) {
				return *sent, nil
			}
			return held(r, client, sent)
		})
	}
}

// alike takes another redirect URI for a registered one.
func alike(is func(registered, sent string) bool) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := authserver.SameRedirectURI.In(in)
		authserver.SameRedirectURI.Replace(in, func(client store.Client, registered, sent string) bool {
			return is(registered, sent) || held(client, registered, sent)
		})
	}
}

// readAlike compares redirect URIs after it has changed how the one that was sent is
// read.
func readAlike(change func(registered, sent *url.URL)) func(rule.Replaced) {
	return alike(func(registered, sent string) bool {
		a, errA := url.Parse(registered)
		b, errB := url.Parse(sent)
		if errA != nil || errB != nil || b.User != nil {
			return false
		}
		change(a, b)
		return a.String() == b.String()
	})
}
