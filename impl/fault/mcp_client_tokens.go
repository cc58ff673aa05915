package fault

import (
	"cmp"
	"github.com/grantproof/grantproof/impl/seam"
	"net/http"
	"strings"
	"sync/atomic"
	"time"
)

var _ = add([]Fault{
	{
		Name:     "token-in-request-url",
		Role:     MCPClient,
		Violates: ids{"mcp-2026-07-28-token-usage/not-in-query", "rfc9700-4.3.2/not-sent-in-query", "oauth-2.1-bearer-token-requests/header-or-body", "oauth-2.1-no-tokens-in-page-urls/not-in-url", "rfc6750-2.3/query-discouraged", "rfc6750-2/one-method"},
		Summary:  "The client also puts its token into the URL.",
		Client:   withBearer(func(r *http.Request, token string) { addToQuery(r, "access_token", token) }),
	},
	{
		Name:     "token-not-in-header",
		Role:     MCPClient,
		Violates: ids{"mcp-2026-07-28-token-usage/authorization-header", "rfc6750-2.1/client-uses-header"},
		Summary:  "The client sends its token in a custom header instead of Authorization.",
		Client: withBearer(func(r *http.Request, token string) {
			r.Header.Del("Authorization")
			r.Header.Set("X-Token", token)
		}),
	},
	{
		Name:     "token-once-a-session",
		Role:     MCPClient,
		Violates: ids{"mcp-2025-11-25-token-requirements/every-request"},
		Summary:  "The client sends its token only with the first request of a session.",
		Client: seam.Requesting(func(r *http.Request) {
			if r.Header.Get("Mcp-Session-Id") != "" {
				r.Header.Del("Authorization")
			}
		}),
	},
	{
		Name:     "refused-token-kept",
		Role:     MCPClient,
		Violates: ids{"documented-client/retry-once", "oauth-2.1-token-endpoint-response/early-expiry"},
		Summary:  "The client does not replace a refused token.",
		Client: seam.Seeing(func(*http.Request) bool { return true }, func(_ *http.Request, response *http.Response) {
			if response.StatusCode == http.StatusUnauthorized {
				response.StatusCode = http.StatusForbidden
			}
		}),
	},
	{
		Name:     "token-for-every-call",
		Role:     MCPClient,
		Violates: ids{"documented-client/token-kept"},
		Summary:  "The client requests a new token for every call.",
		Client: seam.Timed(func(now func() time.Time) func() time.Time {
			var looks atomic.Int64
			return func() time.Time { return now().Add(time.Duration(looks.Add(1)) * 24 * time.Hour) }
		}),
	},
	{
		Name:     "expired-token-kept",
		Role:     MCPClient,
		Violates: ids{"documented-client/token-renewed"},
		Summary:  "The client uses an expired token until it is refused.",
		Client: seam.Timed(func(now func() time.Time) func() time.Time {
			stopped := now()
			return func() time.Time { return stopped }
		}),
	},
	{
		Name:     "first-token-shown-again",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "token-handling/own-issuer-only"},
		Summary:  "The client sends its first token to every MCP server.",
		Client: func(c *seam.Client) {
			first := ""
			seam.Reading(seam.IsTokenRequest, func(_ *http.Request, tokens map[string]any) { first = cmp.Or(first, seam.Text(tokens, "access_token")) })(c)
			seam.Requesting(func(r *http.Request) {
				if r.Header.Get("Authorization") != "" && seam.CallsTools(r) {
					r.Header.Set("Authorization", "Bearer "+first)
				}
			})(c)
		},
	},
	{
		Name:     "access-token-shown",
		Role:     MCPClient,
		Violates: ids{"rfc6749-10.3/client-confidential", "rfc6750-5.3/not-leaked"},
		Summary:  "The client sends its access token with metadata requests.",
		Client: func(c *seam.Client) {
			newest := ""
			seam.Reading(seam.IsTokenRequest, func(_ *http.Request, tokens map[string]any) {
				newest = cmp.Or(seam.Text(tokens, "access_token"), newest)
			})(c)
			seam.Requesting(func(r *http.Request) {
				if seam.AsksMetadata(r) && newest != "" {
					r.Header.Set("X-Token", newest)
				}
			})(c)
		},
	},
	{
		Name:     "refresh-token-shown",
		Role:     MCPClient,
		Violates: ids{"rfc6749-1.5/refresh-token-to-server-only", mcpSpec + "refresh-tokens/kept-confidential"},
		Summary:  "The client sends its refresh token to the MCP server.",
		Client: func(c *seam.Client) {
			first := ""
			seam.Reading(seam.IsTokenRequest, func(_ *http.Request, tokens map[string]any) {
				first = cmp.Or(first, seam.Text(tokens, "refresh_token"))
			})(c)
			seam.Requesting(func(r *http.Request) {
				if !seam.AsksMetadata(r) && !seam.IsTokenRequest(r) && first != "" {
					r.Header.Set("X-Refresh-Token", first)
				}
			})(c)
		},
	},
	{
		Name:     "token-type-ignored",
		Role:     MCPClient,
		Violates: ids{"rfc6749-7.1/unknown-type"},
		Summary:  "The client uses a token of any token_type as a bearer token.",
		Client:   seam.Reading(seam.IsTokenRequest, func(_ *http.Request, tokens map[string]any) { tokens["token_type"] = "Bearer" }),
	},
	{
		Name:     "token-type-compared-exactly",
		Role:     MCPClient,
		Violates: ids{"rfc6749-5.1/token-type-any-case"},
		Summary:  "The client compares token_type case-sensitively.",
		Client: seam.Reading(seam.IsTokenRequest, func(_ *http.Request, tokens map[string]any) {
			if seam.Text(tokens, "token_type") != "Bearer" {
				tokens["token_type"] = "mac"
			}
		}),
	},
	{
		Name:     "opaque-token-not-used",
		Role:     MCPClient,
		Violates: ids{"oauth-2.1-access-token/not-parsed"},
		Summary:  "The client does not use an access token that it cannot parse.",
		Client: seam.Reading(seam.IsTokenRequest, func(_ *http.Request, tokens map[string]any) {
			if strings.Count(seam.Text(tokens, "access_token"), ".") != 2 {
				tokens["token_type"] = "mac"
			}
		}),
	},
	{
		Name:     "refresh-token-demanded",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "refresh-tokens/not-presumed"},
		Summary:  "The client gives up when it gets no refresh token.",
		Client: refusing(func(r *http.Request, object map[string]any) bool {
			_, renews := object["refresh_token"]
			return seam.IsTokenRequest(r) && !renews
		}),
	},
})

// withBearer edits the requests that show a token.
func withBearer(edit func(r *http.Request, token string)) func(*seam.Client) {
	return seam.Requesting(func(r *http.Request) {
		if token, isBearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer "); isBearer {
			edit(r, token)
		}
	})
}
