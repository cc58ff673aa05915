package variant

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/grantproof/grantproof/impl/oauthclient"
	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Variant{
	{
		Name:    "offline-access-not-asked-for",
		Role:    MCPClient,
		Allows:  "MCP 2026-07-28, Refresh Tokens: a client may add offline_access to the scope",
		Summary: "The client asks neither for offline_access nor for prompt=consent.",
		Tempts:  ids{"oidc-core-11/prompt-consent-sent", "mcp-2026-07-28-refresh-tokens/offline-access-scope", "rfc6749-6/client-parameters"},
		Without: ids{"offline_access"},
		Client:  seam.Authorizing(withoutOfflineAccess),
	},
	{
		Name:    "more-scopes-not-asked-for",
		Role:    MCPClient,
		Allows:  "MCP 2026-07-28, Step-Up Authorization Flow: a client SHOULD respond to scope errors by asking for more scopes",
		Summary: "The client gives up where its token lacks a scope.",
		Tempts: ids{"mcp-2026-07-28-scope-selection-strategy/no-set-relation", "mcp-2026-07-28-scope-selection-strategy/challenge-authoritative", "oidc-core-11/prompt-consent-sent",
			"mcp-2026-07-28-authorization-server-binding/keyed-by-issuer", "rfc6750-5.3/not-leaked", "rfc6749-10.3/client-confidential"},
		Departs: ids{"mcp-2026-07-28-step-up/answered", "mcp-2026-07-28-step-up/user-client-attempts", "mcp-2025-11-25-step-up/selection-strategy"},
		Without: ids{"step_up"},
		Client:  seam.Challenged(func(status int, challenge string) string { return unless(status == http.StatusForbidden, challenge) }),
	},
	{
		Name:    "registered-for-each-authorization",
		Role:    MCPClient,
		Allows:  "MCP 2026-07-28, Authorization Server Binding: what binds a client that persists credentials is to which server it shows them",
		Summary: "The client registers anew for each authorization, and keeps no registration.",
		Tempts:  ids{"mcp-2026-07-28-authorization-server-binding/keyed-by-issuer", "mcp-2026-07-28-client-registration/client-id-first", "mcp-2026-07-28-step-up/union"},
		Without: ids{"refreshes"},
		Client:  seam.Configuring(func(config *oauthclient.HandlerConfig) { config.Store = unregistered{config.Store} }),
	},
	{
		Name:    "nothing-kept-between-connections",
		Role:    MCPClient,
		Allows:  "MCP 2026-07-28, Authorization Server Binding: credentials are bound where a client persists them",
		Summary: "The client keeps neither tokens nor registrations for its next connection.",
		Tempts:  ids{"mcp-2026-07-28-authorization-server-binding/keyed-by-issuer", "rfc6749-6/client-parameters"},
		Without: ids{"refreshes"},
		Client:  seam.Configuring(func(config *oauthclient.HandlerConfig) { config.Store = forgetful{config.Store} }),
	},
	{
		Name:    "registration-preferred",
		Role:    MCPClient,
		Allows:  "MCP 2026-07-28, Client Registration: the order of the mechanisms is a SHOULD, and so are metadata documents",
		Summary: "The client registers although the server supports client metadata documents.",
		Tempts:  ids{"cimd-client-metadata-document/own-client-id", "mcp-2026-07-28-client-id-metadata-documents/https-with-path"},
		Departs: ids{"mcp-2026-07-28-overview/cimd-client", "mcp-2026-07-28-client-registration/priority"},
		Without: ids{"client_document"},
		Client: seam.Reading(seam.AsksServer, func(_ *http.Request, metadata map[string]any) {
			delete(metadata, "client_id_metadata_document_supported")
		}),
	},
	{
		Name:    "failing-server-given-up",
		Role:    MCPClient,
		Allows:  "RFC 8414 section 3.2: an error response uses the applicable HTTP status code; section 6.2 has clients expect bad documents, and nothing has them go on after a status 500",
		Summary: "The client gives up when a metadata document of the authorization server is answered with 500.",
		Tempts:  ids{"rfc8414-6.2/bad-documents", "mcp-2026-07-28-authorization-server-metadata/several-locations"},
		Client:  givesUpAtServerErrors,
	},
	{
		Name:    "another-user-agent",
		Role:    MCPClient,
		Allows:  "RFC 9110 section 10.1.5: User-Agent holds product identifiers that a client chooses",
		Summary: "The client names itself otherwise in every request.",
		Tempts:  ids{"mcp-2026-07-28-token-usage/authorization-header"},
		Client:  seam.Requesting(func(r *http.Request) { r.Header.Set("User-Agent", "node") }),
	},
	{
		Name:    "bearer-in-lower-case",
		Role:    MCPClient,
		Allows:  "RFC 9110 section 11.1: the name of an authentication scheme is case-insensitive",
		Summary: "The client writes bearer before its token.",
		Tempts:  ids{"rfc6750-2.1/client-uses-header", "mcp-2026-07-28-token-usage/authorization-header", "mcp-2025-11-25-token-requirements/every-request", "mcp-2026-07-28-token-handling/own-issuer-only"},
		Client: seam.Requesting(func(r *http.Request) {
			if token, isBearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); isBearer {
				r.Header.Set("Authorization", "bearer "+token)
			}
		}),
	},
	{
		Name:    "asks-before-it-speaks",
		Role:    MCPClient,
		Allows:  "MCP 2025-11-25, Listening for Messages from the Server: a client may send GET to the endpoint",
		Summary: "The client sends a GET without a token before its first message.",
		Tempts:  ids{"mcp-2026-07-28-token-usage/authorization-header", "mcp-2025-11-25-token-requirements/every-request"},
		Client:  asksFirst,
	},
	{
		Name:    "metadata-fetched-twice",
		Role:    MCPClient,
		Allows:  "RFC 9111 section 2: storing a response for later requests is optional",
		Summary: "The client fetches each metadata document twice.",
		Tempts:  ids{"rfc9728-5.2/refetch", "mcp-2026-07-28-authorization-server-metadata/path-issuer-order"},
		Client: seam.SendingBefore(func(base http.RoundTripper, r *http.Request) error {
			if !seam.AsksMetadata(r) || r.Method != http.MethodGet {
				return nil
			}
			response, err := base.RoundTrip(r.Clone(r.Context()))
			if err != nil {
				return err
			}
			return response.Body.Close()
		}),
	},
	{
		Name:    "another-redirect-path",
		Role:    MCPClient,
		Allows:  "RFC 8252 section 7.3: http://127.0.0.1:{port}/{path}",
		Summary: "The client takes answers at a path of several segments.",
		Tempts:  ids{"rfc8252-8.3/no-localhost", "mcp-2026-07-28-open-redirection/registered-redirect", "mcp-2026-07-28-communication-security/redirect-uris"},
		Client:  redirectedTo("http://127.0.0.1/oauth/of-this-client/done"),
	},
	{
		Name:    "localhost-by-name",
		Role:    MCPClient,
		Allows:  "RFC 8252 section 8.3: the use of localhost is NOT RECOMMENDED",
		Summary: "The redirect URI of the client is at localhost.",
		Tempts:  ids{"mcp-2026-07-28-communication-security/redirect-uris", "oauth-2.1-communication-security/client-https", "mcp-2026-07-28-open-redirection/registered-redirect"},
		Departs: ids{"rfc8252-8.3/no-localhost"},
		Client:  redirectedTo("http://localhost/callback"),
	},
	{
		Name:    "page-with-its-own-script",
		Role:    MCPClient,
		Allows:  "RFC 6749 section 3.1.2.5: the client SHOULD NOT include third-party scripts",
		Summary: "The page at the redirect URI is HTML and closes its window by a script of the client.",
		Tempts:  ids{"rfc6749-3.1.2.5/no-third-party-scripts", "rfc9700-4.2.4/client-no-third-party"},
		Client: seam.Showing(func(string) string {
			return `<!doctype html><html lang="en"><head><style>p{margin:2em}</style></head><body><p>Done.</p><script>window.close()</script></body></html>`
		}),
	},
	{
		Name:    "token-renewed-at-once",
		Role:    MCPClient,
		Allows:  "RFC 6749 section 1.5: a refresh token is used when the access token becomes invalid or expires, or for more tokens",
		Summary: "The client refreshes its first token before it uses it.",
		Tempts:  ids{"rfc6749-4.1.3/client-parameters", "rfc6749-2.3/client-one-method", "rfc6749-3.2.1/client-sends-id", "rfc7636-4.5/verifier-sent", "rfc6749-4.1.3/client-redirect-uri", "mcp-2026-07-28-authorization-code-protection/pkce"},
		Client:  renewsAtOnce,
	},
	{
		Name:    "refresh-tokens-not-used",
		Role:    MCPClient,
		Allows:  "RFC 6749 section 1.5: refresh tokens are optional, and nothing binds a client to use one",
		Summary: "The client lets its refresh tokens be, and asks the person again.",
		Tempts:  ids{"rfc6749-6/client-parameters", "rfc6749-6/client-replaces", "rfc6749-6/client-scope", "mcp-2026-07-28-refresh-tokens/not-presumed", "mcp-2026-07-28-refresh-tokens/grant-type-listed"},
		Without: ids{"refreshes"},
		Client:  seam.Reading(seam.IsTokenRequest, func(_ *http.Request, tokens map[string]any) { delete(tokens, "refresh_token") }),
	},
})

