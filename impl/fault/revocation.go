package fault

import "net/http"

var _ = add([]Fault{
	{
		Name:     "assertion-not-checked-at-revocation",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/authenticated"},
		Summary:  "The revocation endpoint reads client assertions and does not check them.",
	},
	{
		Name:     "foreign-refresh-token-revoked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/own-tokens-only"},
		Summary:  "A client revokes the refresh tokens of others.",
	},
	{
		Name:     "foreign-token-revoked-by-public-client",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/own-tokens-only"},
		Summary:  "A public client revokes the tokens of others.",
	},
	{
		Name:     "foreign-revocation-pretended",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/own-tokens-only"},
		Summary:  "The revocation of the token of another client is answered like success.",
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
		Summary:  "The revocation of a refresh token is answered with 200 and does nothing.",
	},
	{
		Name:     "access-token-not-revoked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2/access-tokens"},
		Summary:  "The revocation of an access token is answered with 200 and does nothing.",
	},
	{
		Name:     "revoked-token-active",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2/access-tokens", "rfc7009-2.1/access-tokens-of-grant"},
		Summary:  "Introspection does not look whether a token was revoked.",
	},
	{
		Name:     "access-tokens-survive-refresh-token",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/access-tokens-of-grant"},
		Summary:  "The revocation of a refresh token leaves the access tokens of its grant.",
	},
	{
		Name:     "revocation-unauthenticated",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/authenticated", "rfc7009-5/guessing"},
		Summary:  "Anybody may revoke a token without saying who they are.",
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
		Summary:  "A revocation of nothing is answered with 200.",
	},
	{
		Name:     "revocation-hint-believed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/search-all-types"},
		Summary:  "A wrong hint hides the token from revocation.",
	},
	{
		Name:     "revocation-by-get",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/post"},
		Summary:  "A token is revoked by a GET.",
		Answer:   on("GET", "/oauth/revoke", as(http.StatusOK, "")),
	},
	{
		Name:     "revocation-not-stored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.2.1/unavailable"},
		Summary:  "A revocation that cannot be stored is answered with 200.",
	},
	{
		Name:     "foreign-token-revoked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/own-tokens-only"},
		Summary:  "A client revokes the tokens of others.",
	},
	{
		Name:     "unknown-token-not-revocable",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.2/ok"},
		Summary:  "The revocation of an unknown token is refused.",
	},
	{
		Name:     "revoked-by-text",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2/access-tokens"},
		Summary:  "A revoked token is known by its text, and a lenient decoder takes another text for the same token.",
		Edits:    byText(readLeniently),
	},
	{
		Name:     "revoked-by-signature",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2/access-tokens"},
		Summary:  "A revoked token is known by its signature, and another signature fits it too.",
		Edits:    byText(readStrictly),
	},
	{
		Name:     "access-token-type-misreported",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.2.1/unsupported-type"},
		Summary:  "The revocation of an access token is refused as a malformed request.",
	},
})
