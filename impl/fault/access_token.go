package fault

var _ = add([]Fault{
	{
		Name:     "token-not-signed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9068-2.1/signed", "rfc6749-10.3/unforgeable"},
		Summary:  "Access tokens are unsigned: their alg is none.",
	},
	{
		Name:     "scope-claim-missing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9068-2.2.3/scope", "documented-token/claims"},
		Summary:  "The access token has no scope claim.",
	},
	{
		Name:     "refresh-token-without-owner",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.4.3/no-refresh-token"},
		Summary:  "The client credentials grant issues a refresh token.",
	},
	{
		Name:     "token-type-header-missing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9068-2.1/type"},
		Summary:  "The header of the access token has no typ.",
	},
	{
		Name:     "token-without-identifier",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9068-2.2/claims"},
		Summary:  "The access token has no jti.",
	},
	{
		Name:     "token-without-expiry",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6750-5.2/limited-lifetime"},
		Summary:  "The access token has no exp.",
	},
	{
		Name:     "token-without-audience",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6750-5.3/audience", "rfc9700-2.3/audience-restricted", "rfc9068-3/default-audience"},
		Summary:  "The access token has no aud.",
	},
	{
		Name:     "token-identifier-repeated",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7519-4.1.7/unique-identifier"},
		Summary:  "Every access token has the same jti.",
	},
	{
		Name:     "dates-as-text",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7519-4.1.4/numeric-date"},
		Summary:  "The exp of an access token is a string.",
	},
	{
		Name:     "refreshed-token-as-html",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.1/json"},
		Summary:  "The response to a refresh is text/html.",
	},
	{
		Name:     "rs256-not-offered",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9068-2.1/rs256"},
		Summary:  "Access tokens are signed with ES256 even where RS256 is configured.",
	},
	{
		Name:     "scope-claim-of-registration",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9068-2.2.3/scope"},
		Summary:  "The scope claim of the access token is the scope the client is registered for.",
	},
	{
		Name:     "id-token-not-issued",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-3.1.3.3/id-token", "oidc-discovery-3/openid-scope"},
		Summary:  "The scope openid brings no ID token.",
	},
	{
		Name:     "refresh-token-for-exchange",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-2.2.1/no-refresh-token"},
		Summary:  "A token exchange issues a refresh token.",
	},
	{
		Name:     "actor-not-named",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-4.1/actor"},
		Summary:  "A delegated token has no act claim.",
	},
	{
		Name:     "client-of-subject-token-kept",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-4.3/client-id"},
		Summary:  "The client_id of an exchanged token is that of the subject token.",
	},
	{
		Name:     "exchanged-token-outlives-subject",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8693-5/lifetime"},
		Summary:  "An exchanged token has the full lifetime, even if the subject token expires earlier.",
	},
	{
		Name:     "exchanged-token-outlives-grant",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/access-tokens-of-grant"},
		Summary:  "An exchanged token stays active after the grant of its subject token is revoked.",
	},
})
