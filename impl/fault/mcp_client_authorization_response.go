package fault

import (
	"github.com/grantproof/grantproof/impl/seam"
	"net/http"
	"net/url"
)

var _ = add([]Fault{
	{
		Name:     "iss-ignored",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "authorization-response-validation/iss-compared", mcpSpec + "authorization-response-validation/iss-missing", mcpSpec + "authorization-response-validation/iss-unadvertised", mcpSpec + "authorization-response-validation/iss-not-normalized", mcpSpec + "authorization-response-validation/iss-in-error-checked", mcpSpec + "authorization-response-validation/iss-before-token", "rfc9207-2.4/mismatch-rejected", "rfc9207-2.4/simple-comparison", "rfc9207-2.4/compared-with-metadata", "rfc9700-4.4.2.1/issuer-compared", "rfc9700-2.1/mix-up", "oauth-2.1-preventing-mix-up-attacks/same-issuer", "mcp-security-mix-up-attacks/bound-to-issuer", "rfc9207-2.4/missing-rejected", "rfc9207-2.4/iss-extracted", "rfc9207-2.4/error-not-trusted", "rfc9700-2.1/mix-up-by-issuer", "rfc9207-4/contradicting-issuers"},
		Summary:  "The client does not check iss in the authorization response.",
		Client: seam.Together(
			seam.Returning(seam.Dropping("iss")),
			seam.Reading(seam.AsksServer, func(_ *http.Request, metadata map[string]any) {
				delete(metadata, "authorization_response_iss_parameter_supported")
			}),
		),
	},
	{
		Name:     "iss-demanded",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "authorization-response-validation/no-iss-proceeds"},
		Summary:  "The client demands an iss that the server does not advertise.",
		Client: seam.Returning(func(q url.Values) {
			if !q.Has("iss") {
				q.Set("state", "not mine")
			}
		}),
	},
	{
		Name:     "state-ignored",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "open-redirection/state-verified"},
		Summary:  "The client does not check state.",
		Client: func(c *seam.Client) {
			state := ""
			seam.Authorizing(func(q url.Values) { state = q.Get("state") })(c)
			seam.Returning(func(q url.Values) { q.Set("state", state) })(c)
		},
	},
	{
		Name:     "iss-not-decoded",
		Role:     MCPClient,
		Violates: ids{"rfc9207-2.4/iss-decoded"},
		Summary:  "The client compares iss without URL-decoding it.",
		Client: seam.Returning(func(q url.Values) {
			if q.Has("iss") {
				q.Set("iss", url.QueryEscape(q.Get("iss")))
			}
		}),
	},
	{
		Name:     "callback-left-open",
		Role:     MCPClient,
		Violates: ids{"rfc8252-8.3/port-open-briefly", "oauth-2.1-loopback-redirect-considerations/port-open-briefly", "rfc9700-4.2.4/state-once"},
		Summary:  "The client keeps listening at its redirect URI after the response.",
		Client:   seam.LeavingOpen,
	},
	{
		Name:     "foreign-script-shown",
		Role:     MCPClient,
		Violates: ids{"rfc6749-3.1.2.5/no-third-party-scripts", "rfc9700-4.2.4/client-no-third-party"},
		Summary:  "The page at the redirect URI loads a third-party script.",
		Client:   seam.Showing(func(page string) string { return page + `<script src="https://other.example/count.js"></script>` }),
	},
	{
		Name:     "missing-state-accepted",
		Role:     MCPClient,
		Violates: ids{"mcp-2026-07-28-open-redirection/state-verified"},
		Summary:  "The client accepts an authorization response without state.",
		Client: func(c *seam.Client) {
			state := ""
			seam.Authorizing(func(q url.Values) { state = q.Get("state") })(c)
			seam.Returning(func(q url.Values) {
				if !q.Has("state") {
					q.Set("state", state)
				}
			})(c)
		},
	},
})
