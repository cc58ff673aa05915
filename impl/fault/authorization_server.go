package fault

// Faults of the authorization server that live at a branch of it.
const (
	BasicNotSupported                Name = "basic-not-supported"
	ValidCodeRefused                 Name = "valid-code-refused"
	MissingTokenInactive             Name = "missing-token-inactive"
	HintBelieved                     Name = "hint-believed"
	OwnTokenInactive                 Name = "own-token-inactive"
	ResourceTokenInactive            Name = "resource-token-inactive"
	TokenNotSigned                   Name = "token-not-signed"
	SubjectIsTheClient               Name = "subject-is-the-client"
	ScopeClaimMissing                Name = "scope-claim-missing"
	PasswordGrantAccepted            Name = "password-grant-accepted"
	JSONRequestRefused               Name = "json-request-refused"
	JSONRequestEverywhere            Name = "json-request-everywhere"
	ClientsListedEverywhere          Name = "clients-listed-everywhere"
	TokenByGet                       Name = "token-by-get"
	InvalidGrantRenamed              Name = "invalid-grant-renamed"
	ActiveAsText                     Name = "active-as-text"
	HealthUnclear                    Name = "health-unclear"
	ClientSecretsShown               Name = "client-secrets-shown"
	ClientSecretNotChecked           Name = "client-secret-not-checked"
	UnknownClientAccepted            Name = "unknown-client-accepted"
	BasicChallengeMissing            Name = "basic-challenge-missing"
	TwoAuthenticationMethodsAccepted Name = "two-authentication-methods-accepted"
	PublicClientCredentialsAccepted  Name = "public-client-credentials-accepted"
	GrantTypeOptional                Name = "grant-type-optional"
	UnknownGrantTypeAccepted         Name = "unknown-grant-type-accepted"
	UnregisteredGrantAccepted        Name = "unregistered-grant-accepted"
	UnregisteredScopeGranted         Name = "unregistered-scope-granted"
	RepeatedParametersAccepted       Name = "repeated-parameters-accepted"
	QueryParametersAccepted          Name = "query-parameters-accepted"
	AnyMediaTypeAccepted             Name = "any-media-type-accepted"
	UnrecognizedParameterRefused     Name = "unrecognized-parameter-refused"
	EmptyParameterNotOmitted         Name = "empty-parameter-not-omitted"
	RefreshTokenWithoutOwner         Name = "refresh-token-without-owner"
	CodeAcceptedTwice                Name = "code-accepted-twice"
	CodeNeverExpires                 Name = "code-never-expires"
	CodeOfAnotherClientAccepted      Name = "code-of-another-client-accepted"
	RedirectURINotCompared           Name = "redirect-uri-not-compared"
	MissingCodeMisreported           Name = "missing-code-misreported"
	UnregisteredRedirectURIAccepted  Name = "unregistered-redirect-uri-accepted"
	StateNotReturned                 Name = "state-not-returned"
	StateReencoded                   Name = "state-reencoded"
	IssuerNotReturned                Name = "issuer-not-returned"
	DenialIgnored                    Name = "denial-ignored"
	UnknownResponseTypeAccepted      Name = "unknown-response-type-accepted"
	CodeChallengeOptional            Name = "code-challenge-optional"
	UnknownChallengeMethodAccepted   Name = "unknown-challenge-method-accepted"
	CodeVerifierNotChecked           Name = "code-verifier-not-checked"
	IntrospectionOpenToAll           Name = "introspection-open-to-all"
	ExpiredTokenActive               Name = "expired-token-active"
	ForeignTokenDisclosed            Name = "foreign-token-disclosed"
	TokenTypeHeaderMissing           Name = "token-type-header-missing"
	TokenWithoutIdentifier           Name = "token-without-identifier"
	IssuerWithTrailingSlash          Name = "issuer-with-trailing-slash"
	LoopbackPortFixed                Name = "loopback-port-fixed"
	SecretsLogged                    Name = "secrets-logged"
	PlainChallengeAccepted           Name = "plain-challenge-accepted"
	ConfigurationTold                Name = "configuration-told"
)

