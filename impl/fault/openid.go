package fault

import "encoding/json"

// Faults of the authorization server as an OpenID provider.
const (
	IDTokenNotIssued         Name = "id-token-not-issued"
	IDTokenNotSigned         Name = "id-token-not-signed"
	IDTokenSignedByStranger  Name = "id-token-signed-by-stranger"
	IDTokenWithoutKeyID      Name = "id-token-without-key-id"
	IDTokenNamesKeyURL       Name = "id-token-names-key-url"
	IDTokenWithoutRS256      Name = "id-token-without-rs256"
	IDTokenIssuerAltered     Name = "id-token-issuer-altered"
	IDTokenSubjectLong       Name = "id-token-subject-long"
	IDTokenSubjectVaries     Name = "id-token-subject-varies"
	IDTokenForAnotherClient  Name = "id-token-for-another-client"
	IDTokenTimesAsText       Name = "id-token-times-as-text"
	IDTokenNonceChanged      Name = "id-token-nonce-changed"
	IDTokenAccessHashWrong   Name = "id-token-access-hash-wrong"
	IDTokenAuthTimeOfRefresh Name = "id-token-auth-time-of-refresh"
	IDTokenPartyWrong        Name = "id-token-party-wrong"
	IDTokenIssuedLongAgo     Name = "id-token-issued-long-ago"
	IDTokenWithoutExpiry     Name = "id-token-without-expiry"
	IDTokenWithoutAuthTime   Name = "id-token-without-auth-time"
	IDTokenNonceKept         Name = "id-token-nonce-kept"
	NonceRequired            Name = "nonce-required"
	UnknownScopeRefused      Name = "unknown-scope-refused"
	UnknownHintsRefused      Name = "unknown-hints-refused"
	RequestObjectIgnored     Name = "request-object-ignored"
	UserInfoOfAnother        Name = "user-info-of-another"
	UserInfoAsText           Name = "user-info-as-text"
	UserInfoByGetOnly        Name = "user-info-by-get-only"
	UserInfoOpenToAll        Name = "user-info-open-to-all"
	UserInfoChallengeMissing Name = "user-info-challenge-missing"
	UserInfoWithNulls        Name = "user-info-with-nulls"
	ScopeClaimsWithheld      Name = "scope-claims-withheld"
	OpenIDNotDiscoverable    Name = "openid-not-discoverable"
	OpenIDMembersMissing     Name = "openid-members-missing"
	OpenIDIssuerAltered      Name = "openid-issuer-altered"
	OpenIDDiffers            Name = "openid-differs"
	OpenIDAsText             Name = "openid-as-text"
	OpenIDListsEmpty         Name = "openid-lists-empty"
	ScriptsShutOut           Name = "scripts-shut-out"
	OpenIDByGetOnly          Name = "openid-by-get-only"
)

