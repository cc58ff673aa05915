package variant

import (
	"net/http"
	"strings"

	"github.com/grantproof/grantproof/impl/seam"
)

var (
	_ = add(resourceMetadata(ResourceServer, ""))
	_ = add(resourceMetadata(MCPServer, "mcp-"))
	_ = add([]Variant{
		{
			Name:    "metadata-without-authorization-servers",
			Role:    ResourceServer,
			Allows:  "RFC 9728 section 2: authorization_servers is optional",
			Summary: "The metadata of the resource names no authorization server.",
			Tempts:  ids{"rfc9728-2/authorization-servers"},
			Answer:  seam.OnMetadata(seam.Without("authorization_servers")),
		},
		{
			Name:    "mcp-metadata-not-at-the-root",
			Role:    MCPServer,
			Allows:  "MCP 2025-11-25, Protected Resource Metadata Discovery: at the path of the endpoint, or at the root",
			Summary: "The root of the host has no metadata.",
			Tempts:  ids{"mcp-2026-07-28-protected-resource-metadata/discoverable", "mcp-2026-07-28-authorization-server-location/authorization-servers"},
			Without: ids{"root_metadata"},
			Answer:  seam.On("GET", "/.well-known/oauth-protected-resource", seam.As(http.StatusNotFound, `{"error":"not_found"}`)),
		},
		{
			Name:    "mcp-metadata-not-in-401",
			Role:    MCPServer,
			Allows:  "MCP 2025-11-25, Protected Resource Metadata Discovery: the well-known URI is one of two mechanisms",
			Summary: "A 401 challenge names no resource_metadata.",
			Tempts:  ids{"mcp-2026-07-28-protected-resource-metadata/discoverable"},
			Answer: seam.OnUnauthorized(func(r *seam.Response) {
				seam.OnChallenge(seam.WithoutParameter("resource_metadata"))(nil, r)
			}),
		},
		{
			Name:    "mcp-metadata-in-no-challenge",
			Role:    MCPServer,
			Allows:  "MCP 2026-07-28, Runtime Insufficient Scope Errors: resource_metadata is among what the server SHOULD respond with",
			Summary: "No challenge names resource_metadata.",
			Tempts:  ids{"mcp-2026-07-28-protected-resource-metadata/discoverable"},
			Departs: ids{"mcp-2026-07-28-runtime-insufficient-scope/challenge-members"},
			Answer:  seam.OnChallenge(seam.WithoutParameter("resource_metadata")),
		},
		{
			Name:    "metadata-not-in-challenge",
			Role:    ResourceServer,
			Allows:  "RFC 9728 section 5: use of WWW-Authenticate to indicate metadata is optional",
			Summary: "No challenge names resource_metadata.",
			Tempts:  ids{"rfc9728-5.1/resource-metadata"},
			Without: ids{"documented"},
			Answer:  seam.OnChallenge(seam.WithoutParameter("resource_metadata")),
		},
	})
)

// resourceMetadata are the forms that the metadata of a protected resource may have,
// for one role.
func resourceMetadata(role, prefix string) []Variant {
	tempted := ids{"rfc9728-2/bearer-methods", "rfc9728-3.2/json", "rfc9728-3.2/no-empty-lists", "rfc9728-3.3/resource-identical", "rfc9728-2/no-fragment"}
	if role == MCPServer {
		tempted = append(tempted, "mcp-2026-07-28-authorization-server-location/resource-metadata", "mcp-2026-07-28-authorization-server-location/authorization-servers", "mcp-2026-07-28-refresh-tokens/no-offline-access")
	}
	edited := func(name Name, allows, summary string, edit func(*seam.Response)) Variant {
		return Variant{Name: Name(prefix) + name, Role: role, Allows: allows, Summary: summary, Tempts: tempted, Answer: seam.OnMetadata(edit)}
	}
	scopes := edited("scopes-not-listed", "RFC 9728 section 2: scopes_supported is recommended", "The metadata lists no scopes.", seam.Without("scopes_supported"))
	nameless := edited("resource-without-name", "RFC 9728 section 2: resource_name is recommended", "The metadata has no resource_name.", seam.Without("resource_name"))
	scopes.Departs, nameless.Departs = ids{"rfc9728-2/scopes-listed"}, ids{"rfc9728-2/name"}
	unsaid := edited("bearer-methods-not-listed", "RFC 9728 section 2: bearer_methods_supported is optional", "The metadata does not say how to send a token.", seam.Without("bearer_methods_supported"))
	scopes.Without, unsaid.Without = ids{"scopes_supported"}, ids{"bearer_methods_supported"}
	return []Variant{
		scopes, nameless, unsaid,
		edited("unknown-members-in-resource-metadata", "RFC 9728 section 2: additional metadata parameters may be used", "The metadata has members that no specification names.", func(r *seam.Response) {
			seam.With("x_region", map[string]any{"name": "north", "zones": []int{}, "since": nil})(r)
			seam.With("tls_client_certificate_bound_access_tokens", false)(r)
		}),
		edited("resource-name-in-languages", "RFC 9728 section 2.1: human-readable members may be represented in multiple languages", "The metadata has the name of the resource in two languages.", func(r *seam.Response) {
			seam.With("resource_name#de", "Aufgaben")(r)
			seam.With("resource_name#ja-Jpan-JP", "タスク")(r)
		}),
		edited("resource-documented", "RFC 9728 section 2: resource_documentation, resource_policy_uri and resource_tos_uri are optional", "The metadata names pages about the resource.", func(r *seam.Response) {
			for _, member := range []string{"resource_documentation", "resource_policy_uri", "resource_tos_uri"} {
				seam.With(member, "https://docs.example/tasks#"+member)(r)
			}
		}),
		edited("no-bearer-method-listed", "RFC 9728 section 2: the empty array indicates that no bearer methods are supported", "The bearer_methods_supported of the metadata is an empty list.", seam.With("bearer_methods_supported", []string{})),
		edited("more-authorization-servers-listed", "RFC 9728 section 2: authorization_servers lists those that can be used with the resource", "The metadata names a second authorization server after the first.", func(r *seam.Response) {
			if servers, _ := seam.Members(r)["authorization_servers"].([]any); len(servers) > 0 {
				seam.With("authorization_servers", append(servers, "https://other-as.example"))(r)
			}
		}),
		edited("resource-metadata-for-caches", "RFC 9110 section 8.8.3: an origin server may send an entity tag", "The metadata comes with an entity tag, a lifetime and a charset.", func(r *seam.Response) {
			r.Header.Set("Etag", `W/"1"`)
			r.Header.Set("Cache-Control", "public, max-age=3600")
			r.Header.Set("Content-Type", "application/json; charset=utf-8")
		}),
		edited("resource-metadata-indented", "RFC 8259 section 2: insignificant white space is allowed around structural characters", "The metadata is indented and ends with a line break.", func(r *seam.Response) {
			r.Body = []byte(strings.ReplaceAll(string(r.Body), `","`, "\",\r\n\t\"") + "\r\n")
		}),
		edited("metadata-type-in-capitals", "RFC 9110 section 8.3.1: the type and subtype are case-insensitive", "The media type of the metadata is written Application/JSON.", func(r *seam.Response) {
			r.Header.Set("Content-Type", "Application/JSON;Charset=\"UTF-8\"")
		}),
		edited("scopes-in-another-order", "RFC 9728 section 2: scopes_supported lists scope values that are used", "The metadata lists scopes in reverse order, and not those of every operation.", seam.With("scopes_supported", []string{"tasks:write", "tasks:read"})),
	}
}
