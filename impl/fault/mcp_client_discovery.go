package fault

import (
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Fault{
	{
		Name:     "unknown-members-disturb",
		Role:     MCPClient,
		Violates: ids{"rfc8414-3.2/unknown-ignored", "rfc9728-3.2/unknown-ignored", "rfc6749-5.1/client-ignores-unknown", "rfc6749-4.1.2/client-ignores-unknown", "rfc7591-3.2.2/unknown-members-ignored"},
		Summary:  "The client gives up when a response has an unknown member.",
		Client: seam.Together(
			seam.Returning(func(q url.Values) {
				if q.Has("unknown_member") {
					q.Set("state", "not mine")
				}
			}),
			seam.Seeing(seam.IsRegistration, func(_ *http.Request, response *http.Response) {
				if response.StatusCode >= http.StatusBadRequest {
					seam.Answer(response, response.StatusCode, "{}")
				}
			}),
			refusing(func(r *http.Request, object map[string]any) bool {
				_, unknown := object["unknown_member"]
				return unknown && (seam.AsksMetadata(r) || seam.IsTokenRequest(r))
			}),
		),
	},
	{
		Name:     "names-of-others-folded",
		Role:     MCPClient,
		Violates: ids{"rfc8414-3.2/unknown-ignored", "rfc9728-3.2/unknown-ignored", "rfc6749-5.1/client-ignores-unknown"},
		Summary:  "A member of a response in another case replaces the one that is meant.",
		Client: seam.Reading(func(r *http.Request) bool { return seam.AsksMetadata(r) || seam.IsTokenRequest(r) },
			func(_ *http.Request, object map[string]any) { fold(object) }),
	},
	{
		Name:     "resource-mismatch-accepted",
		Role:     MCPClient,
		Violates: ids{"rfc9728-3.3/mismatch-not-used", "rfc9728-3.3/challenge-resource"},
		Summary:  "The client accepts metadata of another resource.",
		Client:   seam.Reading(seam.AsksResource, func(r *http.Request, metadata map[string]any) { metadata["resource"] = described(r.URL) }),
	},
	{
		Name:     "first-authorization-server-kept",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "authorization-server-binding/registers-again", mcpSpec + "token-handling/own-issuer-only"},
		Summary:  "The client keeps using the first authorization server that it found.",
		Client: func(c *seam.Client) {
			first := ""
			seam.Reading(seam.AsksResource, func(_ *http.Request, metadata map[string]any) {
				if servers, _ := metadata["authorization_servers"].([]any); len(servers) > 0 {
					first = cmp.Or(first, fmt.Sprint(servers[0]))
					metadata["authorization_servers"] = []any{first}
				}
			})(c)
		},
	},
	{
		Name:     "resource-metadata-kept",
		Role:     MCPClient,
		Violates: ids{"rfc9728-5.2/refetch"},
		Summary:  "The client never fetches the metadata of an MCP server again.",
		Client: func(c *seam.Client) {
			kept := map[string]string{}
			seam.Reading(seam.AsksResource, func(r *http.Request, metadata map[string]any) {
				if encoded, err := json.Marshal(metadata); err == nil {
					kept[r.URL.String()] = string(encoded)
				}
			})(c)
			seam.Knowing(func(r *http.Request) (int, string) { return http.StatusOK, kept[r.URL.String()] })(c)
		},
	},
	{
		Name:     "well-known-not-asked",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "protected-resource-metadata/well-known-fallback", "rfc9728-3.1/client-inserts"},
		Summary:  "The client does not look at the well-known URL when the challenge names no metadata.",
		Client: seam.Seeing(seam.AsksResource, func(r *http.Request, response *http.Response) {
			if r.URL.RawQuery == "" {
				response.StatusCode = http.StatusNotFound
			}
		}),
	},
	{
		Name:     "broken-metadata-guessed",
		Role:     MCPClient,
		Violates: ids{"rfc8414-6.2/bad-documents"},
		Summary:  "The client guesses the endpoints when metadata is missing.",
		Client: seam.Seeing(seam.AsksServer, func(r *http.Request, response *http.Response) {
			if strings.Contains(r.URL.Path, "oauth-authorization-server") && response.StatusCode >= 500 {
				guess(r, response)
			}
		}),
	},
	{
		Name:     "openid-metadata-not-asked",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "overview/both-metadata-kinds", mcpSpec + "authorization-server-metadata/several-locations", mcpSpec + "authorization-server-metadata/path-issuer-order", mcpSpec + "authorization-server-metadata/root-issuer-locations", "rfc8414-3.1/client-inserts", "rfc9700-2.6/metadata-used"},
		Summary:  "The client looks for the metadata of RFC 8414 alone, and not for OpenID Connect Discovery.",
		Client: seam.Knowing(func(r *http.Request) (int, string) {
			if strings.Contains(r.URL.Path, "openid-configuration") {
				return http.StatusNotFound, "{}"
			}
			return 0, ""
		}),
	},
	{
		Name:     "metadata-issuer-not-compared",
		Role:     MCPClient,
		Violates: ids{"rfc8414-3.3/issuer-validated"},
		Summary:  "The client accepts metadata whose issuer differs by a trailing slash.",
		Client: seam.Reading(seam.AsksServer, func(_ *http.Request, metadata map[string]any) {
			metadata["issuer"] = strings.TrimSuffix(seam.Text(metadata, "issuer"), "/")
		}),
	},
	{
		Name:     "metadata-of-another-issuer-used",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "authorization-server-metadata/issuer-identical", "rfc8414-3.3/not-used", "rfc8414-4/code-points", "oidc-discovery-4.3/issuer-identical", "oidc-discovery-4.3/invalid-not-used"},
		Summary:  "The client accepts metadata of any issuer.",
		Client:   seam.Reading(seam.AsksServer, func(r *http.Request, metadata map[string]any) { metadata["issuer"] = described(r.URL) }),
	},
	{
		Name:     "pkce-support-not-checked",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "authorization-code-protection/support-verified", mcpSpec + "authorization-code-protection/support-verified-openid", "rfc9700-4.7.1/pkce-support-checked", "oauth-2.1-cross-site-request-forgery/method-supported"},
		Summary:  "The client goes on although the metadata does not advertise PKCE.",
		Client: seam.Reading(seam.AsksServer, func(_ *http.Request, metadata map[string]any) {
			metadata["code_challenge_methods_supported"] = []string{"S256"}
		}),
	},
	{
		Name:     "authorization-url-not-checked",
		Role:     MCPClient,
		Violates: ids{"mcp-security-authorization-url-validation/dangerous-schemes", "mcp-security-authorization-url-validation/scheme-allowed", "mcp-security-authorization-url-validation/urls-sanitized"},
		Summary:  "The client opens any URL that is named as the authorization endpoint.",
		Client: seam.Reading(seam.AsksServer, func(_ *http.Request, metadata map[string]any) {
			if !strings.HasPrefix(seam.Text(metadata, "authorization_endpoint"), "http") {
				metadata["authorization_endpoint"] = strings.Replace(seam.Text(metadata, "token_endpoint"), "/oauth/token", "/oauth/authorize", 1)
			}
		}),
	},
	{
		Name:     "defaults-of-our-own",
		Role:     MCPClient,
		Violates: ids{"rfc8414-2/defaults"},
		Summary:  "The client assumes client_secret_post when the metadata omits the authentication methods.",
		Client: seam.Reading(seam.AsksServer, func(_ *http.Request, metadata map[string]any) {
			if _, said := metadata["token_endpoint_auth_methods_supported"]; !said {
				metadata["token_endpoint_auth_methods_supported"] = []string{"client_secret_post"}
			}
		}),
	},
	{
		Name:     "metadata-document-not-used",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "overview/cimd-client", mcpSpec + "client-registration/priority"},
		Summary:  "The client registers dynamically although the server supports client metadata documents.",
		Client: seam.Reading(seam.AsksServer, func(_ *http.Request, metadata map[string]any) {
			delete(metadata, "client_id_metadata_document_supported")
		}),
	},
	{
		Name:     "metadata-document-always-used",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "client-id-metadata-documents/support-checked"},
		Summary:  "The client uses its metadata document although the server does not support it.",
		Client: seam.Reading(seam.AsksServer, func(_ *http.Request, metadata map[string]any) {
			metadata["client_id_metadata_document_supported"] = true
		}),
	},
	{
		Name:     "insecure-endpoint-used",
		Role:     MCPClient,
		Violates: ids{"mcp-security-server-side-request-forgery/https-required"},
		Summary:  "The client uses endpoints without TLS.",
		Client: seam.Reading(seam.AsksServer, func(_ *http.Request, metadata map[string]any) {
			if strings.HasPrefix(seam.Text(metadata, "token_endpoint"), "http://as.example") {
				metadata["token_endpoint"] = strings.Replace(seam.Text(metadata, "authorization_endpoint"), "/oauth/authorize", "/oauth/token", 1)
			}
		}),
	},
	{
		Name:     "metadata-by-post",
		Role:     MCPClient,
		Violates: ids{"oidc-discovery-4.1/get"},
		Summary:  "The client requests metadata by POST.",
		Client: seam.Requesting(func(r *http.Request) {
			if seam.AsksMetadata(r) {
				r.Method = http.MethodPost
			}
		}),
	},
	{
		Name:     "challenge-not-answered",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "protected-resource-metadata/answers-401", mcpSpec + "overview/discovery-by-resource"},
		Summary:  "The client gives up at a 401 challenge.",
		Client: seam.Seeing(func(*http.Request) bool { return true }, func(_ *http.Request, response *http.Response) {
			if response.StatusCode == http.StatusUnauthorized && response.Header.Get("WWW-Authenticate") != "" {
				response.StatusCode = http.StatusForbidden
				response.Header.Del("WWW-Authenticate")
			}
		}),
	},
	{
		Name:     "challenged-metadata-ignored",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "protected-resource-metadata/challenge-first"},
		Summary:  "The client does not fetch the metadata that a challenge names.",
		Client:   seam.Challenged(func(_ int, challenge string) string { return seam.WithoutParameter("resource_metadata")(challenge) }),
	},
	{
		Name:     "challenged-scope-ignored",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "scope-selection-strategy/selection-order", mcpSpec + "scope-selection-strategy/challenge-authoritative", mcpSpec + "scope-selection-strategy/no-set-relation", "mcp-2025-11-25-protected-resource-metadata/challenge-authoritative"},
		Summary:  "The client does not request the scope of a challenge.",
		Client:   seam.Challenged(func(_ int, challenge string) string { return seam.WithoutParameter("scope")(challenge) }),
	},
	{
		Name:     "other-challenges-disturb",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "protected-resource-metadata/challenge-parsed"},
		Summary:  "The client reads only the first challenge of a response.",
		Client: seam.Challenged(func(_ int, challenge string) string {
			if !strings.HasPrefix(challenge, "Bearer") {
				return ""
			}
			return challenge
		}),
	},
	{
		Name:     "step-up-not-tried",
		Role:     MCPClient,
		Violates: ids{mcpSpec + "step-up/answered", mcpSpec + "step-up/user-client-attempts", "mcp-2025-11-25-step-up/selection-strategy"},
		Summary:  "The client gives up when its scope is insufficient.",
		Client: seam.Challenged(func(status int, challenge string) string {
			if status == http.StatusForbidden {
				return ""
			}
			return challenge
		}),
	},
})

