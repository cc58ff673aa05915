package fault

// Faults of the resource server that live at a branch of it.
const (
	ValidTokenRefused        Name = "valid-token-refused"
	IntrospectedTokenRefused Name = "introspected-token-refused"
	InactiveTokenAccepted    Name = "inactive-token-accepted"
	SharedKeyAccepted        Name = "shared-key-accepted"
	SummaryNeedsRead         Name = "summary-needs-read"
	TaskTotalWrong           Name = "task-total-wrong"
	CreatedTaskOK            Name = "created-task-ok"
	TaskIncomplete           Name = "task-incomplete"
	UpdateForgetsTitle       Name = "update-forgets-title"
	DeletedTaskOK            Name = "deleted-task-ok"
	UnknownTaskInvented      Name = "unknown-task-invented"
	InvalidTaskAccepted      Name = "invalid-task-accepted"
	InvalidStatusAccepted    Name = "invalid-status-accepted"
	RequiredScopeNotNamed    Name = "required-scope-not-named"
	UserOfAnother            Name = "user-of-another"
	EmailNotChanged          Name = "email-not-changed"
	PreferencesDropped       Name = "preferences-dropped"
	InvalidEmailAccepted     Name = "invalid-email-accepted"
	SignatureNotChecked      Name = "signature-not-checked"
	UnknownKeyAccepted       Name = "unknown-key-accepted"
	PublicKeyAsSecret        Name = "public-key-taken-for-secret"
	UnsignedTokenAccepted    Name = "unsigned-token-accepted"
	ExpiryNotChecked         Name = "expiry-not-checked"
	NotBeforeNotChecked      Name = "not-before-not-checked"
	IssuerNotChecked         Name = "issuer-not-checked"
	AudienceNotChecked       Name = "audience-not-checked"
	TokenTypeNotChecked      Name = "token-type-not-checked"
	CriticalExtensionIgnored Name = "critical-extension-ignored"
	ScopeNotChecked          Name = "scope-not-checked"
	TokenInQueryAccepted     Name = "token-in-query-accepted"
	KeysNotKept              Name = "keys-not-kept"
	UnknownAlgorithmAccepted Name = "unknown-algorithm-accepted"
	SchemeCaseSensitive      Name = "scheme-case-sensitive"
)

// Faults of the resource server that edit its answers.
const (
	ChallengeWithoutParameters  Name = "challenge-without-parameters"
	ChallengeAttributeTwice     Name = "challenge-attribute-twice"
	ChallengeScopeInQuotes      Name = "challenge-scope-in-quotes"
	ChallengeErrorInQuotes      Name = "challenge-error-in-quotes"
	ChallengeErrorURIBroken     Name = "challenge-error-uri-broken"
	AudienceListRefused         Name = "audience-list-refused"
	UnknownClaimRefused         Name = "unknown-claim-refused"
	UnreadableTokenAccepted     Name = "unreadable-token-accepted"
	IntrospectionKeptForEver    Name = "introspection-kept-for-ever"
	InvalidTokenRenamed         Name = "invalid-token-renamed"
	ResourceWithFragment        Name = "resource-with-fragment"
	ResourceMetadataMissing     Name = "resource-metadata-missing"
	EmptyListInResourceMetadata Name = "empty-list-in-resource-metadata"
	UnknownBearerMethod         Name = "unknown-bearer-method"
	IntrospectionFailsOpen      Name = "introspection-fails-open"
	OtherMembersBelieved        Name = "other-members-believed"
	BearerChallengeMissing      Name = "bearer-challenge-missing"
	ErrorWithoutCredentials     Name = "error-without-credentials"
	ResourceMetadataWithSlash   Name = "resource-metadata-with-slash"
	ResourceMetadataAsText      Name = "resource-metadata-as-text"
)