func withoutOfflineAccess(q url.Values) {
	q.Set("scope", strings.Join(slices.DeleteFunc(strings.Fields(q.Get("scope")), func(name string) bool { return name == "offline_access" }), " "))
	q.Del("prompt")
}

// unless leaves a text out on a condition.
func unless(left bool, text string) string {
	if left {
		return ""
	}
	return text
}

// unregistered keeps tokens, and forgets registrations.
type unregistered struct{ oauthclient.Store }

// Load implements oauthclient.Store.
func (u unregistered) Load() (oauthclient.Saved, error) {
	saved, err := u.Store.Load()
	saved.Registrations = nil
	return saved, err
}

// forgetful keeps nothing.
type forgetful struct{ oauthclient.Store }

// Load implements oauthclient.Store.
func (f forgetful) Load() (oauthclient.Saved, error) {
	saved, err := f.Store.Load()
	saved.Registrations, saved.Tokens = nil, nil
	return saved, err
}

// redirectedTo has the client take its answers elsewhere.
func redirectedTo(uri string) func(*seam.Client) {
	return seam.Configuring(func(config *oauthclient.HandlerConfig) {
		if len(config.Credentials) == 0 && config.MetadataURL == "" { // Else it was registered elsewhere.
			config.RedirectURI = uri
		}
	})
}

