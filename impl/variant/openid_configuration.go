package variant

import (
	"net/http"

	"github.com/grantproof/grantproof/impl/seam"
)

var _ = add([]Variant{
	{
		Name:    "openid-configuration-type-in-capitals",
		Role:    AuthorizationServer,
		Allows:  "RFC 9110 section 8.3.1: type and subtype are case-insensitive, and parameters may follow",
		Summary: "The OpenID configuration has the Content-Type Application/JSON; charset=UTF-8.",
		Tempts:  ids{"oidc-discovery-4/json", "oidc-discovery-4.2/status-200"},
		Answer:  onOpenIDConfiguration(seam.HeaderSet("Content-Type", "Application/JSON; charset=UTF-8")),
	},
	{
		Name:    "openid-configuration-with-further-members",
		Role:    AuthorizationServer,
		Allows:  "OpenID Connect Discovery section 3: additional provider metadata may be used; section 4.2 has claims that are not understood ignored",
		Summary: "The OpenID configuration has members that the OAuth metadata lacks, and some that no specification names.",
		Tempts:  ids{"rfc8414-5/consistent", "oidc-discovery-4.2/no-empty-lists", "oidc-discovery-4/json"},
		Answer: onOpenIDConfiguration(seam.Each(
			seam.With("claims_parameter_supported", false), seam.With("claim_types_supported", []string{"normal"}),
			seam.With("display_values_supported", []string{"page"}), seam.With("x_of_this_server", map[string]any{"a": nil}),
		)),
	},
	{
		Name:    "openid-configuration-with-the-required-members",
		Role:    AuthorizationServer,
		Allows:  "OpenID Connect Discovery section 3: userinfo_endpoint, scopes_supported, claims_supported and registration_endpoint are recommended",
		Summary: "The OpenID configuration has none of the members that are recommended.",
		Tempts:  ids{"oidc-discovery-3/userinfo-endpoint", "oidc-discovery-3/claims-supported", "oidc-discovery-3/authorization-endpoint"},
		Departs: ids{"oidc-discovery-3/userinfo-endpoint", "oidc-discovery-3/scopes-supported", "oidc-discovery-3/claims-supported", "oidc-discovery-3/registration-endpoint"},
		Answer: onOpenIDConfiguration(seam.Each(
			seam.Without("userinfo_endpoint"), seam.Without("scopes_supported"), seam.Without("claims_supported"), seam.Without("registration_endpoint"),
		)),
	},
	{
		Name:    "more-algorithms-than-rs256",
		Role:    AuthorizationServer,
		Allows:  "OpenID Connect Discovery section 3: the list of algorithms for ID tokens includes RS256, and may include others",
		Summary: "The list of algorithms for ID tokens begins with others than RS256.",
		Tempts:  ids{"oidc-discovery-3/id-token-algorithms", "oidc-core-15.1/rs256"},
		Answer:  onDiscovery(seam.With("id_token_signing_alg_values_supported", []string{"EdDSA", "ES256", "PS256", "RS256"})),
	},
})

func onOpenIDConfiguration(edit func(*seam.Response)) func(*http.Request, *seam.Response) {
	return seam.On("GET", seam.OpenIDConfiguration, edit)
}