// Faults of the authorization server that edit its answers.
const (
	TokenResponseCacheable            Name = "token-response-cacheable"
	TokenResponseAsText               Name = "token-response-as-text"
	TokenTypeMissing                  Name = "token-type-missing"
	LifetimeOverstated                Name = "lifetime-overstated"
	LifetimeMissing                   Name = "lifetime-missing"
	GrantedScopeNotStated             Name = "granted-scope-not-stated"
	ErrorsAsText                      Name = "errors-as-text"
	ErrorsWithQuotes                  Name = "errors-with-quotes"
	ErrorsWithOddStatus               Name = "errors-with-odd-status"
	MalformedInputCrashes             Name = "malformed-input-crashes"
	PrivateKeyPublished               Name = "private-key-published"
	CodeChallengeMethodsNotAdvertised Name = "code-challenge-methods-not-advertised"
	IssuerParameterNotAdvertised      Name = "issuer-parameter-not-advertised"
	MetadataAsText                    Name = "metadata-as-text"
	ResponseModeOverstated            Name = "response-mode-overstated"
	ResponseTypesNotAdvertised        Name = "response-types-not-advertised"
)

var authorizationServer = []Fault{
	{BasicNotSupported, AuthorizationServer, ids{"rfc6749-2.3.1/basic-supported", "rfc6749-4.4.3/access-token"}, "HTTP Basic is refused whatever the secret."},
	{ValidCodeRefused, AuthorizationServer, ids{"rfc6749-4.1.4/access-token", "rfc7636-4.6/verifier-matches"}, "Every authorization code is refused."},
	{MissingTokenInactive, AuthorizationServer, ids{"rfc7662-2.1/token-required"}, "An introspection request without a token is answered with inactive."},
	{HintBelieved, AuthorizationServer, ids{"rfc7662-2.1/unknown-hint-ignored"}, "A wrong hint hides the token."},
	{OwnTokenInactive, AuthorizationServer, ids{"documented-introspection/own-token"}, "A client is told that its own token is inactive."},
	{ResourceTokenInactive, AuthorizationServer, ids{"documented-introspection/resource-client"}, "The protected resource is told that the tokens for it are inactive."},
	{TokenNotSigned, AuthorizationServer, ids{"rfc9068-2.1/signed"}, "Access tokens have the algorithm none."},
	{SubjectIsTheClient, AuthorizationServer, ids{"rfc9068-2.2/subject", "documented-authorize/token-of-the-user"}, "The token of a resource owner names the client as its subject."},
	{ScopeClaimMissing, AuthorizationServer, ids{"rfc9068-2.2.3/scope", "documented-token/claims"}, "The access token does not say for which scope it is."},
	{PasswordGrantAccepted, AuthorizationServer, ids{"rfc9700-2.4/no-password-grant"}, "The password grant is taken for client credentials."},
	{JSONRequestRefused, AuthorizationServer, ids{"documented-token/json-request", "documented-authorize/direct-approval"}, "The documented JSON requests are refused."},
	{JSONRequestEverywhere, AuthorizationServer, ids{"documented-token/json-is-documented-only"}, "A strict server takes JSON requests."},
	{ClientsListedEverywhere, AuthorizationServer, ids{"documented-operation/clients-documented-only"}, "A strict server lists its clients."},
	{TokenByGet, AuthorizationServer, ids{"rfc6749-3.2/post"}, "A token is issued to a GET."},
	{InvalidGrantRenamed, AuthorizationServer, ids{"rfc6749-5.2/invalid-grant"}, "What should be invalid_grant is invalid_request."},
	{ActiveAsText, AuthorizationServer, ids{"rfc7662-2.2/active"}, "The member active of an introspection response is a text."},
	{HealthUnclear, AuthorizationServer, ids{"documented-operation/health"}, "The health check says green instead of ok."},
	{ClientSecretsShown, AuthorizationServer, ids{"documented-operation/clients-listed"}, "The list of clients shows their secrets."},
	{ClientSecretNotChecked, AuthorizationServer, ids{"rfc6749-5.2/invalid-client", "documented-token/refusals"}, "A token is issued whatever secret the client presents."},
	{UnknownClientAccepted, AuthorizationServer, ids{"rfc6749-5.2/invalid-client"}, "A client that nobody registered gets a token."},
	{BasicChallengeMissing, AuthorizationServer, ids{"rfc6749-5.2/basic-challenge"}, "A failed Basic login is answered with 400 and no challenge."},
	{TwoAuthenticationMethodsAccepted, AuthorizationServer, ids{"rfc6749-5.2/one-authentication-method"}, "Credentials in the header and in the body at once are accepted."},
	{PublicClientCredentialsAccepted, AuthorizationServer, ids{"rfc6749-4.4/confidential-only"}, "A public client gets a token by client credentials."},
	{GrantTypeOptional, AuthorizationServer, ids{"rfc6749-5.2/invalid-request"}, "A token request without a grant type is taken for client credentials."},
	{UnknownGrantTypeAccepted, AuthorizationServer, ids{"rfc6749-5.2/unsupported-grant-type"}, "An unknown grant type is taken for client credentials."},
	{UnregisteredGrantAccepted, AuthorizationServer, ids{"rfc6749-5.2/unauthorized-client"}, "A client uses a grant that it is not registered for."},
	{UnregisteredScopeGranted, AuthorizationServer, ids{"rfc6749-3.3/unregistered-scope", "rfc6749-3.3/case-sensitive", "rfc6749-3.3/scope-syntax"}, "Whatever scope is asked for is granted."},
	{RepeatedParametersAccepted, AuthorizationServer, ids{"rfc6749-3.2/parameters-once"}, "Of a parameter that is given twice the first counts."},
	{QueryParametersAccepted, AuthorizationServer, ids{"rfc6749-2.3.1/not-in-uri"}, "Credentials in the URL of the token endpoint are accepted."},
	{AnyMediaTypeAccepted, AuthorizationServer, ids{"rfc6749-4.4.2/form-encoded"}, "A token request is read as a form whatever its media type."},
	{UnrecognizedParameterRefused, AuthorizationServer, ids{"rfc6749-3.2/unrecognized-ignored", "rfc6749-3.1/unrecognized-ignored"}, "An unknown parameter of a token request is refused."},
	{EmptyParameterNotOmitted, AuthorizationServer, ids{"rfc6749-3.2/empty-omitted"}, "A parameter without a value is refused."},
	{RefreshTokenWithoutOwner, AuthorizationServer, ids{"rfc6749-4.4.3/no-refresh-token"}, "A refresh token comes with the client credentials grant."},
	{CodeAcceptedTwice, AuthorizationServer, ids{"rfc6749-4.1.2/single-use"}, "A code works as often as it is presented."},
	{CodeNeverExpires, AuthorizationServer, ids{"rfc6749-4.1.2/expires"}, "A code works until it is used."},
	{CodeOfAnotherClientAccepted, AuthorizationServer, ids{"rfc6749-4.1.3/bound-to-client"}, "Any client may redeem a code."},
	{RedirectURINotCompared, AuthorizationServer, ids{"rfc6749-4.1.3/redirect-uri", "rfc6749-4.1.3/redirect-uri-required"}, "The redirect URI of a redemption is not looked at."},
	{MissingCodeMisreported, AuthorizationServer, ids{"rfc6749-4.1.3/required-parameters"}, "A redemption without a code is refused as if the grant type were unknown."},
	{UnregisteredRedirectURIAccepted, AuthorizationServer, ids{"rfc6749-4.1.2.1/no-redirect-to-unknown", "documented-authorize/refusals"}, "The user agent is redirected wherever the request says."},
	{StateNotReturned, AuthorizationServer, ids{"rfc6749-4.1.2/code-and-state"}, "The state does not come back."},
	{StateReencoded, AuthorizationServer, ids{"rfc6749-4.1.2/state-exact"}, "The state comes back with its blanks and signs changed."},
	{IssuerNotReturned, AuthorizationServer, ids{"rfc9207-2/iss-in-response"}, "The authorization response does not name the issuer."},
	{DenialIgnored, AuthorizationServer, ids{"rfc6749-4.1.2.1/access-denied"}, "A code is issued although the resource owner denied."},
	{UnknownResponseTypeAccepted, AuthorizationServer, ids{"rfc6749-4.1.2.1/error-response"}, "An unknown response type is taken for code."},
	{CodeChallengeOptional, AuthorizationServer, ids{"rfc7636-4.4.1/challenge-required"}, "An authorization request without a code challenge is accepted."},
	{UnknownChallengeMethodAccepted, AuthorizationServer, ids{"rfc7636-4.4.1/unsupported-method"}, "An unknown transformation of the code challenge is taken for S256."},
	{CodeVerifierNotChecked, AuthorizationServer, ids{"rfc7636-4.6/verifier-mismatch"}, "The code verifier is not looked at."},
	{IntrospectionOpenToAll, AuthorizationServer, ids{"rfc7662-2.1/authenticated"}, "Anybody may introspect a token."},
	{ExpiredTokenActive, AuthorizationServer, ids{"rfc7662-2.2/inactive"}, "An expired token is reported active."},
	{ForeignTokenDisclosed, AuthorizationServer, ids{"rfc7662-4/own-tokens-only"}, "Every client learns about every token."},
	{TokenTypeHeaderMissing, AuthorizationServer, ids{"rfc9068-2.1/type"}, "The header of the access token has no typ."},
	{TokenWithoutIdentifier, AuthorizationServer, ids{"rfc9068-2.2/claims"}, "The access token has no jti."},
	{IssuerWithTrailingSlash, AuthorizationServer, ids{"rfc8414-3.3/issuer-identical"}, "The issuer in the metadata has a slash at the end that the real one has not."},
	{LoopbackPortFixed, AuthorizationServer, ids{"rfc8252-7.3/loopback-port"}, "The port of a loopback redirect URI must be the registered one."},
	{SecretsLogged, AuthorizationServer, ids{"rfc6749-10.3/confidential"}, "The log holds the parameters of every request."},
	{PlainChallengeAccepted, AuthorizationServer, ids{"rfc8414-2/lists-are-true"}, "The transformation plain works although the metadata lists S256 alone."},
	{ResponseModeOverstated, AuthorizationServer, ids{"rfc8414-2/lists-are-true"}, "The metadata lists the response mode form_post, which nobody implements."},
	{ConfigurationTold, AuthorizationServer, ids{"rfc9700-4.2.4/no-secret-echoed"}, "A failed login is answered with the configuration, secrets included."},
	{TokenResponseCacheable, AuthorizationServer, ids{"rfc6749-5.1/no-store"}, "A response with a token may be stored."},
	{TokenResponseAsText, AuthorizationServer, ids{"rfc6749-5.1/json"}, "A token comes as text/plain."},
	{TokenTypeMissing, AuthorizationServer, ids{"rfc6749-5.1/token-type"}, "A token response has no token_type."},
	{LifetimeOverstated, AuthorizationServer, ids{"rfc6749-5.1/expires-in"}, "A token response says that the token lives for a day."},
	{LifetimeMissing, AuthorizationServer, ids{"rfc6749-5.1/expires-in"}, "A token response does not say how long the token lives."},
	{GrantedScopeNotStated, AuthorizationServer, ids{"rfc6749-5.1/scope-stated", "rfc6749-3.3/default-scope"}, "A token response never states the scope."},
	{ErrorsAsText, AuthorizationServer, ids{"rfc6749-5.2/error-json"}, "Errors of the token endpoint are text/plain."},
	{ErrorsWithQuotes, AuthorizationServer, ids{"rfc6749-5.2/error-characters"}, "Error descriptions hold quotes and letters beyond ASCII."},
	{ErrorsWithOddStatus, AuthorizationServer, ids{"rfc6749-5.2/error-status"}, "Errors of the token endpoint have the status 422."},
	{MalformedInputCrashes, AuthorizationServer, ids{"rfc6749-4.1.2.1/no-server-error"}, "A malformed form is answered with status 500."},
	{PrivateKeyPublished, AuthorizationServer, ids{"rfc7517-5/keys"}, "The key set holds the private part of a key."},
	{CodeChallengeMethodsNotAdvertised, AuthorizationServer, ids{"mcp-2026-07-28-security/pkce-advertised"}, "The metadata does not say that PKCE is supported."},
	{IssuerParameterNotAdvertised, AuthorizationServer, ids{"rfc9207-2.3/advertised"}, "The metadata does not say that authorization responses name their issuer."},
	{MetadataAsText, AuthorizationServer, ids{"rfc8414-3.2/json"}, "The metadata is text/plain."},
	{ResponseTypesNotAdvertised, AuthorizationServer, ids{"rfc8414-2/required-members", "rfc8414-2/authorization-endpoint"}, "The metadata has no response_types_supported."},
}
