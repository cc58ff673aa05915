package variant

import (
	"net/http"

	"github.com/grantproof/grantproof/impl/bearer"
	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Variant{
	{
		Name:    "tokens-introspected",
		Role:    ResourceServer,
		Allows:  "RFC 7662 section 1: a protected resource may query the authorization server about a token",
		Summary: "The task API introspects every token.",
		Tempts:  ids{"rfc9068-4/valid-accepted", "rfc9068-4/error-code", "rfc6750-3.1/invalid-token", "rfc6750-3.1/revoked-token"},
		Without: []string{"documented"},
		Rules:   seam.Instead(bearer.Introspects, func(bearer.Resource) bool { return true }),
	},
	{
		Name:    "mcp-tokens-introspected",
		Role:    MCPServer,
		Allows:  "RFC 7662 section 1: a protected resource may query the authorization server about a token",
		Summary: "The MCP server introspects every token.",
		Tempts:  ids{"mcp-2026-07-28-token-handling/validated", "mcp-2026-07-28-token-handling/audience", "mcp-2026-07-28-token-handling/invalid-token-401"},
		Rules:   seam.Instead(bearer.Introspects, func(bearer.Resource) bool { return true }),
	},
	{
		Name:    "query-token-not-read",
		Role:    ResourceServer,
		Allows:  "RFC 6750 section 2.3: a token in the query is not used unless the resource supports it",
		Summary: "The parameter access_token of a query means nothing to the task API.",
		Tempts:  ids{"rfc9700-4.3.2/not-in-query", "rfc6750-3.1/invalid-request", "rfc6750-3.1/no-error-without-credentials"},
		Departs: ids{"rfc6750-3.1/invalid-request"},
		Request: withoutQueryToken,
	},
	{
		Name:    "mcp-query-token-not-read",
		Role:    MCPServer,
		Allows:  "RFC 6750 section 2.3: a token in the query is not used unless the resource supports it",
		Summary: "The parameter access_token of a query means nothing to the MCP server.",
		Tempts:  ids{"mcp-2026-07-28-error-handling/malformed-400", "mcp-2026-07-28-error-handling/missing-token-401"},
		Request: withoutQueryToken,
	},
	{
		Name:    "protected-answers-private",
		Role:    ResourceServer,
		Allows:  "RFC 9111 section 5.2: directives are compared case-insensitively",
		Summary: "Answers to requests with a token have Cache-Control: Private, No-Store.",
		Tempts:  ids{"rfc6750-2.3/private"},
		Answer: func(r *http.Request, response *seam.Response) {
			if response.Status == http.StatusOK {
				response.Header.Set("Cache-Control", "Private, No-Store")
			}
		},
	},
})

func withoutQueryToken(r *http.Request) {
	if query := r.URL.Query(); query.Has("access_token") {
		query.Del("access_token")
		r.URL.RawQuery = query.Encode()
	}
}
