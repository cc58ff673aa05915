package variant

import (
	"net/http"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Variant{
	{
		Name:    "metadata-with-unknown-members",
		Role:    AuthorizationServer,
		Allows:  "RFC 8414 section 2: additional metadata parameters may also be used",
		Summary: "The metadata has members that no specification names.",
		Tempts:  ids{"rfc8414-2/required-members", "rfc8414-3.2/no-empty-lists", "oidc-discovery-4.2/no-empty-lists"},
		Answer: onEveryMetadata(
			seam.With("x_tenant", map[string]any{"name": "of-this-server", "features": []string{"a"}}),
			seam.With("device_login_page", "/device"),
			seam.With("mtls_bound", false),
		),
	},
	{
		Name:    "metadata-without-optional-members",
		Role:    AuthorizationServer,
		Allows:  "RFC 8414 section 2: the authentication methods of introspection are optional; left out, they are determined by other means",
		Summary: "The metadata leaves out the lists for introspection, claims_supported and protected_resources.",
		Tempts:  ids{"rfc8414-2/lists-are-true", "rfc8414-2/signing-algorithms"},
		Departs: ids{"oidc-discovery-3/claims-supported"},
		Without: []string{"introspection_endpoint_auth_methods_supported", "introspection_endpoint_auth_signing_alg_values_supported"},
		Answer: onEveryMetadata(
			seam.Without("introspection_endpoint_auth_methods_supported"), seam.Without("introspection_endpoint_auth_signing_alg_values_supported"),
			seam.Without("claims_supported"), seam.Without("protected_resources"),
		),
	},
	{
		Name:    "scope-not-advertised",
		Role:    AuthorizationServer,
		Allows:  "RFC 8414 section 2: servers may choose not to advertise some supported scope values",
		Summary: "The metadata lists neither user:write nor tasks:write, which can be had.",
		Tempts:  ids{"rfc8414-2/lists-are-true", "rfc8414-2/scopes-listed", "oidc-discovery-3/scopes-supported"},
		Answer:  onEveryMetadata(unlisted("scopes_supported", "user:write", "tasks:write")),
	},
	{
		Name:    "scopes-not-advertised",
		Role:    AuthorizationServer,
		Allows:  "RFC 8414 section 2: scopes_supported is recommended",
		Summary: "The metadata has no scopes_supported.",
		Tempts:  ids{"rfc8414-2/lists-are-true"},
		Departs: ids{"rfc8414-2/scopes-listed", "oidc-discovery-3/scopes-supported"},
		Without: []string{"prompt", "scopes_supported"},
		Answer:  onEveryMetadata(seam.Without("scopes_supported")),
	},
	{
		Name:    "grant-types-not-advertised",
		Role:    AuthorizationServer,
		Allows:  "RFC 8414 section 2: grant_types_supported is optional, and left out the default is authorization_code and implicit",
		Summary: "The metadata has no grant_types_supported.",
		Tempts:  ids{"rfc8414-2/required-members", "rfc8414-2/lists-are-true", "rfc8414-2/authorization-endpoint"},
		Departs: ids{"rfc8414-2/lists-are-complete"},
		Without: []string{"client_credentials", "refresh_token", "token_exchange"},
		Answer:  onEveryMetadata(seam.Without("grant_types_supported")),
	},
	{
		Name:    "metadata-with-pages",
		Role:    AuthorizationServer,
		Allows:  "RFC 8414 section 2: service_documentation, ui_locales_supported, op_policy_uri and op_tos_uri are optional",
		Summary: "The metadata names pages for people and their languages.",
		Tempts:  ids{"rfc8414-2/required-members", "rfc8414-3.2/no-empty-lists", "rfc8414-5/consistent"},
		Answer: onEveryMetadata(
			seam.With("service_documentation", "https://server.example/docs"), seam.With("ui_locales_supported", []string{"en", "de-AT"}),
			seam.With("op_policy_uri", "https://server.example/policy"), seam.With("op_tos_uri", "https://server.example/terms")),
	},
	{
		Name:    "authentication-methods-not-advertised",
		Role:    AuthorizationServer,
		Allows:  "RFC 8414 section 2: token_endpoint_auth_methods_supported is optional, and left out the default is client_secret_basic",
		Summary: "The metadata names no authentication methods of the token endpoint.",
		Tempts:  ids{"rfc8414-2/lists-are-true", "rfc8414-2/signing-algorithms"},
		Departs: ids{"rfc8414-2/lists-are-complete", "rfc9700-2.5/asymmetric"},
		Without: []string{"private_key_jwt", "client_secret_jwt"},
		Answer:  onEveryMetadata(seam.Without("token_endpoint_auth_methods_supported"), seam.Without("token_endpoint_auth_signing_alg_values_supported")),
	},
	{
		Name:    "method-not-advertised",
		Role:    AuthorizationServer,
		Allows:  "RFC 8414 section 2: the list holds methods that are supported; no sentence says that it holds all",
		Summary: "The metadata does not list client_secret_post, which works.",
		Tempts:  ids{"rfc8414-2/lists-are-true", "rfc6749-2.3.1/body-supported"},
		Departs: ids{"rfc8414-2/lists-are-complete"},
		Answer:  onEveryMetadata(unlisted("token_endpoint_auth_methods_supported", "client_secret_post")),
	},
	{
		Name:    "algorithm-not-advertised",
		Role:    AuthorizationServer,
		Allows:  "RFC 8414 section 2: the list holds algorithms that are supported; no sentence says that it holds all",
		Summary: "The metadata lists neither EdDSA nor PS256 for client assertions, which work.",
		Tempts:  ids{"rfc8414-2/lists-are-true", "rfc8414-2/signing-algorithms"},
		Departs: ids{"rfc8414-2/lists-are-complete"},
		Answer:  onEveryMetadata(unlisted("token_endpoint_auth_signing_alg_values_supported", "EdDSA", "PS256")),
	},
	{
		Name:    "response-mode-not-advertised",
		Role:    AuthorizationServer,
		Allows:  "RFC 8414 section 2: the list holds modes that are supported; no sentence says that it holds all",
		Summary: "The metadata does not list form_post, which works.",
		Tempts:  ids{"rfc8414-2/lists-are-true"},
		Departs: ids{"rfc8414-2/lists-are-complete"},
		Without: []string{"form_post"},
		Answer:  onEveryMetadata(unlisted("response_modes_supported", "form_post")),
	},
	{
		Name:    "metadata-may-be-cached",
		Role:    AuthorizationServer,
		Allows:  "RFC 9111 section 5.2.2.1: max-age says how long a response is fresh",
		Summary: "The metadata and the keys have Cache-Control, Expires and an ETag.",
		Tempts:  ids{"rfc8414-3.2/json", "rfc7517-5/keys"},
		Answer: func(r *http.Request, response *seam.Response) {
			if strings.HasPrefix(r.URL.Path, "/.well-known/") {
				response.Header.Set("Cache-Control", "public, max-age=3600")
				response.Header.Set("Etag", `W/"1"`)
			}
		},
	},
	{
		Name:     "openid-configuration-alone",
		Excludes: ids{"oauth-metadata-alone"}, // One of the two ways is provided.
		Role:     AuthorizationServer,
		Allows:   "MCP 2026-07-28, Authorization Server Metadata Discovery: one of the two ways is provided",
		Summary:  "The metadata is at the path of OpenID Connect Discovery and not at that of RFC 8414.",
		Tempts:   ids{"mcp-2026-07-28-overview/metadata-offered", "rfc8414-3/path-inserted", "oidc-discovery-4/location"},
		Departs:  ids{"rfc9700-2.6/metadata-published"},
		Without:  []string{"oauth_metadata"},
		Answer: func(r *http.Request, response *seam.Response) {
			if seam.IsMetadata(r) {
				seam.As(http.StatusNotFound, `{"error":"not_found"}`)(response)
			}
		},
	},
	{
		Name:    "oauth-metadata-alone",
		Role:    AuthorizationServer,
		Allows:  "RFC 8414 section 3: metadata is at the path with oauth-authorization-server; that of OpenID is for OpenID providers",
		Summary: "The server is no OpenID provider: it has no openid-configuration, and no metadata of OpenID Connect.",
		Tempts:  ids{"mcp-2026-07-28-overview/metadata-offered", "rfc8414-5/consistent", "rfc9068-4/consistent"},
		Without: []string{"openid", "userinfo", "prompt"},
		Answer: func(r *http.Request, response *seam.Response) {
			if r.URL.Path == seam.OpenIDConfiguration {
				seam.As(http.StatusNotFound, `{"error":"not_found"}`)(response)
			}
			onEveryMetadata(seam.Without("subject_types_supported"), seam.Without("id_token_signing_alg_values_supported"), seam.Without("claims_supported"),
				seam.Without("userinfo_endpoint"), unlisted("scopes_supported", "openid", "profile", "email"))(r, response)
		},
	},
})

// onEveryMetadata edits the metadata, wherever it is, that others than the protected
// resources of the server read; those know the server otherwise.
func onEveryMetadata(edits ...func(*seam.Response)) func(*http.Request, *seam.Response) {
	return func(r *http.Request, response *seam.Response) {
		if (seam.IsMetadata(r) || r.URL.Path == seam.OpenIDConfiguration) && response.Status == http.StatusOK && !slices.Contains(resources, r.UserAgent()) {
			for _, edit := range edits {
				edit(response)
			}
		}
	}
}

// unlisted takes values out of a list.
func unlisted(member string, values ...string) func(*seam.Response) {
	return func(r *seam.Response) {
		if list, ok := seam.Members(r)[member].([]any); ok {
			seam.With(member, slices.DeleteFunc(list, func(each any) bool { return slices.Contains(values, each.(string)) }))(r)
		}
	}
}
