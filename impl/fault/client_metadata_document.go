package fault

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/cimd"
	"github.com/grantproof/grantproof/impl/outbound"
	"github.com/grantproof/grantproof/impl/printable"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/redirecturi"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Fault{
	{
		Name:     "logo-fetched-each-time",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-displaying-logos/prefetched"},
		Summary:  "A logo is fetched every time it is shown.",
		Rules:    seam.Instead(cimd.LogoKept, func(cimd.Logo) time.Duration { return 0 }),
	},
	{
		Name:     "documents-not-fetched",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-information-discovery/fetched", "mcp-2026-07-28-overview/cimd-server", "mcp-2026-07-28-client-id-metadata-documents/document-fetched"},
		Summary:  "A client_id that is a URL is an unknown client.",
		Rules: seam.Instead(cimd.Discovery, func(context.Context, *cimd.Documents, string, time.Time, cimd.Rules) (store.Client, error) {
			return store.Client{}, store.ErrNotFound
		}),
	},
	{
		Name:     "document-url-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-identifier/https-with-path", "cimd-client-identifier/no-dot-segments", "cimd-client-identifier/no-fragment", "cimd-client-identifier/no-userinfo"},
		Summary:  "Any URL is accepted as a client_id.",
		Rules:    seam.Instead(cimd.ClientIdentifier, func(string, cimd.Rules) *wire.Error { return nil }),
	},
	{
		Name:     "document-status-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-information-discovery/only-200"},
		Summary:  "A client metadata document is read with any status below 400.",
		Rules: onFetched(func(r *http.Response) {
			if r.StatusCode < http.StatusBadRequest {
				r.StatusCode = http.StatusOK
			}
		}),
	},
	{
		Name:     "document-redirects-followed",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-information-discovery/no-redirects"},
		Summary:  "Redirects are followed when a client metadata document is fetched.",
		Rules:    fetchingBy(func(client *http.Client) { client.CheckRedirect = nil }),
	},
	{
		Name:     "document-client-id-not-compared",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-metadata-document/client-id-identical", "mcp-2026-07-28-client-id-metadata-documents/client-id-checked"},
		Summary:  "The client_id in a client metadata document is not compared with its URL.",
		Rules:    onDocument(func(members map[string]any, clientID string) { members["client_id"] = clientID }),
	},
	{
		Name:     "document-members-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"mcp-2026-07-28-client-id-metadata-documents/structure-checked"},
		Summary:  "A client metadata document without client_name is accepted.",
		Rules: onDocument(func(members map[string]any, _ string) {
			if name, _ := members["client_name"].(string); !printable.IsName(name) {
				members["client_name"] = "An application"
			}
		}),
	},
	{
		Name:     "document-secret-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-metadata-document/no-secret", "cimd-client-metadata-document/no-secret-method"},
		Summary:  "A client metadata document with a client secret is accepted.",
		Rules: onDocument(func(members map[string]any, _ string) {
			delete(members, "client_secret")
			delete(members, "client_secret_expires_at")
			if method, _ := members["token_endpoint_auth_method"].(string); strings.HasPrefix(method, "client_secret_") {
				members["token_endpoint_auth_method"] = "none"
			}
		}),
	},
	{
		Name:     "document-fetch-unguarded",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-ssrf-attacks/urls-in-document", "cimd-ssrf-attacks/special-addresses", "mcp-2026-07-28-client-id-metadata-document-security/fetch-guarded", "mcp-security-ssrf-against-authorization-servers/document-fetch"},
		Summary:  "Client metadata documents are fetched from any address, including loopback.",
		Rules: seam.Rules(
			seam.Instead(cimd.HTTPClient, func(bool) *http.Client { return unguarded }),
			func(in rule.Replaced) {
				held := cimd.PageAddress.In(in)
				cimd.PageAddress.Replace(in, func(address string, _ bool) bool { return held(address, true) })
			},
		),
	},
	{
		Name:     "document-size-unlimited",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-maximum-response-size/limited"},
		Summary:  "The size of a client metadata document is not limited.",
		Rules:    seam.Instead(cimd.MaxDocument, func() int64 { return 64 << 20 }),
	},
	{
		Name:     "document-never-cached",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-metadata-caching/headers-respected", "mcp-2026-07-28-client-id-metadata-documents/document-cached"},
		Summary:  "A client metadata document is fetched for every request.",
		Rules:    onFetched(func(r *http.Response) { r.Header.Set("Cache-Control", "no-store") }),
	},
	{
		Name:     "document-cached-for-ever",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-metadata-caching/headers-respected"},
		Summary:  "A client metadata document is cached although its headers forbid it.",
		Rules: onFetched(func(r *http.Response) {
			for _, name := range []string{"Expires", "Pragma", "Vary"} {
				r.Header.Del(name)
			}
			r.Header.Set("Cache-Control", "max-age=86400")
		}),
	},
	{
		Name:     "document-key-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-authentication/required"},
		Summary:  "A client need not authenticate although its metadata document names a method.",
		Rules: func(in rule.Replaced) {
			held := cimd.Document.In(in)
			cimd.Document.Replace(in, func(in rule.Place, body []byte, clientID string) (store.Client, *wire.Error) {
				client, refused := held(in, body, clientID)
				client.AuthMethod = "none"
				return client, refused
			})
		},
	},
	{
		Name:     "document-errors-cached",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-metadata-caching/no-errors", "cimd-metadata-caching/no-malformed"},
		Summary:  "An error response is cached as a client metadata document.",
		Rules:    keepErrors,
	},
	{
		Name:     "document-origin-trusted",
		Role:     AuthorizationServer,
		Violates: ids{mcpSpec + "client-id-metadata-documents/redirect-uri-checked"},
		Summary:  "Every redirect URI at the origin of the client metadata document is accepted.",
		Rules: takingRedirectURI(func(client store.Client, sent string) bool {
			document, _ := url.Parse(client.ID)
			to, err := url.Parse(sent)
			return realm.HasDocument(client.ID) && err == nil && to.Scheme == document.Scheme && to.Host == document.Host
		}),
	},
	{
		Name:     "document-loopback-path-ignored",
		Role:     AuthorizationServer,
		Violates: ids{mcpSpec + "client-id-metadata-documents/redirect-uri-checked"},
		Summary:  "If the client metadata document lists a loopback redirect URI, any path there is accepted.",
		Rules: takingRedirectURI(func(client store.Client, sent string) bool {
			to, err := url.Parse(sent)
			return realm.HasDocument(client.ID) && err == nil && to.Scheme == "http" && slices.ContainsFunc(client.RedirectURIs, func(listed string) bool {
				loopback, err := url.Parse(listed)
				return err == nil && redirecturi.IsLocal(loopback.Hostname()) && loopback.Hostname() == to.Hostname()
			})
		}),
	},
	{
		Name:     "document-redirect-uri-judged-once",
		Role:     AuthorizationServer,
		Violates: ids{mcpSpec + "client-id-metadata-documents/redirect-uri-checked"},
		Summary:  "The redirect URI of a known client is not compared with its metadata document again.",
		Rules: func(in rule.Replaced) {
			var seen sync.Map // The ids of clients.
			func(in rule.Replaced) {
				held := authserver.RedirectURI.In(in)
				authserver.RedirectURI.Replace(in, func(r *realm.Realm, client store.Client, sent *string) (string, *wire.Error) {
					uri, refused := held(r, client, sent)
					if refused == nil {
						seen.Store(client.ID, true)
					} else if _, known := seen.Load(client.ID); known && sent != nil && realm.HasDocument(client.ID) {
						return *sent, nil
					}
					return uri, refused
				})
			}(in)
		},
	},
	{
		Name:     "document-names-folded",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-redirect-url-registration/exact", "rfc7591-2/unknown-ignored"},
		Summary:  "A member of a client metadata document in another case replaces the one that is meant.",
		Rules:    onDocument(func(members map[string]any, _ string) { fold(members) }),
	},
	{
		Name:     "document-taken-on-trust",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-client-metadata-document/json", "cimd-redirect-url-registration/required"},
		Summary:  "If the client metadata document lists no redirect URIs, that of the request is accepted.",
		Rules: seam.Rules(
			takingRedirectURI(func(client store.Client, _ string) bool { return len(client.RedirectURIs) == 0 }),
			seam.Instead(cimd.Document, func(_ rule.Place, body []byte, clientID string) (store.Client, *wire.Error) {
				var said struct {
					RedirectURIs []string `json:"redirect_uris"`
				}
				_ = json.Unmarshal(body, &said)
				return store.Client{ID: clientID, AuthMethod: "none", GrantTypes: []string{"authorization_code"}, RedirectURIs: said.RedirectURIs}, nil
			}),
		),
	},
	{
		Name:     "logo-fetch-unguarded",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-ssrf-attacks/urls-in-document"},
		Summary:  "Logos are fetched from any address, including loopback.",
		Rules: seam.Rules(
			func(in rule.Replaced) {
				held := cimd.HTTPClient.In(in)
				cimd.HTTPClient.Replace(in, func(loopback bool) *http.Client {
					guarded := held(loopback)
					client := *guarded
					client.Transport = byAccept{guarded}
					return &client
				})
			},
			func(in rule.Replaced) {
				held := cimd.PageAddress.In(in)
				cimd.PageAddress.Replace(in, func(address string, _ bool) bool { return held(address, true) })
			},
		),
	},
})

