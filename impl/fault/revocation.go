package fault

import "net/http"

var _ = add([]Fault{
	{
		Name:     "assertion-not-checked-at-revocation",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/authenticated"},
		Summary:  "The revocation endpoint does not verify client assertions.",
	},
	{
		Name:     "foreign-refresh-token-revoked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/own-tokens-only"},
		Summary:  "A client can revoke the refresh tokens of other clients.",
	},
	{
		Name:     "foreign-token-revoked-by-public-client",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/own-tokens-only"},
		Summary:  "A public client can revoke the tokens of other clients.",
	},
	{
		Name:     "foreign-revocation-pretended",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/own-tokens-only"},
		Summary:  "Revoking the token of another client returns 200 and does nothing.",
	},
	{
		Name:     "tokens-survive-client",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.3/tokens-invalidated"},
		Summary:  "The access tokens of a deleted client stay active.",
	},
	{
		Name:     "refresh-token-not-revoked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2/refresh-tokens"},
		Summary:  "Revoking a refresh token returns 200 and does nothing.",
	},
	{
		Name:     "access-token-not-revoked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2/access-tokens"},
		Summary:  "Revoking an access token returns 200 and does nothing.",
	},
	{
		Name:     "revoked-token-active",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2/access-tokens", "rfc7009-2.1/access-tokens-of-grant"},
		Summary:  "Introspection does not check whether a token was revoked.",
	},
	{
		Name:     "access-tokens-survive-refresh-token",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/access-tokens-of-grant"},
		Summary:  "Revoking a refresh token leaves the access tokens of its grant active.",
	},
	{
		Name:     "revocation-unauthenticated",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/authenticated", "rfc7009-5/guessing"},
		Summary:  "Revocation requires no client authentication.",
	},
	{
		Name:     "revocation-public-clients-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/public-client"},
		Summary:  "A public client cannot revoke its token.",
	},
	{
		Name:     "revocation-token-optional",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/token-required"},
		Summary:  "A revocation request without a token returns 200.",
	},
	{
		Name:     "revocation-hint-believed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/search-all-types"},
		Summary:  "Revocation with a wrong token_type_hint does not find the token.",
	},
	{
		Name:     "revocation-by-get",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/post"},
		Summary:  "A GET request revokes a token.",
		Answer:   on("GET", "/oauth/revoke", as(http.StatusOK, "")),
	},
	{
		Name:     "revocation-not-stored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.2.1/unavailable"},
		Summary:  "A revocation that cannot be stored returns 200.",
	},
	{
		Name:     "foreign-token-revoked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/own-tokens-only"},
		Summary:  "A client can revoke the tokens of other clients.",
	},
	{
		Name:     "unknown-token-not-revocable",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.2/ok"},
		Summary:  "Revoking an unknown token is refused.",
	},
	{
		Name:     "revoked-by-text",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2/access-tokens"},
		Summary:  "Revocation remembers a token's text, and a lenient decoder accepts another text for the same token.",
		Edits:    byText(readLeniently),
	},
	{
		Name:     "revoked-by-signature",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2/access-tokens"},
		Summary:  "Revocation remembers a token's signature, and another valid signature passes.",
		Edits:    byText(readStrictly),
	},
	{
		Name:     "access-token-type-misreported",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.2.1/unsupported-type"},
		Summary:  "Revoking an access token is refused with invalid_request.",
	},
})
