package fault

import (
	"fmt"
	"net/http"
)

// Faults in what tokens are good for besides their use: what is told of them,
// what becomes of them, and where they are kept.
const (
	UsedRefreshTokenActive      Name = "used-refresh-token-active"
	RefreshTokenDisclosed       Name = "refresh-token-disclosed"
	AnyBearerIntrospects        Name = "any-bearer-introspects"
	AccessTokenTypeMisreported  Name = "access-token-type-misreported"
	RefreshTokenGuessable       Name = "refresh-token-guessable"
	ChangedRefreshTokenAccepted Name = "changed-refresh-token-accepted"
	TokenInCookie               Name = "token-in-cookie"
	MetadataSignedByNobody      Name = "metadata-signed-by-nobody"
	RefreshTokenOpensResource   Name = "refresh-token-opens-resource"
	RefreshTokensRace           Name = "refresh-tokens-race"
	AssertionsRace              Name = "assertions-race"
)

var tokenUse = []Fault{
	{UsedRefreshTokenActive, AuthorizationServer, ids{"rfc7662-4/checks-complete"}, "A refresh token that was used is reported active."},
	{RefreshTokenDisclosed, AuthorizationServer, ids{"rfc7662-4/own-tokens-only"}, "Whoever introspects a refresh token learns what it stands for."},
	{AnyBearerIntrospects, AuthorizationServer, ids{"rfc7662-2.1/bearer-authorized"}, "Any access token authorizes its bearer to introspect."},
	{AccessTokenTypeMisreported, AuthorizationServer, ids{"rfc7009-2.2.1/unsupported-type"}, "The revocation of an access token is refused as a malformed request."},
	{RefreshTokenGuessable, AuthorizationServer, ids{"rfc6749-10.4/unforgeable"}, "Refresh tokens are numbered."},
	{ChangedRefreshTokenAccepted, AuthorizationServer, ids{"rfc6749-10.4/unforgeable", "rfc9700-4.14.2/integrity"}, "What is added to a refresh token is not looked at."},
	{TokenInCookie, AuthorizationServer, ids{"rfc6750-5.3/server-cookies"}, "The access token comes in a cookie too."},
	{MetadataSignedByNobody, AuthorizationServer, ids{"rfc8414-2.1/signed-metadata"}, "The signed metadata has no signature."},
	{RefreshTokensRace, AuthorizationServer, ids{"rfc9700-4.14.2/replay-detected"}, "A refresh token is looked up first and used up a moment later, so that several win at once."},
	{AssertionsRace, AuthorizationServer, ids{"oidc-core-9/assertion-once"}, "A jti is looked up first and remembered a moment later, so that several win at once."},
	{RefreshTokenOpensResource, ResourceServer, ids{"rfc6749-1.5/refresh-token-opens-nothing", "rfc6750-3.1/other-credentials"}, "The protected resource takes a refresh token for an access token."},
}

// unsignedMetadata is a JWT of nobody: {"alg":"none"} and {"iss":"https://stranger.example"}.
const unsignedMetadata = "eyJhbGciOiJub25lIn0.eyJpc3MiOiJodHRwczovL3N0cmFuZ2VyLmV4YW1wbGUifQ."

var tokenUseEdits = map[Name]func(*http.Request, *Response){
	TokenInCookie: onTokens(func(r *Response) {
		r.Header.Add("Set-Cookie", fmt.Sprintf("session=%v; Path=/", members(r)["access_token"]))
	}),
	MetadataSignedByNobody: onMetadata(with("signed_metadata", unsignedMetadata)),
}