// onDocument changes the members of a document before it is judged.
func onDocument(change func(members map[string]any, clientID string)) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := cimd.Document.In(in)
		cimd.Document.Replace(in, func(in rule.Place, body []byte, clientID string) (store.Client, *wire.Error) {
			var members map[string]any
			if err := json.Unmarshal(body, &members); err == nil && members != nil {
				change(members, clientID)
				body, _ = json.Marshal(members)
			}
			return held(in, body, clientID)
		})
	}
}

// unguarded connects to every address.
var unguarded = outbound.NewClient(nil, 5*time.Second)

// fetchingBy changes the HTTP client that fetches documents.
func fetchingBy(change func(*http.Client)) func(rule.Replaced) {
	return func(in rule.Replaced) {
		held := cimd.HTTPClient.In(in)
		cimd.HTTPClient.Replace(in, func(loopback bool) *http.Client {
			client := *held(loopback)
			change(&client)
			return &client
		})
	}
}

// onFetched edits what is answered to the request for a document.
func onFetched(edit func(*http.Response)) func(rule.Replaced) {
	return fetchingBy(func(client *http.Client) { client.Transport = editing{client.Transport, edit} })
}

type editing struct {
	http.RoundTripper
	edit func(*http.Response)
}

// RoundTrip implements http.RoundTripper.
func (e editing) RoundTrip(request *http.Request) (*http.Response, error) {
	response, err := e.RoundTripper.RoundTrip(request)
	if err == nil {
		e.edit(response)
	}
	return response, err
}

// keepErrors keeps for an hour that there is no document.
func keepErrors(in rule.Replaced) {
	var kept sync.Map // URL → time.Time
	func(in rule.Replaced) {
		held := cimd.Discovery.In(in)
		cimd.Discovery.Replace(in, func(ctx context.Context, documents *cimd.Documents, clientID string, now time.Time, rules cimd.Rules) (store.Client, error) {
			if until, known := kept.Load(clientID); known && now.Before(until.(time.Time)) {
				return store.Client{ID: clientID, AuthMethod: "none"}, nil
			}
			client, err := held(ctx, documents, clientID, now, rules)
			if err != nil {
				kept.Store(clientID, now.Add(time.Hour))
			}
			return client, err
		})
	}(in)
}

// byAccept guards the requests for documents, which name what they accept.
type byAccept struct{ guarded *http.Client }

// RoundTrip implements http.RoundTripper.
func (b byAccept) RoundTrip(r *http.Request) (*http.Response, error) {
	if r.Header.Get("Accept") != "" {
		return b.guarded.Transport.RoundTrip(r)
	}
	return unguarded.Transport.RoundTrip(r)
}
