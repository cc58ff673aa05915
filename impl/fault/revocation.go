package fault

// Faults of the authorization server in how it revokes tokens.
const (
	RefreshTokenNotRevoked          Name = "refresh-token-not-revoked"
	AccessTokenNotRevoked           Name = "access-token-not-revoked"
	RevokedTokenActive              Name = "revoked-token-active"
	AccessTokensSurviveRefreshToken Name = "access-tokens-survive-refresh-token"
	RevocationUnauthenticated       Name = "revocation-unauthenticated"
	RevocationPublicClientsRefused  Name = "revocation-public-clients-refused"
	RevocationTokenOptional         Name = "revocation-token-optional"
	RevocationHintBelieved          Name = "revocation-hint-believed"
	RevocationByGet                 Name = "revocation-by-get"
	RevocationNotStored             Name = "revocation-not-stored"
	RevocationEndpointWithFragment  Name = "revocation-endpoint-with-fragment"
	ForeignTokenRevoked             Name = "foreign-token-revoked"
	UnknownTokenNotRevocable        Name = "unknown-token-not-revocable"
)

var revocation = []Fault{
	{RefreshTokenNotRevoked, AuthorizationServer, ids{"rfc7009-2/refresh-tokens"}, "The revocation of a refresh token is answered with 200 and does nothing."},
	{AccessTokenNotRevoked, AuthorizationServer, ids{"rfc7009-2/access-tokens"}, "The revocation of an access token is answered with 200 and does nothing."},
	{RevokedTokenActive, AuthorizationServer, ids{"rfc7009-2/access-tokens", "rfc7009-2.1/access-tokens-of-grant"}, "Introspection does not look whether a token was revoked."},
	{AccessTokensSurviveRefreshToken, AuthorizationServer, ids{"rfc7009-2.1/access-tokens-of-grant"}, "The revocation of a refresh token leaves the access tokens of its grant."},
	{RevocationUnauthenticated, AuthorizationServer, ids{"rfc7009-2.1/authenticated", "rfc7009-5/guessing"}, "Anybody may revoke a token without saying who they are."},
	{RevocationPublicClientsRefused, AuthorizationServer, ids{"rfc7009-2.1/public-client"}, "A public client cannot revoke its token."},
	{RevocationTokenOptional, AuthorizationServer, ids{"rfc7009-2.1/token-required"}, "A revocation of nothing is answered with 200."},
	{RevocationHintBelieved, AuthorizationServer, ids{"rfc7009-2.1/search-all-types"}, "A wrong hint hides the token from revocation."},
	{RevocationByGet, AuthorizationServer, ids{"rfc7009-2.1/post"}, "A token is revoked by a GET."},
	{RevocationNotStored, AuthorizationServer, ids{"rfc7009-2.2.1/unavailable"}, "A revocation that cannot be stored is answered with 200."},
	{RevocationEndpointWithFragment, AuthorizationServer, ids{"rfc7009-2/no-fragment"}, "The URL of the revocation endpoint has a fragment."},
	{ForeignTokenRevoked, AuthorizationServer, ids{"rfc7009-2.1/own-tokens-only"}, "A client revokes the tokens of others."},
	{UnknownTokenNotRevocable, AuthorizationServer, ids{"rfc7009-2.2/ok"}, "The revocation of an unknown token is refused."},
}
