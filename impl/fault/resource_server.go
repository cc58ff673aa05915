package fault

// Faults of the resource server that live at a branch of it.
const (
	SignatureNotChecked      Name = "signature-not-checked"
	UnsignedTokenAccepted    Name = "unsigned-token-accepted"
	ExpiryNotChecked         Name = "expiry-not-checked"
	NotBeforeNotChecked      Name = "not-before-not-checked"
	IssuerNotChecked         Name = "issuer-not-checked"
	AudienceNotChecked       Name = "audience-not-checked"
	TokenTypeNotChecked      Name = "token-type-not-checked"
	CriticalExtensionIgnored Name = "critical-extension-ignored"
	ScopeNotChecked          Name = "scope-not-checked"
	TokenInQueryAccepted     Name = "token-in-query-accepted"
	SchemeCaseSensitive      Name = "scheme-case-sensitive"
)

// Faults of the resource server that edit its answers.
const (
	BearerChallengeMissing    Name = "bearer-challenge-missing"
	ErrorWithoutCredentials   Name = "error-without-credentials"
	ResourceMetadataWithSlash Name = "resource-metadata-with-slash"
	ResourceMetadataAsText    Name = "resource-metadata-as-text"
)

var resourceServer = []Fault{
	{SignatureNotChecked, ResourceServer, "rfc9068-4/signature", "A token is believed whoever signed it."},
	{UnsignedTokenAccepted, ResourceServer, "rfc9068-4/no-alg-none", "A token with the algorithm none is believed."},
	{ExpiryNotChecked, ResourceServer, "rfc9068-4/expiry", "A token works for ever."},
	{NotBeforeNotChecked, ResourceServer, "rfc7519-4.1.5/not-before", "A token works before its time."},
	{IssuerNotChecked, ResourceServer, "rfc9068-4/issuer", "A token of any issuer is believed if the key fits."},
	{AudienceNotChecked, ResourceServer, "rfc9068-4/audience", "A token for another resource works here."},
	{TokenTypeNotChecked, ResourceServer, "rfc9068-4/type", "Any JWT of the issuer passes for an access token."},
	{CriticalExtensionIgnored, ResourceServer, "rfc7515-4.1.11/critical", "Critical extensions of a token are ignored."},
	{ScopeNotChecked, ResourceServer, "rfc6750-3.1/insufficient-scope", "A token without the scope works."},
	{TokenInQueryAccepted, ResourceServer, "rfc9700-4.3.2/not-in-query", "A token in the query of the URL works."},
	{SchemeCaseSensitive, ResourceServer, "rfc9110-11.1/scheme-case-insensitive", "The scheme must be spelled Bearer."},
	{BearerChallengeMissing, ResourceServer, "rfc6750-3/challenge", "A request without a token gets 401 and no challenge."},
	{ErrorWithoutCredentials, ResourceServer, "rfc6750-3.1/no-error-without-credentials", "The challenge to a request without a token names an error."},
	{ResourceMetadataWithSlash, ResourceServer, "rfc9728-3.3/resource-identical", "The resource in the metadata has a slash at the end."},
	{ResourceMetadataAsText, ResourceServer, "rfc9728-3.2/json", "The metadata of the resource is text/plain."},
}
