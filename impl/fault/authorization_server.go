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
	PublicClientsRefused             Name = "public-clients-refused"
	IssuerMissingInErrors            Name = "issuer-missing-in-errors"
	IssuerParameterAltered           Name = "issuer-parameter-altered"
	IssuerParameterWithQuery         Name = "issuer-parameter-with-query"
	AuthorizationByGetRefused        Name = "authorization-by-get-refused"
	ResponseParameterTwice           Name = "response-parameter-twice"
	RedirectQueryDropped             Name = "redirect-query-dropped"
	RedirectURIAlwaysNeeded          Name = "redirect-uri-always-needed"
	FirstRedirectURITaken            Name = "first-redirect-uri-taken"
	RedirectURIByPrefix              Name = "redirect-uri-by-prefix"
	ErrorPageEmpty                   Name = "error-page-empty"
	ErrorPageReflects                Name = "error-page-reflects"
	PrivateSchemeRefused             Name = "private-scheme-refused"
	CodeGuessable                    Name = "code-guessable"
	ChallengeInCode                  Name = "challenge-in-code"
	PublicClientUpgraded             Name = "public-client-upgraded"
	BasicNotDecoded                  Name = "basic-not-decoded"
	BasicCaseSensitive               Name = "basic-case-sensitive"
	PublicClientIDOptional           Name = "public-client-id-optional"
	ScopeOrderMatters                Name = "scope-order-matters"
	VerifierSyntaxNotChecked         Name = "verifier-syntax-not-checked"
	ChallengeSyntaxNotChecked        Name = "challenge-syntax-not-checked"
	MissingMethodIsS256              Name = "missing-method-is-s256"
	TokenWithoutExpiry               Name = "token-without-expiry"
	TokenWithoutAudience             Name = "token-without-audience"
	AuthorizationErrorRenamed        Name = "authorization-error-renamed"
	AuthorizationErrorWithQuotes     Name = "authorization-error-with-quotes"
	AuthorizationErrorURIBroken      Name = "authorization-error-uri-broken"
	AuthorizationErrorUnexplained    Name = "authorization-error-unexplained"
	VerifierNeverMatches             Name = "verifier-never-matches"
	EarlyTokenActive                 Name = "early-token-active"
	TokenIdentifierRepeated          Name = "token-identifier-repeated"
	DatesAsText                      Name = "dates-as-text"
	MetadataIssuerWithQuery          Name = "metadata-issuer-with-query"
	EmptyListInMetadata              Name = "empty-list-in-metadata"
	KeySetAsText                     Name = "key-set-as-text"
	AuthMethodNotEnforced            Name = "auth-method-not-enforced"
	ChunkedRequestRefused            Name = "chunked-request-refused"
	IntrospectionUnavailable         Name = "introspection-unavailable"
	ActiveMissing                    Name = "active-missing"
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
	NullsWritten                      Name = "nulls-written"
	AuthorizationEndpointCORS         Name = "authorization-endpoint-cors"
	BodyCredentialsRefused            Name = "body-credentials-refused"
	PragmaMissing                     Name = "pragma-missing"
	TokenMemberTwice                  Name = "token-member-twice"
	TokenErrorURIBroken               Name = "token-error-uri-broken"
	EndpointsWithFragment             Name = "endpoints-with-fragment"
	MetadataMissing                   Name = "metadata-missing"
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
	{TokenNotSigned, AuthorizationServer, ids{"rfc9068-2.1/signed", "rfc6749-10.3/unforgeable"}, "Access tokens have the algorithm none."},
	{SubjectIsTheClient, AuthorizationServer, ids{"oauth-2.1-client-identifier/foreign-identifiers", "rfc9068-2.2/subject", "documented-authorize/token-of-the-user"}, "The token of a resource owner names the client as its subject."},
	{ScopeClaimMissing, AuthorizationServer, ids{"rfc9068-2.2.3/scope", "documented-token/claims"}, "The access token does not say for which scope it is."},
	{PasswordGrantAccepted, AuthorizationServer, ids{"rfc9700-2.4/no-password-grant", "oauth-2.1-differences-from-oauth-2.0/no-password-grant"}, "The password grant is taken for client credentials."},
	{JSONRequestRefused, AuthorizationServer, ids{"documented-token/json-request", "documented-authorize/direct-approval"}, "The documented JSON requests are refused."},
	{JSONRequestEverywhere, AuthorizationServer, ids{"documented-token/json-is-documented-only"}, "A strict server takes JSON requests."},
	{ClientsListedEverywhere, AuthorizationServer, ids{"documented-operation/clients-documented-only"}, "A strict server lists its clients."},
	{TokenByGet, AuthorizationServer, ids{"rfc6749-3.2/post"}, "A token is issued to a GET."},
	{InvalidGrantRenamed, AuthorizationServer, ids{"rfc6749-5.2/invalid-grant"}, "What should be invalid_grant is invalid_request."},
	{ActiveAsText, AuthorizationServer, ids{"rfc7662-2.2/active"}, "The member active of an introspection response is a text."},
	{HealthUnclear, AuthorizationServer, ids{"documented-operation/health"}, "The health check says green instead of ok."},
	{ClientSecretsShown, AuthorizationServer, ids{"documented-operation/clients-listed"}, "The list of clients shows their secrets."},
	{ClientSecretNotChecked, AuthorizationServer, ids{"rfc6749-5.2/invalid-client", "documented-token/refusals", "rfc6749-2.2/id-not-authentication", "rfc6749-4.4.2/client-authenticated", "rfc6749-4.1.3/confidential-authenticates", "rfc6749-4.1.3/authentication-checked", "rfc9700-2.5/client-authentication", "oidc-core-3.1.3.2/client-authenticated"}, "A token is issued whatever secret the client presents."},
	{UnknownClientAccepted, AuthorizationServer, ids{"rfc6749-5.2/invalid-client"}, "A client that nobody registered gets a token."},
	{BasicChallengeMissing, AuthorizationServer, ids{"rfc6749-5.2/basic-challenge"}, "A failed Basic login is answered with 400 and no challenge."},
	{TwoAuthenticationMethodsAccepted, AuthorizationServer, ids{"rfc6749-5.2/one-authentication-method", "rfc6749-2.3/same-client"}, "Credentials in the header and in the body at once are accepted."},
	{PublicClientCredentialsAccepted, AuthorizationServer, ids{"rfc6749-4.4/confidential-only"}, "A public client gets a token by client credentials."},
	{GrantTypeOptional, AuthorizationServer, ids{"rfc6749-5.2/invalid-request"}, "A token request without a grant type is taken for client credentials."},
	{UnknownGrantTypeAccepted, AuthorizationServer, ids{"rfc6749-5.2/unsupported-grant-type"}, "An unknown grant type is taken for client credentials."},
	{UnregisteredGrantAccepted, AuthorizationServer, ids{"rfc6749-5.2/unauthorized-client", "rfc8693-2.1/authenticated"}, "A client uses a grant that it is not registered for."},
	{UnregisteredScopeGranted, AuthorizationServer, ids{"oidc-core-11/code-flow-only", "rfc6749-3.3/unregistered-scope", "rfc6749-3.3/case-sensitive", "rfc6749-3.3/scope-syntax", "rfc6749-10.3/scope-by-client"}, "Whatever scope is asked for is granted."},
	{RepeatedParametersAccepted, AuthorizationServer, ids{"rfc6749-3.2/parameters-once", "rfc6749-3.1/parameters-once", "oauth-2.1-authorization-endpoint/parameters-once", "oauth-2.1-token-endpoint/parameters-once"}, "Of a parameter that is given twice the first counts."},
	{QueryParametersAccepted, AuthorizationServer, ids{"rfc6749-2.3.1/not-in-uri", "rfc8693-2.1/in-the-body"}, "Credentials in the URL of the token endpoint are accepted."},
	{AnyMediaTypeAccepted, AuthorizationServer, ids{"rfc6749-4.4.2/form-encoded"}, "A token request is read as a form whatever its media type."},
	{UnrecognizedParameterRefused, AuthorizationServer, ids{"rfc6749-3.2/unrecognized-ignored", "rfc6749-3.1/unrecognized-ignored"}, "An unknown parameter of a token request is refused."},
	{EmptyParameterNotOmitted, AuthorizationServer, ids{"rfc6749-3.2/empty-omitted", "rfc6749-3.1/empty-omitted"}, "A parameter without a value is refused."},
	{RefreshTokenWithoutOwner, AuthorizationServer, ids{"rfc6749-4.4.3/no-refresh-token"}, "A refresh token comes with the client credentials grant."},
	{CodeAcceptedTwice, AuthorizationServer, ids{"rfc6749-4.1.2/single-use", "oauth-2.1-code-token-extension/one-access-token", "oauth-2.1-code-token-extension/second-use-denied", "oidc-core-3.1.3.2/code-unused"}, "A code works as often as it is presented."},
	{CodeNeverExpires, AuthorizationServer, ids{"rfc6749-4.1.2/expires"}, "A code works until it is used."},
	{CodeOfAnotherClientAccepted, AuthorizationServer, ids{"rfc6749-4.1.3/bound-to-client", "oidc-core-3.1.3.2/code-of-client"}, "Any client may redeem a code."},
	{RedirectURINotCompared, AuthorizationServer, ids{"rfc6749-4.1.3/redirect-uri", "rfc6749-4.1.3/redirect-uri-required", "oidc-core-3.1.3.2/redirect-uri-identical"}, "The redirect URI of a redemption is not looked at."},
	{MissingCodeMisreported, AuthorizationServer, ids{"rfc6749-4.1.3/required-parameters"}, "A redemption without a code is refused as if the grant type were unknown."},
	{UnregisteredRedirectURIAccepted, AuthorizationServer, ids{"rfc9700-2.1/no-open-redirector", "rfc6749-4.1.2.1/no-redirect-to-unknown", "documented-authorize/refusals", "mcp-2026-07-28-open-redirection/untrusted-uri", "cimd-redirect-url-registration/exact", "mcp-2026-07-28-client-id-metadata-documents/redirect-uri-checked", "oidc-core-3.1.2.6/invalid-redirect-uri"}, "The user agent is redirected wherever the request says."},
	{StateNotReturned, AuthorizationServer, ids{"rfc6749-4.1.2/code-and-state", "oidc-core-3.1.2.5/query-parameters"}, "The state does not come back."},
	{StateReencoded, AuthorizationServer, ids{"rfc6749-4.1.2/state-exact"}, "The state comes back with its blanks and signs changed."},
	{IssuerNotReturned, AuthorizationServer, ids{"rfc9207-2/iss-in-response", "mcp-2026-07-28-authorization-response-validation/iss-in-response"}, "The authorization response does not name the issuer."},
	{DenialIgnored, AuthorizationServer, ids{"rfc6749-4.1.2.1/access-denied", "oidc-core-3.1.2.6/error-with-state"}, "A code is issued although the resource owner denied."},
	{UnknownResponseTypeAccepted, AuthorizationServer, ids{"rfc6749-4.1.2.1/error-response", "oauth-2.1-removal-of-implicit-grant/no-token-response", "oidc-core-3.1.2.2/parameters-validated", "oidc-core-3.1.2.2/error-returned"}, "An unknown response type is taken for code."},
	{CodeChallengeOptional, AuthorizationServer, ids{"rfc7636-4.4.1/challenge-required", "rfc8252-8.1/pkce-enforced", "oauth-2.1-authorization-error-response/public-without-challenge", "oauth-2.1-authorization-error-response/confidential-without-challenge", "oauth-2.1-authorization-request/pkce-beside-nonce", "oauth-2.1-code-token-extension/no-challenge"}, "An authorization request without a code challenge is accepted."},
	{UnknownChallengeMethodAccepted, AuthorizationServer, ids{"rfc7636-4.4.1/unsupported-method"}, "An unknown transformation of the code challenge is taken for S256."},
	{CodeVerifierNotChecked, AuthorizationServer, ids{"rfc7636-4.6/verifier-mismatch", "rfc7636-4.4/bound-to-code", "oauth-2.1-authorization-request/pkce-enforced", "rfc9700-2.1.1/verifier-enforced"}, "The code verifier is not looked at."},
	{IntrospectionOpenToAll, AuthorizationServer, ids{"rfc7662-2.1/authenticated", "rfc7662-2.3/error-status", "rfc7662-4/resource-authenticated"}, "Anybody may introspect a token."},
	{ExpiredTokenActive, AuthorizationServer, ids{"rfc7662-2.2/inactive"}, "An expired token is reported active."},
	{ForeignTokenDisclosed, AuthorizationServer, ids{"rfc7662-4/own-tokens-only"}, "Every client learns about every token."},
	{TokenTypeHeaderMissing, AuthorizationServer, ids{"rfc9068-2.1/type"}, "The header of the access token has no typ."},
	{TokenWithoutIdentifier, AuthorizationServer, ids{"rfc9068-2.2/claims"}, "The access token has no jti."},
	{IssuerWithTrailingSlash, AuthorizationServer, ids{"rfc8414-3.3/issuer-identical"}, "The issuer in the metadata has a slash at the end that the real one has not."},
	{LoopbackPortFixed, AuthorizationServer, ids{"rfc8252-7.3/loopback-port", "rfc9700-4.1.3/localhost-port"}, "The port of a loopback redirect URI must be the registered one."},
	{SecretsLogged, AuthorizationServer, ids{"rfc6749-10.3/confidential", "rfc9700-4.9.3/tokens-secret"}, "The log holds the parameters of every request."},
	{PublicClientsRefused, AuthorizationServer, ids{"oauth-2.1-client-authentication-of-native-apps/no-shared-secret", "mcp-2026-07-28-overview/both-client-types", "rfc8252-6/server-pkce", "rfc8252-8.5/no-shared-secret"}, "A client without a secret is refused."},
	{IssuerMissingInErrors, AuthorizationServer, ids{"mcp-2026-07-28-authorization-response-validation/iss-in-error"}, "An error of the authorization endpoint does not name the issuer."},
	{IssuerParameterAltered, AuthorizationServer, ids{"rfc9207-2.3/issuer-identical"}, "The iss of an authorization response has a slash at the end that the issuer has not."},
	{IssuerParameterWithQuery, AuthorizationServer, ids{"rfc9207-2/no-query-or-fragment"}, "The iss of an authorization response has a query."},
	{AuthorizationByGetRefused, AuthorizationServer, ids{"rfc6749-3.1/get"}, "An authorization request by GET is refused."},
	{ResponseParameterTwice, AuthorizationServer, ids{"rfc6749-3.1/response-once"}, "An authorization response has two states."},
	{RedirectQueryDropped, AuthorizationServer, ids{"rfc6749-3.1.2/query-kept"}, "The query of a registered redirect URI is lost."},
	{RedirectURIAlwaysNeeded, AuthorizationServer, ids{"rfc6749-3.1.2.3/sole-uri"}, "A request without redirect_uri is refused although one alone is registered."},
	{FirstRedirectURITaken, AuthorizationServer, ids{"rfc6749-3.1.2.3/uri-needed"}, "Of several registered redirect URIs the first is taken where none is named."},
	{RedirectURIByPrefix, AuthorizationServer, ids{"rfc6749-3.1.2.3/simple-comparison", "rfc6749-3.1.2.3/matched", "rfc8252-8.4/exact-match", "mcp-2026-07-28-open-redirection/exact-match", "oauth-2.1-registration-requirements/exact-redirect-uri", "rfc9700-4.1.3/exact-redirect-uri", "oidc-core-3.1.2.1/redirect-uri-exact"}, "A redirect URI is accepted if it begins with a registered one."},
	{ErrorPageEmpty, AuthorizationServer, ids{"rfc6749-3.1.2.4/owner-informed"}, "The page about an unknown redirect URI is empty."},
	{ErrorPageReflects, AuthorizationServer, ids{"rfc6749-10.14/server-input"}, "The page about an unknown redirect URI shows it unescaped."},
	{PrivateSchemeRefused, AuthorizationServer, ids{"rfc8252-7/three-options"}, "A redirect URI with a scheme of the application is refused."},
	{CodeGuessable, AuthorizationServer, ids{"rfc6749-10.10/guess-probability", "rfc6749-10.10/guess-160"}, "Authorization codes are numbered."},
	{ChallengeInCode, AuthorizationServer, ids{"rfc7636-4.4/challenge-hidden", "oauth-2.1-authorization-response/challenge-hidden"}, "The authorization code holds the code challenge."},
	{PublicClientUpgraded, AuthorizationServer, ids{"rfc6749-2.3/public-not-identified", "oauth-2.1-client-types/one-type"}, "Any secret makes a public client confidential."},
	{BasicNotDecoded, AuthorizationServer, ids{"rfc6749-2.3.1/encoded-credentials"}, "The id and secret of HTTP Basic are not decoded."},
	{BasicCaseSensitive, AuthorizationServer, ids{"rfc9110-11.1/scheme-case-insensitive"}, "The scheme must be spelled Basic."},
	{PublicClientIDOptional, AuthorizationServer, ids{"rfc6749-3.2.1/public-client-id"}, "A code without a client_id is redeemed for the client that it was issued to."},
	{ScopeOrderMatters, AuthorizationServer, ids{"rfc6749-3.3/order-free"}, "Scopes are granted only in the order in which they are registered."},
	{VerifierSyntaxNotChecked, AuthorizationServer, ids{"rfc7636-4.1/verifier-syntax"}, "A code verifier of any length and with any characters is accepted."},
	{ChallengeSyntaxNotChecked, AuthorizationServer, ids{"rfc7636-4.2/challenge-syntax"}, "A code challenge of any form is accepted."},
	{MissingMethodIsS256, AuthorizationServer, ids{"rfc7636-4.3/method-default"}, "A code challenge without a method is taken for one of S256."},
	{TokenWithoutExpiry, AuthorizationServer, ids{"rfc6750-5.2/limited-lifetime"}, "The access token has no exp."},
	{TokenWithoutAudience, AuthorizationServer, ids{"rfc6750-5.3/audience", "rfc9700-2.3/audience-restricted", "rfc9068-3/default-audience"}, "The access token has no aud."},
	{AuthorizationErrorRenamed, AuthorizationServer, ids{"rfc6749-4.1.2.1/error-code"}, "The error of an authorization response is bad_request, which is not defined."},
	{AuthorizationErrorWithQuotes, AuthorizationServer, ids{"rfc6749-4.1.2.1/error-characters"}, "The error_description of an authorization response holds quotes and letters beyond ASCII."},
	{AuthorizationErrorURIBroken, AuthorizationServer, ids{"rfc6749-4.1.2.1/error-uri"}, "The error_uri of an authorization response is a sentence."},
	{AuthorizationErrorUnexplained, AuthorizationServer, ids{"rfc7636-4.4.1/error-explained"}, "An authorization response has no error_description."},
	{VerifierNeverMatches, AuthorizationServer, ids{"rfc7636-4.2/s256-supported", "rfc7636-4.6/verifier-matches", "rfc9700-2.1.1/pkce-supported"}, "No code verifier matches."},
	{NullsWritten, AuthorizationServer, ids{"oauth-2.1-json-serialization/no-null"}, "The JSON of the server has members that are null."},
	{AuthorizationEndpointCORS, AuthorizationServer, ids{"rfc9700-2.6/no-cors", "oidc-discovery-3/no-cors-authorization"}, "Scripts of every origin may read the authorization endpoint."},
	{BodyCredentialsRefused, AuthorizationServer, ids{"oauth-2.1-client-secret/body-supported"}, "Credentials in the body are refused."},
	{PragmaMissing, AuthorizationServer, ids{"rfc6749-5.1/pragma"}, "A response with a token lacks Pragma."},
	{TokenMemberTwice, AuthorizationServer, ids{"rfc6749-3.2/response-once"}, "A token response has two token_type."},
	{TokenErrorURIBroken, AuthorizationServer, ids{"rfc6749-5.2/error-uri"}, "The error_uri of the token endpoint is a sentence."},
	{EndpointsWithFragment, AuthorizationServer, ids{"rfc6749-3.1/no-fragment", "rfc6749-3.2/no-fragment"}, "The endpoints in the metadata have fragments."},
	{MetadataMissing, AuthorizationServer, ids{"mcp-2026-07-28-overview/metadata-offered", "rfc9700-2.6/metadata-published", "rfc8414-3/path-inserted"}, "There is no metadata."},
	{EarlyTokenActive, AuthorizationServer, ids{"rfc7662-4/checks-complete"}, "A token before its time is reported active."},
	{TokenIdentifierRepeated, AuthorizationServer, ids{"rfc7519-4.1.7/unique-identifier"}, "Every access token has the same jti."},
	{DatesAsText, AuthorizationServer, ids{"rfc7519-4.1.4/numeric-date"}, "The exp of an access token is a text."},
	{MetadataIssuerWithQuery, AuthorizationServer, ids{"rfc8414-2/issuer-plain"}, "The issuer in the metadata has a query."},
	{EmptyListInMetadata, AuthorizationServer, ids{"rfc8414-3.2/no-empty-lists"}, "The metadata has a list without elements."},
	{KeySetAsText, AuthorizationServer, ids{"rfc7517-8.5.1/media-type"}, "The key set is text/plain."},
	{AuthMethodNotEnforced, AuthorizationServer, ids{"rfc7591-2/auth-method-enforced"}, "A client authenticates in another way than it is registered for."},
	{ChunkedRequestRefused, AuthorizationServer, ids{"rfc9112-7.1/chunked-decoded"}, "A request in chunks is answered with 411."},
	{IntrospectionUnavailable, AuthorizationServer, ids{"rfc7662-2.2/active"}, "Introspection is not available."},
	{ActiveMissing, AuthorizationServer, ids{"rfc7662-2.2/active"}, "An introspection response has no member active."},
	{PlainChallengeAccepted, AuthorizationServer, ids{"rfc8414-2/lists-are-true", "rfc7636-4.5/method-of-the-code", "rfc7636-4.4.1/plain-unsupported"}, "The transformation plain works although the metadata lists S256 alone."},
	{ResponseModeOverstated, AuthorizationServer, ids{"rfc8414-2/lists-are-true"}, "The metadata lists the response mode fragment, in which no code is ever returned."},
	{ConfigurationTold, AuthorizationServer, ids{"rfc9700-4.2.4/no-secret-echoed"}, "A failed login is answered with the configuration, secrets included."},
	{TokenResponseCacheable, AuthorizationServer, ids{"rfc6749-5.1/no-store", "oauth-2.1-token-endpoint-response/no-store", "oidc-core-3.1.3.3/no-store"}, "A response with a token may be stored."},
	{TokenResponseAsText, AuthorizationServer, ids{"rfc6749-5.1/json"}, "A token comes as text/plain."},
	{TokenTypeMissing, AuthorizationServer, ids{"rfc6749-5.1/token-type", "oidc-core-3.1.3.3/bearer"}, "A token response has no token_type."},
	{LifetimeOverstated, AuthorizationServer, ids{"rfc6749-5.1/expires-in", "rfc6750-5.3/short-lived", "mcp-2026-07-28-token-theft/short-lived", "oauth-2.1-issue-short-lived-bearer-tokens/short-lived"}, "A token response says that the token lives for a day."},
	{LifetimeMissing, AuthorizationServer, ids{"rfc6749-5.1/expires-in", "rfc8693-2.2.1/expires-in"}, "A token response does not say how long the token lives."},
	{GrantedScopeNotStated, AuthorizationServer, ids{"rfc8693-2.2.1/scope", "rfc6749-3.3/narrowed-consent", "rfc6749-5.1/scope-stated", "rfc6749-3.3/default-scope", "rfc6750-5.2/scope-restricted", "rfc9700-2.3/actions-restricted", "oauth-2.1-token-endpoint-response/scope-always"}, "A token response never states the scope."},
	{ErrorsAsText, AuthorizationServer, ids{"rfc6749-5.2/error-json"}, "Errors of the token endpoint are text/plain."},
	{ErrorsWithQuotes, AuthorizationServer, ids{"rfc6749-5.2/error-characters"}, "Error descriptions hold quotes and letters beyond ASCII."},
	{ErrorsWithOddStatus, AuthorizationServer, ids{"rfc6749-5.2/error-status", "oidc-core-3.1.3.4/error-400"}, "Errors of the token endpoint have the status 422."},
	{MalformedInputCrashes, AuthorizationServer, ids{"rfc6749-4.1.2.1/no-server-error"}, "A malformed form is answered with status 500."},
	{PrivateKeyPublished, AuthorizationServer, ids{"rfc7517-5/keys", "oidc-discovery-3/no-private-keys"}, "The key set holds the private part of a key."},
	{CodeChallengeMethodsNotAdvertised, AuthorizationServer, ids{"mcp-2026-07-28-security/pkce-advertised", "oauth-2.1-cross-site-request-forgery/methods-detectable", "rfc9700-2.1.1/pkce-detectable", "rfc9700-2.1.1/methods-published"}, "The metadata does not say that PKCE is supported."},
	{IssuerParameterNotAdvertised, AuthorizationServer, ids{"rfc9207-2.3/advertised", "mcp-2026-07-28-authorization-response-validation/iss-advertised"}, "The metadata does not say that authorization responses name their issuer."},
	{MetadataAsText, AuthorizationServer, ids{"rfc8414-3.2/json"}, "The metadata is text/plain."},
	{ResponseTypesNotAdvertised, AuthorizationServer, ids{"rfc8414-2/required-members", "rfc8414-2/authorization-endpoint"}, "The metadata has no response_types_supported."},
}