var openID = []Fault{
	{IDTokenNotIssued, AuthorizationServer, ids{"oidc-core-3.1.3.3/id-token", "oidc-discovery-3/openid-scope"}, "No ID token comes with the scope openid."},
	{IDTokenNotSigned, AuthorizationServer, ids{"oidc-core-2/signed", "oidc-core-2/no-alg-none", "oidc-core-10.1/published-key"}, "ID tokens have the algorithm none."},
	{IDTokenSignedByStranger, AuthorizationServer, ids{"oidc-core-10.1/published-key"}, "ID tokens are signed with a key that nobody publishes."},
	{IDTokenWithoutKeyID, AuthorizationServer, ids{"oidc-core-10.1/kid"}, "ID tokens do not name their key."},
	{IDTokenNamesKeyURL, AuthorizationServer, ids{"oidc-core-2/no-key-headers"}, "ID tokens say where their key is to be had."},
	{IDTokenWithoutRS256, AuthorizationServer, ids{"oidc-core-15.1/rs256", "oidc-core-10.1/supported-alg"}, "ID tokens are signed with ES256 for clients that asked for nothing."},
	{IDTokenIssuerAltered, AuthorizationServer, ids{"oidc-core-2/required-claims", "oidc-discovery-3/issuer-is-iss"}, "The iss of an ID token has a slash at the end."},
	{IDTokenSubjectLong, AuthorizationServer, ids{"oidc-core-2/sub-length"}, "The sub of an ID token has hundreds of characters."},
	{IDTokenSubjectVaries, AuthorizationServer, ids{"oidc-core-2/sub-stable", "oidc-core-12.2/same-subject", "oidc-core-5.3.2/sub"}, "The sub of an ID token is another each time."},
	{IDTokenForAnotherClient, AuthorizationServer, ids{"oidc-core-2/aud-client-id"}, "The aud of an ID token is another client."},
	{IDTokenTimesAsText, AuthorizationServer, ids{"oidc-core-2/times-are-numbers"}, "The exp of an ID token is a text."},
	{IDTokenNonceChanged, AuthorizationServer, ids{"oidc-core-2/nonce-echoed", "oidc-core-2/nonce-unprocessed"}, "The nonce comes back in small letters."},
	{IDTokenAccessHashWrong, AuthorizationServer, ids{"oidc-core-3.1.3.6/at-hash"}, "The at_hash is that of no access token."},
	{IDTokenAuthTimeOfRefresh, AuthorizationServer, ids{"oidc-core-12.2/original-auth-time"}, "The auth_time is that of the refresh."},
	{IDTokenPartyWrong, AuthorizationServer, ids{"oidc-core-2/azp-client-id"}, "The azp is another client."},
	{IDTokenIssuedLongAgo, AuthorizationServer, ids{"oidc-core-12.2/new-iat"}, "The iat is that of the first ID token."},
	{IDTokenWithoutExpiry, AuthorizationServer, ids{"oidc-core-2/required-claims"}, "An ID token has no exp."},
	{IDTokenWithoutAuthTime, AuthorizationServer, ids{"oidc-core-2/auth-time", "oidc-core-3.1.2.1/max-age-auth-time", "oidc-core-15.1/auth-time-supported"}, "An ID token has no auth_time."},
	{IDTokenNonceKept, AuthorizationServer, ids{"oidc-core-12.2/same-nonce", "oidc-core-12.2/no-nonce"}, "The ID token of a refresh has a nonce of its own."},
	{NonceRequired, AuthorizationServer, ids{"oidc-core-3.1.2.1/nonce-optional"}, "A request without a nonce is refused."},
	{OpenIDByGetOnly, AuthorizationServer, ids{"oidc-core-3.1.2.1/get-and-post"}, "An authentication request by POST is refused."},
	{UnknownScopeRefused, AuthorizationServer, ids{"oidc-core-3.1.2.1/unknown-scope-ignored"}, "A scope that nobody knows is refused in OpenID Connect too."},
	{UnknownHintsRefused, AuthorizationServer, ids{"oidc-core-15.1/display-no-error", "oidc-core-15.1/locales-no-error", "oidc-core-15.1/acr-values-no-error", "oidc-core-3.1.2.1/ui-locales-no-error", "oidc-core-5.5/heuristic-claims", "oidc-core-5.5.1/no-error-for-missing"}, "A wish that the server cannot meet is refused."},
	{RequestObjectIgnored, AuthorizationServer, ids{"oidc-core-3.1.2.6/request-not-supported"}, "A request object is not read, and nobody is told."},
	{UserInfoOfAnother, AuthorizationServer, ids{"oidc-core-5.3.2/sub", "oidc-core-5.3/bearer-token", "oidc-core-5.3/get-and-post"}, "The claims are about another user."},
	{UserInfoAsText, AuthorizationServer, ids{"oidc-core-5.3.2/json"}, "The claims are text/plain."},
	{UserInfoByGetOnly, AuthorizationServer, ids{"oidc-core-5.3/get-and-post"}, "The claims are not had by POST."},
	{UserInfoOpenToAll, AuthorizationServer, ids{"oidc-core-5.3.3/bearer-error"}, "The claims are told to everybody."},
	{UserInfoChallengeMissing, AuthorizationServer, ids{"oidc-core-5.3.3/bearer-error"}, "Who has no access token is refused without a challenge."},
	{UserInfoWithNulls, AuthorizationServer, ids{"oidc-core-5.3.2/no-null-claims"}, "A claim without a value is null."},
	{ScopeClaimsWithheld, AuthorizationServer, ids{"oidc-core-5.4/scope-claims"}, "The claims of a granted scope are not told."},
	{OpenIDNotDiscoverable, AuthorizationServer, ids{"oidc-discovery-4/location", "oidc-discovery-4.2/status-200"}, "There is no OpenID configuration."},
	{OpenIDMembersMissing, AuthorizationServer, ids{"oidc-discovery-3/authorization-endpoint", "oidc-discovery-3/token-endpoint", "oidc-discovery-3/jwks-uri", "oidc-discovery-3/response-types", "oidc-discovery-3/subject-types", "oidc-core-8/subject-types", "oidc-discovery-3/id-token-algorithms", "oidc-discovery-3/userinfo-endpoint", "oidc-discovery-3/scopes-supported", "oidc-discovery-3/claims-supported", "oidc-discovery-3/registration-endpoint", "mcp-2026-07-28-authorization-code-protection/openid-configuration"}, "The OpenID configuration has the issuer alone."},
	{OpenIDIssuerAltered, AuthorizationServer, ids{"oidc-discovery-4.3/issuer-identical-served", "oidc-discovery-3/issuer"}, "The issuer of the OpenID configuration has a slash at the end."},
	{OpenIDDiffers, AuthorizationServer, ids{"rfc8414-5/consistent", "rfc9068-4/consistent"}, "The OpenID configuration names another token endpoint."},
	{OpenIDAsText, AuthorizationServer, ids{"oidc-discovery-4/json"}, "The OpenID configuration is text/plain."},
	{ScriptsShutOut, AuthorizationServer, ids{"oidc-discovery-4/cors", "oidc-discovery-3/cors", "oidc-core-5.3/cors"}, "No endpoint may be used by a script of another origin."},
	{OpenIDListsEmpty, AuthorizationServer, ids{"oidc-discovery-4.2/no-empty-lists"}, "The OpenID configuration has a list without elements."},
}

// onlyIssuer leaves nothing but the issuer.
func onlyIssuer(r *Response) {
	r.Body, _ = json.Marshal(map[string]any{"issuer": members(r)["issuer"]})
}