// asksFirst sends a GET ahead of the first message.
func asksFirst(c *seam.Client) {
	asked := false
	seam.SendingBefore(func(base http.RoundTripper, r *http.Request) error {
		if asked || !seam.CallsTools(r) {
			return nil
		}
		asked = true
		ahead := r.Clone(r.Context())
		ahead.Method, ahead.Body, ahead.ContentLength, ahead.GetBody = http.MethodGet, nil, 0, nil
		ahead.Header = http.Header{"Accept": {"text/event-stream"}}
		response, err := base.RoundTrip(ahead)
		if err != nil {
			return err
		}
		return response.Body.Close()
	})(c)
}

// renewsAtOnce takes the first token that can be refreshed for an expired one.
func renewsAtOnce(c *seam.Client) {
	renewed := false
	seam.Reading(seam.IsTokenRequest, func(_ *http.Request, tokens map[string]any) {
		if seam.Text(tokens, "refresh_token") != "" && !renewed {
			renewed = true
			tokens["expires_in"] = 1
		}
	})(c)
}

// givesUpAtServerErrors takes no other document once one was answered with 500.
func givesUpAtServerErrors(c *seam.Client) {
	var failed atomic.Bool
	seam.Seeing(seam.AsksServer, func(_ *http.Request, response *http.Response) {
		if failed.Load() {
			seam.Answer(response, http.StatusInternalServerError, "")
		}
		if response.StatusCode >= http.StatusInternalServerError {
			failed.Store(true)
		}
	})(c)
}
