package fault

var _ = add([]Fault{
	{
		Name:     "code-challenge-optional",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.4.1/challenge-required", "rfc8252-8.1/pkce-enforced", "oauth-2.1-authorization-error-response/public-without-challenge", "oauth-2.1-authorization-error-response/confidential-without-challenge", "oauth-2.1-authorization-request/pkce-beside-nonce", "oauth-2.1-code-token-extension/no-challenge"},
		Summary:  "An authorization request without a code challenge is accepted.",
	},
	{
		Name:     "unknown-challenge-method-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.4.1/unsupported-method"},
		Summary:  "An unknown transformation of the code challenge is taken for S256.",
	},
	{
		Name:     "verifier-syntax-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.1/verifier-syntax"},
		Summary:  "A code verifier of any length and with any characters is accepted.",
	},
	{
		Name:     "challenge-syntax-not-checked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.2/challenge-syntax"},
		Summary:  "A code challenge of any form is accepted.",
	},
	{
		Name:     "missing-method-is-s256",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.3/method-default"},
		Summary:  "A code challenge without a method is taken for one of S256.",
	},
	{
		Name:     "verifier-never-matches",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.2/s256-supported", "rfc7636-4.6/verifier-matches", "rfc9700-2.1.1/pkce-supported"},
		Summary:  "No code verifier matches.",
	},
	{
		Name:     "plain-challenge-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8414-2/lists-are-true", "rfc7636-4.5/method-of-the-code", "rfc7636-4.4.1/plain-unsupported"},
		Summary:  "The transformation plain works although the metadata lists S256 alone.",
	},
	{
		Name:     "verifier-without-challenge-ignored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-2.1.1/no-downgrade"},
		Summary:  "A code verifier is not looked at where the authorization request had no code challenge.",
	},
	{
		Name:     "public-clients-without-challenge",
		Role:     AuthorizationServer,
		Violates: ids{"oauth-2.1-authorization-error-response/public-without-challenge"},
		Summary:  "Where confidential clients may do without a code challenge, public ones may too.",
	},
	{
		Name:     "plain-verifier-not-compared",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.6/verifier-mismatch", "rfc7636-4.5/method-of-the-code"},
		Summary:  "A server that supports the transformation plain compares no code verifier.",
	},
	{
		Name:     "plain-listed-and-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8414-2/lists-are-true"},
		Summary:  "The metadata lists the transformation plain, and it is refused.",
	},
	{
		Name:     "verifier-compared-in-part",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7636-4.6/verifier-mismatch"},
		Summary:  "Of the code challenge its first characters alone are compared, if a verifier is there.",
	},
})
