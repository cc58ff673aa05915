package fault

// Faults of the authorization server in how it treats refresh tokens, and the
// code that they come from.
const (
	CodeReuseRevokesNothing             Name = "code-reuse-revokes-nothing"
	BrokenReuseRevokes                  Name = "broken-reuse-revokes"
	RefreshRefused                      Name = "refresh-refused"
	MissingRefreshTokenMisreported      Name = "missing-refresh-token-misreported"
	UnknownRefreshTokenMisreported      Name = "unknown-refresh-token-misreported"
	RefreshTokenAcceptedTwice           Name = "refresh-token-accepted-twice"
	RefreshTokenNotRotated              Name = "refresh-token-not-rotated"
	RefreshFamilyNotRevoked             Name = "refresh-family-not-revoked"
	RefreshTokenOfAnotherClientAccepted Name = "refresh-token-of-another-client-accepted"
	RefreshTokenNeverExpires            Name = "refresh-token-never-expires"
	RefreshWidensScope                  Name = "refresh-widens-scope"
	RefreshForgetsScope                 Name = "refresh-forgets-scope"
	NarrowingSticks                     Name = "narrowing-sticks"
	RevokedRefreshTokenAccepted         Name = "revoked-refresh-token-accepted"
	RefreshUnauthenticated              Name = "refresh-unauthenticated"
	GraceNeverEnds                      Name = "grace-never-ends"
)

var refreshToken = []Fault{
	{CodeReuseRevokesNothing, AuthorizationServer, ids{"rfc6749-4.1.2/tokens-revoked", "oauth-2.1-code-token-extension/second-use-revokes", "rfc9700-4.2.4/tokens-of-code-revoked"}, "A code that comes a second time is refused, and the tokens of the first time live on."},
	{BrokenReuseRevokes, AuthorizationServer, ids{"oauth-2.1-reuse-of-authorization-codes/invalid-replay"}, "Whoever knows a used code ends its tokens, without the code verifier."},
	{RefreshRefused, AuthorizationServer, ids{"rfc6749-6/access-token", "rfc6749-6/scope-omitted"}, "Every refresh token is refused."},
	{MissingRefreshTokenMisreported, AuthorizationServer, ids{"rfc6749-6/refresh-token-required"}, "A refresh without a refresh token is refused as if the grant type were unknown."},
	{UnknownRefreshTokenMisreported, AuthorizationServer, ids{"rfc6749-5.2/refresh-invalid-grant", "rfc6749-6/token-validated"}, "An unknown refresh token is refused as a malformed request."},
	{RefreshTokenAcceptedTwice, AuthorizationServer, ids{"rfc9700-4.14.2/replay-detected", "rfc9700-4.14.2/family-revoked", "oauth-2.1-refresh-token-extension/replay-detected", "oauth-2.1-refresh-token-extension/grant-revoked"}, "A refresh token works as often as it is presented."},
	{RefreshTokenNotRotated, AuthorizationServer, ids{"mcp-2026-07-28-token-theft/refresh-rotation", "oauth-2.1-refresh-token-extension/replay-detected"}, "A refresh brings no new refresh token."},
	{RefreshFamilyNotRevoked, AuthorizationServer, ids{"rfc9700-4.14.2/family-revoked", "rfc6749-10.4/abuse-detected", "oauth-2.1-refresh-token-extension/grant-revoked"}, "A used refresh token is refused, and the newest one lives on."},
	{RefreshTokenOfAnotherClientAccepted, AuthorizationServer, ids{"rfc6749-6/bound-to-client", "oauth-2.1-refresh-token-extension/client-id-matches", "oidc-core-12.1/client-of-token"}, "Any client may use a refresh token."},
	{RefreshTokenNeverExpires, AuthorizationServer, ids{"rfc9700-4.14.2/idle-expiry"}, "A refresh token works until it is used."},
	{RefreshWidensScope, AuthorizationServer, ids{"rfc6749-6/scope-not-broader", "rfc9700-4.14.2/bound-to-consent"}, "A refresh brings whatever scope is asked for."},
	{RefreshForgetsScope, AuthorizationServer, ids{"rfc6749-6/scope-omitted"}, "A refresh without a scope brings the first scope of the grant alone."},
	{NarrowingSticks, AuthorizationServer, ids{"rfc6749-6/scope-identical"}, "A refresh for less leaves a grant of less."},
	{RevokedRefreshTokenAccepted, AuthorizationServer, ids{"rfc7009-2/refresh-tokens", "oauth-2.1-refresh-token-extension/grant-active", "rfc9700-4.14.2/family-revoked"}, "A refresh token works although its grant was revoked."},
	{RefreshUnauthenticated, AuthorizationServer, ids{"rfc6749-6/confidential-authenticates", "rfc6749-6/authentication-checked"}, "A refresh is not authenticated; the client_id is enough."},
	{GraceNeverEnds, AuthorizationServer, ids{"rfc9700-4.14.2/replay-detected"}, "A server that forgives the reuse of a refresh token forgives it for ever."},
}
