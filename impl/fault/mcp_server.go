package fault

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/generated/resourceserver"
	"github.com/grantproof/grantproof/impl/bearer"
	"github.com/grantproof/grantproof/impl/mcpserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/token"
)

var _ = add([]Fault{
	{
		Name:     "mcp-notification-without-token",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "access-token-privilege/before-processing"},
		Summary:  "Notifications require no token.",
		Request:  anonymously(sending(func(method string) bool { return strings.HasPrefix(method, "notifications/") })),
		Rules:    sessionsOfAll,
	},
	{
		Name:     "mcp-handshake-without-token",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "access-token-privilege/before-processing"},
		Summary:  "The messages initialize, server/discover and ping require no token.",
		Request: anonymously(sending(func(method string) bool {
			return method == "initialize" || method == "server/discover" || method == "ping"
		})),
		Rules: sessionsOfAll,
	},
	{
		Name:     "mcp-lists-for-any-token",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "access-token-privilege/before-processing"},
		Summary:  "Listing the tools accepts any token, even an invalid one.",
		Request: withToken(func(r *http.Request) bool {
			return r.Header.Get("Authorization") != "" && sending(func(method string) bool { return method == "tools/list" })(r)
		}),
		Rules: sessionsOfAll,
	},
	{
		Name:     "origin-not-checked",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "streamable-http/origin-validated"},
		Summary:  "The MCP server accepts requests with any Origin.",
		Request:  func(r *http.Request) { r.Header.Del("Origin") },
	},
	{
		Name:     "scopes-one-by-one",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "runtime-insufficient-scope/operation-scopes", mcpSpec + "runtime-insufficient-scope/single-challenge", "mcp-2025-11-25-runtime-insufficient-scope/current-request"},
		Summary:  "A challenge names one missing scope at a time.",
		Rules: func(in rule.Replaced) {
			held := mcpserver.ChallengedScope.In(in)
			mcpserver.ChallengedScope.Replace(in, func(needed, missing token.Scope) token.Scope {
				if len(missing) > 0 {
					return missing[:1]
				}
				return held(needed, missing)
			})
		},
	},
	{
		Name:     "every-scope-challenged",
		Role:     MCPServer,
		Violates: ids{"mcp-security-scope-minimization/precise-challenges"},
		Summary:  "A challenge names every scope of the server.",
		Rules:    seam.Instead(mcpserver.ChallengedScope, func(token.Scope, token.Scope) token.Scope { return everyToolsScope }),
	},
	{
		Name:     "scopes-of-challenge-vary",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "scope-selection-strategy/consistent-scopes"},
		Summary:  "Identical messages get challenges with different scopes.",
		Rules:    seam.Instead(mcpserver.ChallengedScope, func(needed, _ token.Scope) token.Scope { return append(slices.Clone(needed), "tasks:"+token.NewID()) }),
	},
	{
		Name:     "reduced-token-refused",
		Role:     MCPServer,
		Violates: ids{"mcp-security-scope-minimization/reduced-tokens"},
		Summary:  "A token is refused unless it has every scope.",
		Rules: seam.Instead(bearer.Covers, func(_ *realm.Realm, granted token.Scope, _ string) bool {
			return len(everyToolsScope.Within(granted)) == len(everyToolsScope)
		}),
	},
	{
		Name:     "scope-hierarchy-ignored",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "step-up/scope-hierarchies"},
		Summary:  "A scope that includes another one is not accepted in its place.",
		Rules:    seam.Instead(bearer.Covers, func(_ *realm.Realm, granted token.Scope, needed string) bool { return granted.Has(needed) }),
	},
	{
		Name:     "token-for-tools-alone",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "access-token-privilege/before-processing", "mcp-security-state-handle-hijacking/inbound-verified"},
		Summary:  "Only tool calls require a token.",
		Request: anonymously(func(r *http.Request) bool {
			return !sending(func(method string) bool { return method == "tools/call" })(r)
		}),
	},
	{
		Name:     "stream-without-token",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "access-token-privilege/before-processing"},
		Summary:  "Only POST requires a token.",
		Request:  anonymously(func(r *http.Request) bool { return r.Method != http.MethodPost }),
	},
	{
		Name:     "token-not-required",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "error-handling/missing-token-401", mcpSpec + "access-token-privilege/no-data"},
		Summary:  "A request without a token is served.",
		Request:  anonymously(func(*http.Request) bool { return true }),
	},
	{
		Name:     "session-of-another",
		Role:     MCPServer,
		Violates: ids{"mcp-security-state-handle-hijacking/handle-bound"},
		Summary:  "Any token opens every session.",
		Rules:    sessionsOfAll,
	},
	{
		Name:     "session-authenticates",
		Role:     MCPServer,
		Violates: ids{"mcp-security-state-handle-hijacking/handle-no-authentication"},
		Summary:  "A session id replaces the token.",
		Request:  withToken(func(r *http.Request) bool { return r.Header.Get("Mcp-Session-Id") != "" }),
		Rules:    sessionsOfAll,
	},
	{
		Name:     "token-passed-through",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "token-handling/no-transit"},
		Summary:  "The MCP server passes the client's token through to the API.",
		Rules: seam.Instead(mcpserver.UpstreamClient, func(_ resourceserver.HttpRequestDoer, received string) resourceserver.HttpRequestDoer {
			return passesOn(received)
		}),
	},
	{
		Name:     "mcp-introspection-refused",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "token-handling/validated"},
		Summary:  "Tokens that must be introspected are refused.",
		Rules: seam.Instead(bearer.Introspected, func(bearer.Resource, oauth.IntrospectionResponse) (token.Access, error) {
			return token.Access{}, errRefused
		}),
	},
	{
		Name:     "mcp-audience-compared-exactly",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "canonical-server-uri/upper-case-audience"},
		Summary:  "The MCP server compares the host of the audience case-sensitively.",
		Rules: verifying(func(v *verified) {
			if audience, err := claimsOf(v.raw).GetAudience(); err == nil && !v.introspects() && !slices.Contains(audience, v.at.Identifier) {
				v.err = errRefused
			}
		}),
	},
	{
		Name:     "mcp-audience-not-checked",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "token-handling/audience", "mcp-security-token-passthrough/no-foreign-tokens"},
		Summary:  "The MCP server accepts a token for another resource.",
		Rules:    checks{audience: true}.leftOut(),
	},
	{
		Name:     "mcp-expiry-not-checked",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "token-handling/invalid-token-401"},
		Summary:  "The MCP server accepts an expired token.",
		Rules:    checks{expiry: true}.leftOut(),
	},
	{
		Name:     "mcp-issuer-not-checked",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "token-handling/validated"},
		Summary:  "The MCP server accepts a token of any issuer if the key fits.",
		Rules:    checks{issuer: true}.leftOut(),
	},
	{
		Name:     "mcp-signature-not-checked",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "token-handling/validated", mcpSpec + "token-handling/invalid-token-401"},
		Summary:  "The MCP server accepts a token without verifying its signature.",
		Rules:    checks{signature: true}.leftOut(),
	},
	{
		Name:     "mcp-token-in-query-accepted",
		Role:     MCPServer,
		Violates: ids{"oauth-2.1-bearer-token-requests/query-ignored"},
		Summary:  "The MCP server accepts a token in the query of the URL.",
		Request:  fromQuery,
	},
	{
		Name:     "mcp-token-type-not-checked",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "token-handling/validated"},
		Summary:  "The MCP server accepts any JWT of the issuer as an access token.",
		Rules:    checks{typ: true}.leftOut(),
	},
	{
		Name:     "refusal-as-result",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "error-handling/missing-token-401"},
		Summary:  "A message without a token gets status 200 and a JSON-RPC error.",
		Answer: seam.OnUnauthorized(func(r *seam.Response) {
			seam.As(http.StatusOK, `{"jsonrpc":"2.0","id":1,"error":{"code":-32001,"message":"unauthorized"}}`)(r)
		}),
	},
	{
		Name:     "mcp-challenge-missing",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "token-handling/error-response"},
		Summary:  "A message without a token gets 401 and no challenge.",
		Answer:   seam.OnUnauthorized(func(r *seam.Response) { r.Header.Del("WWW-Authenticate") }),
	},
	{
		Name:     "mcp-challenge-without-scope",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "scope-selection-strategy/scope-in-challenge"},
		Summary:  "The challenge to a message without a token names no scope.",
		Answer:   seam.OnUnauthorized(func(r *seam.Response) { seam.OnChallenge(seam.WithoutParameter("scope"))(nil, r) }),
	},
	{
		Name:     "step-up-not-explained",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "runtime-insufficient-scope/challenge-members"},
		Summary:  "The 403 response to a tool call has a challenge without parameters.",
		Answer: func(_ *http.Request, r *seam.Response) {
			if r.Status == http.StatusForbidden {
				seam.OnChallenge(func(string) string { return `Bearer error="insufficient_scope"` })(nil, r)
			}
		},
	},
	{
		Name:     "offline-access-wanted",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "refresh-tokens/no-offline-access"},
		Summary:  "Challenges and metadata list offline_access.",
		Answer: func(r *http.Request, response *seam.Response) {
			seam.OnChallenge(func(challenge string) string {
				return strings.Replace(challenge, `scope="`, `scope="offline_access `, 1)
			})(r, response)
			seam.OnMetadata(seam.With("scopes_supported", []string{"tasks:read", "offline_access"}))(r, response)
		},
	},
	{
		Name:     "omnibus-scope",
		Role:     MCPServer,
		Violates: ids{"mcp-security-scope-minimization/no-omnibus-scopes"},
		Summary:  "The metadata lists a scope that grants everything.",
		Answer:   seam.OnMetadata(seam.With("scopes_supported", []string{"*", "all", "full-access"})),
	},
	{
		Name:     "slash-unknown",
		Role:     MCPServer,
		Violates: ids{"documented-mcp/slash"},
		Summary:  "The URL of the MCP server with a trailing slash is not found.",
		Answer: func(r *http.Request, response *seam.Response) {
			if strings.HasSuffix(r.URL.Path, "/mcp/") {
				seam.As(http.StatusNotFound, `{"error":"not_found"}`)(response)
			}
		},
	},
	{
		Name:     "handles-counted",
		Role:     MCPServer,
		Violates: ids{"mcp-security-state-handle-hijacking/handle-random"},
		Summary:  "Session ids are sequential numbers.",
		Edits: func() (func(*http.Request), func(*http.Request, *seam.Response)) {
			given := 0
			var mu sync.Mutex
			return nil, func(_ *http.Request, r *seam.Response) {
				mu.Lock()
				defer mu.Unlock()
				if r.Header.Get("Mcp-Session-Id") != "" {
					given++
					r.Header.Set("Mcp-Session-Id", "session-"+strconv.Itoa(given))
				}
			}
		},
	},
	{
		Name:     "mcp-padded-token-accepted",
		Role:     MCPServer,
		Violates: ids{mcpSpec + "token-handling/invalid-token-401"},
		Summary:  "The MCP server ignores padding at the end of a token.",
		Request:  withoutPadding,
	},
})
