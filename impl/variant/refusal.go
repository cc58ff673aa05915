package variant

import (
	"net/http"

	"github.com/grantproof/grantproof/impl/bearer"
	"github.com/grantproof/grantproof/impl/seam"
)

var (
	_ = add(refusals(ResourceServer, ""))
	_ = add(refusals(MCPServer, "mcp-"))
	_ = add([]Variant{
		{
			Name:    "hidden-beyond-the-scope",
			Role:    ResourceServer,
			Allows:  "RFC 6750 section 3.1: 403 for insufficient_scope is a SHOULD; RFC 9110 section 15.5.4: an origin server may hide a forbidden resource by 404",
			Summary: "A token without the required scope gets 404 instead of 403, with the same challenge.",
			Tempts:  ids{"rfc6750-3.1/insufficient-scope", "rfc6749-7/scope-covers", "rfc9068-4/claims-used"},
			Without: ids{"documented"},
			Departs: ids{"rfc6750-3.1/insufficient-scope"},
			Answer: func(_ *http.Request, r *seam.Response) {
				if r.Status == http.StatusForbidden {
					seam.As(http.StatusNotFound, `{"error":"not_found"}`)(r)
				}
			},
		},
		{
			Name:    "invalid-token-gets-403",
			Role:    ResourceServer,
			Allows:  "RFC 6750 section 3.1: the status 401 for an invalid token is a SHOULD",
			Summary: "An invalid token gets 403.",
			Tempts:  ids{"rfc6749-1.5/refresh-token-opens-nothing", "rfc7519-7.2/malformed"},
			Departs: ids{"rfc6750-3.1/invalid-token", "rfc6750-3.1/revoked-token", "rfc6750-3.1/other-credentials"},
			Answer: func(_ *http.Request, r *seam.Response) {
				seam.OnError("invalid_token", func(r *seam.Response) { r.Status = http.StatusForbidden })(r)
			},
		},
		{
			Name:    "error-not-told",
			Role:    ResourceServer,
			Allows:  "RFC 6750 section 3: the error attribute is a SHOULD",
			Summary: "Refusals name no error, whatever is wrong; access tokens are opaque to the task API.",
			Tempts:  ids{"rfc6750-3/challenge"},
			Without: ids{"jwt_access_token", "documented"},
			Departs: ids{"rfc6750-3.1/invalid-token", "rfc6750-3.1/revoked-token", "rfc6750-3.1/other-credentials", "rfc6750-3.1/insufficient-scope", "rfc6750-3.1/invalid-request"},
			Rules:   seam.Instead(bearer.Introspects, func(bearer.Resource) bool { return true }),
			Answer:  silent,
		},
		{
			Name:    "mcp-error-not-told",
			Role:    MCPServer,
			Allows:  "RFC 6750 section 3: the error attribute is a SHOULD",
			Summary: "Refusals name no error, whatever is wrong.",
			Tempts:  ids{"mcp-2026-07-28-error-handling/missing-token-401", "mcp-2026-07-28-error-handling/insufficient-scope-403", "mcp-2026-07-28-token-handling/invalid-token-401", "mcp-2026-07-28-token-handling/error-response"},
			Departs: ids{"mcp-2026-07-28-runtime-insufficient-scope/challenge-members"},
			Answer:  silent,
		},
	})
)

// refusals are what the body of a refusal may be, for one role.
func refusals(role, prefix string) []Variant {
	tempted := ids{"rfc6750-3.1/invalid-token", "rfc6750-3.1/insufficient-scope", "rfc6750-3.1/invalid-request", "rfc6750-3/challenge"}
	if role == MCPServer {
		tempted = ids{"mcp-2026-07-28-error-handling/missing-token-401", "mcp-2026-07-28-token-handling/invalid-token-401", "mcp-2026-07-28-error-handling/insufficient-scope-403",
			"mcp-2026-07-28-error-handling/malformed-400", "mcp-2026-07-28-streamable-http/origin-validated"}
	}
	bodied := func(name Name, allows, summary, contentType, body string) Variant {
		return Variant{Name: Name(prefix) + name, Role: role, Allows: allows, Summary: summary, Tempts: tempted, Answer: refusedWith(contentType, body)}
	}
	const free = "RFC 6750 section 3: the error is told in the WWW-Authenticate header; no body is prescribed"
	all := []Variant{
		bodied("refusal-without-body", free, "A refusal has no body.", "", ""),
		bodied("refusal-with-a-page", free, "The body of a refusal is a page for people.", "text/html; charset=utf-8", "<!doctype html><title>Unauthorized</title><p>Sign in first.</p>"),
		bodied("refusal-with-problem-details", "RFC 9457 section 3: the body of an error may be problem details", "The body of a refusal is problem details.", "application/problem+json",
			`{"type":"about:blank","title":"Not authorized","instance":"/requests/1"}`),
		bodied("refusal-with-cookie", "RFC 6265 section 3: an origin server may set a cookie in any response", "A refusal has a text, a cookie and headers of a proxy.", "text/plain", "no\n"),
	}
	all[3].Answer = func(r *http.Request, response *seam.Response) {
		if refused(response) {
			response.Header.Set("Set-Cookie", "route=a; Path=/; HttpOnly")
			response.Header.Set("Vary", "Authorization, Origin")
			response.Header.Set("X-Request-Id", "01J9Z")
		}
		refusedWith("text/plain", "no\n")(r, response)
	}
	if role == MCPServer {
		all = append(all,
			bodied("refusal-as-json-rpc", "MCP 2025-11-25, Transports: the body may be a JSON-RPC error response that has no id", "The body of a refusal is a JSON-RPC error without id.",
				"application/json", `{"jsonrpc":"2.0","error":{"code":-32001,"message":"not authorized"}}`),
			bodied("refusal-as-json-rpc-with-null", "JSON-RPC 2.0 section 5: id is null where the id of the request was not detected", "The body of a refusal is a JSON-RPC error with id null.",
				"application/json", `{"jsonrpc":"2.0","id":null,"error":{"code":-32001,"message":"not authorized","data":null}}`))
	}
	return all
}

// refused tells the answers of the gate of a protected resource.
func refused(r *seam.Response) bool {
	return r.Header.Get("WWW-Authenticate") != "" || r.Status == http.StatusUnauthorized || r.Status == http.StatusForbidden
}

// refusedWith gives refusals another body; an empty one is none.
func refusedWith(contentType, body string) func(*http.Request, *seam.Response) {
	return func(_ *http.Request, r *seam.Response) {
		if !refused(r) {
			return
		}
		if r.Header.Del("Content-Length"); body == "" {
			r.Header.Del("Content-Type")
		} else {
			r.Header.Set("Content-Type", contentType)
		}
		r.Body = []byte(body)
	}
}

// silent tells no error in a refusal.
func silent(r *http.Request, response *seam.Response) {
	if !refused(response) {
		return
	}
	seam.OnChallenge(func(challenge string) string {
		return seam.WithoutParameter("error_description")(seam.WithoutParameter("error")(challenge))
	})(r, response)
	refusedWith("", "")(r, response)
}