// refusing has the client fail at some answers with status 200.
func refusing(which func(r *http.Request, object map[string]any) bool) func(*seam.Client) {
	return seam.Receiving(func(r *http.Request, response *http.Response) error {
		if response.StatusCode != http.StatusOK || !seam.AsksMetadata(r) && !seam.IsTokenRequest(r) {
			return nil
		}
		body, err := seam.BodyOf(response)
		if err != nil {
			return err
		}
		var object map[string]any
		status := response.StatusCode
		if json.Unmarshal(body, &object) == nil && which(r, object) {
			status = http.StatusTeapot
		}
		seam.Answer(response, status, string(body))
		return nil
	})
}

// fold gives the members of an object that are in another case the names in lower case.
func fold(object map[string]any) {
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if lower := strings.ToLower(name); lower != name {
			object[lower] = object[name]
			delete(object, name)
		}
	}
}

// guess makes the metadata up of which a server has none.
func guess(r *http.Request, response *http.Response) {
	issuer := described(r.URL)
	body, _ := json.Marshal(map[string]any{
		"issuer": issuer, "authorization_endpoint": issuer + "/oauth/authorize", "token_endpoint": issuer + "/oauth/token",
		"registration_endpoint": issuer + "/oauth/register", "response_types_supported": []string{"code"}, "code_challenge_methods_supported": []string{"S256"},
		"authorization_response_iss_parameter_supported": true,
	})
	seam.Answer(response, http.StatusOK, string(body))
	response.Header.Set("Content-Type", "application/json")
}

// described is the identifier whose metadata are at a well-known location (RFC
// 8414 section 3.1, https://www.rfc-editor.org/rfc/rfc8414#section-3.1).
func described(location *url.URL) string {
	before, after, _ := strings.Cut(location.Path, "/.well-known/")
	_, path, found := strings.Cut(after, "/")
	if found {
		path = "/" + path
	}
	return location.Scheme + "://" + location.Host + before + path
}
