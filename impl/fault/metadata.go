package fault

import (
	"encoding/json"
	"github.com/grantproof/grantproof/impl/seam"
	"net/http"
)

var _ = add([]Fault{
	{
		Name:     "issuer-with-trailing-slash",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8414-3.3/issuer-identical"},
		Summary:  "The issuer in the metadata has an additional trailing slash.",
		Answer:   onAllMetadata(seam.SlashIssuer),
	},
	{
		Name:     "endpoints-with-fragment",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1/no-fragment", "rfc6749-3.2/no-fragment"},
		Summary:  "The endpoint URLs in the metadata have fragments.",
		Answer: seam.OnMetadata(func(r *seam.Response) {
			for _, name := range []string{"authorization_endpoint", "token_endpoint"} {
				address, _ := seam.Members(r)[name].(string)
				seam.With(name, address+"#here")(r)
			}
		}),
	},
	{
		Name:     "metadata-missing",
		Role:     AuthorizationServer,
		Violates: ids{"mcp-2026-07-28-overview/metadata-offered", "rfc9700-2.6/metadata-published", "rfc8414-3/path-inserted"},
		Summary:  "The authorization server has no metadata.",
		Answer:   seam.OnMetadata(seam.As(http.StatusNotFound, `{"error":"not_found"}`)),
	},
	{
		Name:     "metadata-issuer-with-query",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8414-2/issuer-plain"},
		Summary:  "The issuer in the metadata has a query.",
		Answer: seam.OnMetadata(func(r *seam.Response) {
			issuer, _ := seam.Members(r)["issuer"].(string)
			seam.With("issuer", issuer+"?tenant=one")(r)
		}),
	},
	{
		Name:     "empty-list-in-metadata",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8414-3.2/no-empty-lists"},
		Summary:  "The metadata has an empty list.",
		Answer:   seam.OnMetadata(seam.With("ui_locales_supported", []string{})),
	},
	{
		Name:     "response-mode-overstated",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8414-2/lists-are-true"},
		Summary:  "The metadata lists the response mode fragment, which the server does not support.",
		Answer:   seam.OnMetadata(seam.With("response_modes_supported", []string{"query", "form_post", "fragment"})),
	},
	{
		Name:     "code-challenge-methods-not-advertised",
		Role:     AuthorizationServer,
		Violates: ids{"mcp-2026-07-28-security/pkce-advertised", "oauth-2.1-cross-site-request-forgery/methods-detectable", "rfc9700-2.1.1/pkce-detectable", "rfc9700-2.1.1/methods-published"},
		Summary:  "The metadata does not list code_challenge_methods_supported.",
		Answer:   seam.OnMetadata(seam.Without("code_challenge_methods_supported")),
	},
	{
		Name:     "issuer-parameter-not-advertised",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9207-2.3/advertised", "mcp-2026-07-28-authorization-response-validation/iss-advertised"},
		Summary:  "The metadata does not advertise iss in authorization responses.",
		Answer:   seam.OnMetadata(seam.Without("authorization_response_iss_parameter_supported")),
	},
	{
		Name:     "metadata-as-text",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8414-3.2/json"},
		Summary:  "The metadata is text/plain.",
		Answer:   seam.OnMetadata(seam.AsText),
	},
	{
		Name:     "response-types-not-advertised",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8414-2/required-members", "rfc8414-2/authorization-endpoint"},
		Summary:  "The metadata has no response_types_supported.",
		Answer:   seam.OnMetadata(seam.Without("response_types_supported")),
	},
	{
		Name:     "asymmetric-method-not-advertised",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-2.5/asymmetric", "mcp-client-credentials-server-metadata-requirements/auth-methods"},
		Summary:  "The metadata lists neither private_key_jwt nor client_secret_basic.",
		Answer:   seam.OnMetadata(seam.With("token_endpoint_auth_methods_supported", []string{"client_secret_post", "none"})),
	},
	{
		Name:     "signing-algorithms-not-advertised",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8414-2/signing-algorithms", "mcp-client-credentials-server-metadata-requirements/signing-algorithms"},
		Summary:  "The metadata does not list the algorithms of client assertions.",
		Answer:   seam.OnMetadata(seam.Without("token_endpoint_auth_signing_alg_values_supported")),
	},
	{
		Name:     "none-among-signing-algorithms",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8414-2/signing-algorithms", "oidc-discovery-3/no-none-for-assertions"},
		Summary:  "The metadata lists none as an algorithm of client assertions.",
		Answer:   seam.OnMetadata(seam.With("token_endpoint_auth_signing_alg_values_supported", []string{"RS256", "none"})),
	},
	{
		Name:     "rs256-not-among-signing-algorithms",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8414-2/rs256"},
		Summary:  "The metadata does not list RS256 as an algorithm of client assertions.",
		Answer:   seam.OnMetadata(seam.With("token_endpoint_auth_signing_alg_values_supported", []string{"ES256"})),
	},
	{
		Name:     "documents-not-advertised",
		Role:     AuthorizationServer,
		Violates: ids{"cimd-authorization-server-metadata/advertised"},
		Summary:  "The metadata does not advertise support for client metadata documents.",
		Answer:   onAllMetadata(seam.With("client_id_metadata_document_supported", false)),
	},
	{
		Name:     "openid-not-discoverable",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-discovery-4/location", "oidc-discovery-4.2/status-200"},
		Summary:  "The authorization server has no OpenID configuration.",
		Answer:   seam.On("GET", seam.OpenIDConfiguration, seam.As(http.StatusNotFound, `{"error":"not_found"}`)),
	},
	{
		Name:     "openid-members-missing",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-discovery-3/authorization-endpoint", "oidc-discovery-3/token-endpoint", "oidc-discovery-3/jwks-uri", "oidc-discovery-3/response-types", "oidc-discovery-3/subject-types", "oidc-core-8/subject-types", "oidc-discovery-3/id-token-algorithms", "oidc-discovery-3/userinfo-endpoint", "oidc-discovery-3/scopes-supported", "oidc-discovery-3/claims-supported", "oidc-discovery-3/registration-endpoint", "mcp-2026-07-28-authorization-code-protection/openid-configuration"},
		Summary:  "The OpenID configuration has only the issuer.",
		Answer:   seam.On("GET", seam.OpenIDConfiguration, onlyIssuer),
	},
	{
		Name:     "openid-issuer-altered",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-discovery-4.3/issuer-identical-served", "oidc-discovery-3/issuer"},
		Summary:  "The issuer in the OpenID configuration has a trailing slash.",
		Answer:   seam.On("GET", seam.OpenIDConfiguration, seam.SlashIssuer),
	},
	{
		Name:     "openid-differs",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8414-5/consistent", "rfc9068-4/consistent"},
		Summary:  "The OpenID configuration names another token endpoint.",
		Answer:   seam.On("GET", seam.OpenIDConfiguration, seam.With("token_endpoint", "http://localhost/another")),
	},
	{
		Name:     "openid-as-text",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-discovery-4/json"},
		Summary:  "The OpenID configuration is text/plain.",
		Answer:   seam.On("GET", seam.OpenIDConfiguration, seam.AsText),
	},
	{
		Name:     "openid-lists-empty",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-discovery-4.2/no-empty-lists"},
		Summary:  "The OpenID configuration has an empty list.",
		Answer:   seam.On("GET", seam.OpenIDConfiguration, seam.With("acr_values_supported", []string{})),
	},
	{
		Name:     "revocation-endpoint-with-fragment",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2/no-fragment"},
		Summary:  "The URL of the revocation endpoint has a fragment.",
		Answer: seam.OnMetadata(func(r *seam.Response) {
			address, _ := seam.Members(r)["revocation_endpoint"].(string)
			seam.With("revocation_endpoint", address+"#here")(r)
		}),
	},
	{
		Name:     "metadata-signed-by-nobody",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8414-2.1/signed-metadata"},
		Summary:  "The signed_metadata has no signature.",
		Answer:   seam.OnMetadata(seam.With("signed_metadata", unsignedMetadata)),
	},
	{
		Name:     "endpoints-without-tls",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-3.1/tls-required", "rfc6749-3.2/tls-required", "rfc6749-10.11/pages-tls"},
		Summary:  "The endpoints are on another host and without TLS.",
		Answer: seam.OnMetadata(func(r *seam.Response) {
			seam.With("authorization_endpoint", "http://as.example.com/authorize")(r)
			seam.With("token_endpoint", "http://as.example.com/token")(r)
		}),
	},
})

// onlyIssuer leaves nothing but the issuer.
func onlyIssuer(r *seam.Response) {
	r.Body, _ = json.Marshal(map[string]any{"issuer": seam.Members(r)["issuer"]})
}

// unsignedMetadata is a JWT of nobody: {"alg":"none"} and {"iss":"https://stranger.example"}.
const unsignedMetadata = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL3N0cmFuZ2VyLmV4YW1wbGUifQ."

// onAllMetadata edits the metadata at both of its places.
func onAllMetadata(edit func(*seam.Response)) func(*http.Request, *seam.Response) {
	return func(r *http.Request, response *seam.Response) {
		if seam.IsMetadata(r) || r.URL.Path == seam.OpenIDConfiguration {
			edit(response)
		}
	}
}