var resourceServer = []Fault{
	{ValidTokenRefused, ResourceServer, ids{"rfc6750-2.1/authorization-header", "rfc9068-4/valid-accepted"}, "Every token is refused."},
	{IntrospectedTokenRefused, ResourceServer, ids{"documented-access/verify", "documented-access/documented-tokens"}, "Tokens that must be introspected are refused."},
	{InactiveTokenAccepted, ResourceServer, ids{"documented-access/refusals"}, "A token that the issuer calls inactive works."},
	{SharedKeyAccepted, ResourceServer, ids{"documented-access/no-shared-key"}, "A token of the documented shape is verified with a shared key."},
	{SummaryNeedsRead, ResourceServer, ids{"documented-tasks/summary"}, "The summary needs tasks:read and not one of two scopes."},
	{TaskTotalWrong, ResourceServer, ids{"documented-tasks/list"}, "The number of listed tasks is wrong."},
	{CreatedTaskOK, ResourceServer, ids{"documented-tasks/create"}, "A created task is answered with 200."},
	{TaskIncomplete, ResourceServer, ids{"documented-tasks/get"}, "A task lacks the time of its creation."},
	{UpdateForgetsTitle, ResourceServer, ids{"documented-tasks/update"}, "A change of the status takes the title away."},
	{DeletedTaskOK, ResourceServer, ids{"documented-tasks/delete"}, "A deleted task is answered with 200."},
	{UnknownTaskInvented, ResourceServer, ids{"documented-tasks/unknown-task"}, "An unknown task is answered with 200."},
	{InvalidTaskAccepted, ResourceServer, ids{"documented-tasks/invalid-task"}, "A task that is not valid is answered with 201."},
	{InvalidStatusAccepted, ResourceServer, ids{"documented-tasks/invalid-status"}, "An unknown status is answered with 200."},
	{RequiredScopeNotNamed, ResourceServer, ids{"documented-scopes/insufficient-scope"}, "The refusal does not say which scope is required."},
	{UserOfAnother, ResourceServer, ids{"documented-user/get"}, "The profile of another user is shown."},
	{EmailNotChanged, ResourceServer, ids{"documented-user/update-email"}, "The email address stays as it was."},
	{PreferencesDropped, ResourceServer, ids{"documented-user/update-preferences"}, "The preferences are not kept."},
	{InvalidEmailAccepted, ResourceServer, ids{"documented-user/invalid-email"}, "What is no email address is answered with 200."},
	{SignatureNotChecked, ResourceServer, ids{"rfc9068-4/signature", "rfc9068-4/keys-of-issuer"}, "A token is believed whoever signed it."},
	{UnknownKeyAccepted, ResourceServer, ids{"rfc9068-4/keys-of-issuer"}, "A token is believed if nobody has published the key that its kid names."},
	{PublicKeyAsSecret, ResourceServer, ids{"rfc9068-4/signature"}, "The public key of the issuer is taken for the secret of a MAC."},
	{UnsignedTokenAccepted, ResourceServer, ids{"rfc9068-4/no-alg-none"}, "A token with the algorithm none is believed."},
	{KeysNotKept, ResourceServer, ids{"documented-access/keys-asked-seldom"}, "The protected resource asks for the keys at every token."},
	{UnknownAlgorithmAccepted, ResourceServer, ids{"rfc7515-4.1.1/algorithm-known"}, "A token is believed if its algorithm is one that nobody knows."},
	{ExpiryNotChecked, ResourceServer, ids{"rfc9068-4/expiry", "documented-access/expired"}, "A token works for ever."},
	{NotBeforeNotChecked, ResourceServer, ids{"rfc7519-4.1.5/not-before"}, "A token works before its time."},
	{IssuerNotChecked, ResourceServer, ids{"rfc9068-4/issuer"}, "A token of any issuer is believed if the key fits."},
	{AudienceNotChecked, ResourceServer, ids{"rfc9068-4/audience", "rfc9700-2.3/other-audience"}, "A token for another resource works here."},
	{TokenTypeNotChecked, ResourceServer, ids{"rfc9068-4/type", "rfc9068-5/other-jwts"}, "Any JWT of the issuer passes for an access token."},
	{CriticalExtensionIgnored, ResourceServer, ids{"rfc7515-4.1.11/critical"}, "Critical extensions of a token are ignored."},
	{ScopeNotChecked, ResourceServer, ids{"rfc6750-3.1/insufficient-scope", "rfc6749-7/scope-covers"}, "A token without the scope works."},
	{TokenInQueryAccepted, ResourceServer, ids{"rfc9700-4.3.2/not-in-query", "rfc6750-2.3/private", "oauth-2.1-bearer-token-requests/query-ignored"}, "A token in the query of the URL works."},
	{SchemeCaseSensitive, ResourceServer, ids{"rfc9110-11.1/scheme-case-insensitive"}, "The scheme must be spelled Bearer."},
	{ChallengeWithoutParameters, ResourceServer, ids{"rfc6750-3/auth-param"}, "A challenge is the word Bearer alone."},
	{ChallengeAttributeTwice, ResourceServer, ids{"rfc6750-3/attributes-once"}, "A challenge has two realms."},
	{ChallengeScopeInQuotes, ResourceServer, ids{"rfc6750-3/scope-characters"}, "The scope of a challenge holds quotes."},
	{ChallengeErrorInQuotes, ResourceServer, ids{"rfc6750-3/error-characters"}, "The error_description of a challenge holds quotes."},
	{ChallengeErrorURIBroken, ResourceServer, ids{"rfc6750-3/error-uri"}, "The error_uri of a challenge is a sentence."},
	{AudienceListRefused, ResourceServer, ids{"rfc7519-4.1.3/audience-list"}, "A token for several resources is refused."},
	{UnknownClaimRefused, ResourceServer, ids{"rfc7519-4/unknown-ignored"}, "A token with a claim that nobody knows is refused."},
	{UnreadableTokenAccepted, ResourceServer, ids{"rfc7519-7.2/malformed"}, "A token that cannot be read lets everybody in."},
	{IntrospectionKeptForEver, ResourceServer, ids{"rfc7662-4/cache-until-expiry"}, "A token that was active once is believed for ever."},
	{InvalidTokenRenamed, ResourceServer, ids{"rfc9068-4/error-code"}, "What should be invalid_token is invalid_request."},
	{ResourceWithFragment, ResourceServer, ids{"rfc9728-2/no-fragment"}, "The resource in the metadata has a fragment."},
	{ResourceMetadataMissing, ResourceServer, ids{"rfc9728-3/path-inserted"}, "There is no metadata of the resource."},
	{EmptyListInResourceMetadata, ResourceServer, ids{"rfc9728-3.2/no-empty-lists"}, "The metadata of the resource has a list without elements."},
	{UnknownBearerMethod, ResourceServer, ids{"rfc9728-2/bearer-methods"}, "The metadata of the resource lists the bearer method cookie."},
	{IntrospectionFailsOpen, ResourceServer, ids{"rfc7662-4/fails-closed"}, "A token that nobody can be asked about works."},
	{OtherMembersBelieved, ResourceServer, ids{"rfc7662-4/inactive-only"}, "An introspection response with a scope passes for one of an active token."},
	{BearerChallengeMissing, ResourceServer, ids{"rfc6750-3/challenge", "documented-access/no-token", "rfc9110-11.6.1/challenge-with-401"}, "A request without a token gets 401 and no challenge."},
	{ErrorWithoutCredentials, ResourceServer, ids{"rfc6750-3.1/no-error-without-credentials"}, "The challenge to a request without a token names an error."},
	{ResourceMetadataWithSlash, ResourceServer, ids{"rfc9728-3.3/resource-identical"}, "The resource in the metadata has a slash at the end."},
	{ResourceMetadataAsText, ResourceServer, ids{"rfc9728-3.2/json"}, "The metadata of the resource is text/plain."},
}
