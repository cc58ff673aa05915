package fault

var _ = add([]Fault{
	{
		Name:     "valid-code-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.4/access-token", "rfc7636-4.6/verifier-matches"},
		Summary:  "Every authorization code is refused.",
	},
	{
		Name:     "subject-is-the-client",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-client-identifier/foreign-identifiers", "rfc9068-2.2/subject", "documented-authorize/token-of-the-user"},
		Summary:  "The sub of a resource owner's token is the client_id.",
	},
	{
		Name:     "code-accepted-twice",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2/single-use", "oauth-2.1-code-token-extension/one-access-token", "oauth-2.1-code-token-extension/second-use-denied", "oidc-core-3.1.3.2/code-unused"},
		Summary:  "A code can be redeemed any number of times.",
	},
	{
		Name:     "code-never-expires",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2/expires"},
		Summary:  "A code is valid until it is redeemed.",
	},
	{
		Name:     "code-of-another-client-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.3/bound-to-client", "oidc-core-3.1.3.2/code-of-client"},
		Summary:  "A client can redeem the code of another client.",
	},
	{
		Name:     "redirect-uri-not-compared",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.3/redirect-uri", "rfc6749-4.1.3/redirect-uri-required", "oidc-core-3.1.3.2/redirect-uri-identical"},
		Summary:  "The redirect_uri of a token request is not compared with that of the authorization request.",
	},
	{
		Name:     "missing-code-misreported",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.3/required-parameters"},
		Summary:  "A token request without a code is refused with unsupported_grant_type.",
	},
	{
		Name:     "code-verifier-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.6/verifier-mismatch", "rfc7636-4.4/bound-to-code", "oauth-2.1-authorization-request/pkce-enforced", "rfc9700-2.1.1/verifier-enforced"},
		Summary:  "The code verifier is not compared with the code challenge.",
	},
	{
		Name:     "redirect-uri-always-required",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-redirect-uri-in-token-request/not-required"},
		Summary:  "A token request without the redirect_uri of the authorization request is always refused.",
	},
	{
		Name:     "redirect-uri-at-token-endpoint-refused",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-redirect-uri-in-token-request/allowed"},
		Summary:  "A server that does not require redirect_uri in a token request refuses it there.",
	},
	{
		Name:     "optional-redirect-uri-not-compared",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-redirect-uri-in-token-request/enforced"},
		Summary:  "A server that does not require redirect_uri in a token request does not compare it when it is sent.",
	},
	{
		Name:     "redirect-uri-optional-without-pkce",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-redirect-uri-in-token-request/enforced"},
		Summary:  "A code without PKCE is redeemed without redirect_uri.",
	},
	{
		Name:     "code-outlives-access",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/revoked-grant"},
		Summary:  "A code can be redeemed after the resource owner ended the client's access.",
	},
	{
		Name:     "public-code-accepted-twice",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2/single-use"},
		Summary:  "The code of a public client can be redeemed more than once.",
	},
	{
		Name:     "codes-race",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2/single-use"},
		Summary:  "A redeemed code stays valid for a moment, so several concurrent redemptions succeed.",
	},
	{
		Name:     "code-of-another-for-public-clients",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.3/bound-to-client"},
		Summary:  "A public client can redeem the code of another client.",
	},
	{
		Name:     "confidential-clients-without-verifier",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.6/verifier-mismatch"},
		Summary:  "A confidential client can omit the code verifier.",
	},
	{
		Name:     "code-reuse-revokes-nothing",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-4.1.2/tokens-revoked", "oauth-2.1-code-token-extension/second-use-revokes", "rfc9700-4.2.4/tokens-of-code-revoked"},
		Summary:  "A second redemption is refused, but the tokens of the first stay active.",
	},
	{
		Name:     "broken-reuse-revokes",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-reuse-of-authorization-codes/invalid-replay"},
		Summary:  "Replaying a used code revokes its tokens even without the code verifier.",
	},
})
