package fault

// Faults of the authorization server that live at a branch of it.
const (
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
	EmptyParameterNotOmitted         Name = "empty-parameter-not-omitted"
	RefreshTokenWithoutOwner         Name = "refresh-token-without-resource-owner"
	CodeAcceptedTwice                Name = "code-accepted-twice"
	CodeNeverExpires                 Name = "code-never-expires"
	CodeOfAnotherClientAccepted      Name = "code-of-another-client-accepted"
	RedirectURINotCompared           Name = "redirect-uri-not-compared"
	UnregisteredRedirectURIAccepted  Name = "unregistered-redirect-uri-accepted"
	StateNotReturned                 Name = "state-not-returned"
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
	TokenWithoutAudience             Name = "token-without-audience"
	TokenWithoutIdentifier           Name = "token-without-identifier"
	IssuerWithTrailingSlash          Name = "issuer-with-trailing-slash"
)

var catalogue = []Fault{
	{ClientSecretNotChecked, AuthorizationServer, "rfc6749-5.2/invalid-client", "A token is issued whatever secret the client presents."},
}
