package variant

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/modelcontextprotocol/go-sdk/mcp"

	"github.com/grantproof/grantproof/impl/mcpserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/token"
)

const beforeProcessing = "mcp-2026-07-28-access-token-privilege/before-processing"

var _ = add([]Variant{
	{
		Name:    "no-sessions",
		Role:    MCPServer,
		Allows:  "MCP 2025-11-25, Session Management: a server may assign a session at initialization",
		Summary: "The MCP server assigns no sessions.",
		Tempts:  ids{"mcp-security-state-handle-hijacking/handle-bound", "mcp-security-state-handle-hijacking/handle-random", "mcp-security-state-handle-hijacking/handle-no-authentication"},
		Without: ids{"sessions"},
		Rules:   seam.Instead(mcpserver.KeepsSessions, func(string) bool { return false }),
	},
	{
		Name:    "sessions-bound-to-the-client",
		Role:    MCPServer,
		Allows:  "MCP Security Best Practices, Session Hijacking: session IDs are bound to user-specific information",
		Summary: "A session belongs to a user at one client.",
		Tempts:  ids{"mcp-security-state-handle-hijacking/handle-bound"},
		Rules: seam.Instead(mcpserver.SessionOwner, func(in *realm.Realm, access token.Access) string {
			return in.ID + " " + access.Subject + " " + access.ClientID
		}),
	},
	{
		Name:    "answers-as-event-streams",
		Role:    MCPServer,
		Allows:  "MCP 2025-11-25, Sending Messages to the Server: the answer to a request is one JSON object or an SSE stream",
		Summary: "The MCP server answers requests by event streams.",
		Tempts:  ids{"mcp-2026-07-28-token-handling/validated", beforeProcessing},
		Answer:  streamed(""),
	},
	{
		Name:    "event-streams-with-comments",
		Role:    MCPServer,
		Allows:  "HTML, section 9.2.6 (server-sent events): lines that begin with a colon are comments, and id and retry are fields",
		Summary: "The event streams of the MCP server have comments, ids, a retry time and CRLF.",
		Tempts:  ids{"mcp-2026-07-28-token-handling/validated", beforeProcessing},
		Answer:  streamed(": here it comes\r\n\r\nretry: 3000\r\nid: 1\r\n\r\n"),
	},
	{
		Name:    "get-not-offered",
		Role:    MCPServer,
		Allows:  "MCP 2025-11-25, Listening for Messages from the Server: a server that offers no stream answers GET with 405",
		Summary: "GET and DELETE get 405, whoever asks.",
		Tempts:  ids{beforeProcessing, "mcp-2026-07-28-error-handling/missing-token-401"},
		Answer:  otherMethods(http.StatusMethodNotAllowed),
	},
	{
		Name:    "get-not-found",
		Role:    MCPServer,
		Allows:  "RFC 9110 section 15.5.4: an origin server may hide a forbidden resource by 404; MCP 2025-11-25 has 405 for those who may ask",
		Summary: "GET and DELETE without a token get 404.",
		Tempts:  ids{beforeProcessing, "mcp-2026-07-28-error-handling/missing-token-401"},
		Answer: func(r *http.Request, response *seam.Response) {
			if r.Header.Get("Authorization") == "" {
				otherMethods(http.StatusNotFound)(r, response)
			}
		},
	},
	{
		Name:    "granted-scopes-challenged-again",
		Role:    MCPServer,
		Allows:  "MCP 2025-11-25, Runtime Insufficient Scope Errors: existing relevant scopes may be included with the newly required ones",
		Summary: "A challenge for more scopes names those that the token of most clients has as well.",
		Tempts:  ids{"mcp-2026-07-28-runtime-insufficient-scope/operation-scopes", "mcp-2026-07-28-runtime-insufficient-scope/single-challenge", "mcp-2026-07-28-scope-selection-strategy/consistent-scopes"},
		Departs: ids{"mcp-security-scope-minimization/precise-challenges"},
		Rules: seam.Instead(mcpserver.ChallengedScope, func(needed, _ token.Scope) token.Scope {
			return slices.Compact(slices.Sorted(slices.Values(append(token.Scope{"tasks:read"}, needed...))))
		}),
	},
	{
		Name:    "challenged-scope-not-listed",
		Role:    MCPServer,
		Allows:  "MCP 2026-07-28, Scope Selection Strategy: challenged scopes need no set relation to scopes_supported",
		Summary: "The scopes_supported of the metadata are others than those of the challenges.",
		Tempts:  ids{"mcp-2026-07-28-scope-selection-strategy/scope-in-challenge", "mcp-2026-07-28-scope-selection-strategy/consistent-scopes"},
		Answer:  seam.OnMetadata(seam.With("scopes_supported", []string{"user:read"})),
	},
	{
		Name:    "headers-of-a-browser-api",
		Role:    MCPServer,
		Allows:  "Fetch section 3.2.3: a server may opt in to CORS for its responses",
		Summary: "Every answer of the MCP server has headers for scripts of other origins.",
		Tempts:  ids{"mcp-2026-07-28-streamable-http/origin-validated", "mcp-2026-07-28-error-handling/missing-token-401"},
		Answer: func(_ *http.Request, r *seam.Response) {
			r.Header.Set("Access-Control-Allow-Origin", "https://app.example")
			r.Header.Set("Access-Control-Expose-Headers", "WWW-Authenticate, Mcp-Session-Id")
			r.Header.Add("Vary", "Origin")
		},
	},
	{
		Name:    "tool-errors-in-other-words",
		Role:    MCPServer,
		Allows:  "MCP 2025-11-25, Tools: the text of a result is for the model, and _meta is free",
		Summary: "Results of tools have _meta, annotations and a second text.",
		Tempts:  ids{"mcp-2026-07-28-token-handling/validated"},
		Rules:   seam.Instead(mcpserver.Results, adorned),
	},
})

// adorned gives the results of tools more than is needed.
func adorned(sound mcp.MethodHandler) mcp.MethodHandler {
	return func(ctx context.Context, method string, request mcp.Request) (mcp.Result, error) {
		result, err := sound(ctx, method, request)
		if called, ok := result.(*mcp.CallToolResult); ok && called != nil {
			more := *called
			more.Meta = mcp.Meta{"example.com/took": 3}
			more.Content = append(slices.Clone(called.Content), &mcp.TextContent{Text: "That is all."})
			return &more, err
		}
		return result, err
	}
}

// streamed answers requests by an event stream that begins with some lines.
func streamed(first string) func(*http.Request, *seam.Response) {
	return func(r *http.Request, response *seam.Response) {
		if r.Method != http.MethodPost || response.Status != http.StatusOK || !strings.Contains(r.Header.Get("Accept"), "text/event-stream") || !strings.HasPrefix(response.Header.Get("Content-Type"), "application/json") {
			return
		}
		response.Header.Del("Content-Length")
		response.Header.Set("Content-Type", "text/event-stream")
		response.Body = []byte(first + "event: message\ndata: " + strings.TrimSpace(string(response.Body)) + "\n\n")
	}
}

// otherMethods answers all but messages with a status.
func otherMethods(status int) func(*http.Request, *seam.Response) {
	return func(r *http.Request, response *seam.Response) {
		if strings.HasPrefix(r.URL.Path, realm.MCPEndpoint) && r.Method != http.MethodPost {
			response.Header.Del("WWW-Authenticate")
			response.Header.Set("Allow", "POST")
			seam.As(status, "")(response)
		}
	}
}
