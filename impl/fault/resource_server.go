package fault

// Faults of the resource server that live at a branch of it.
const (
	SignatureNotChecked   Name = "signature-not-checked"
	UnsignedTokenAccepted Name = "unsigned-token-accepted"
	ExpiryNotChecked      Name = "expiry-not-checked"
	IssuerNotChecked      Name = "issuer-not-checked"
	AudienceNotChecked    Name = "audience-not-checked"
	TokenTypeNotChecked   Name = "token-type-not-checked"
	ScopeNotChecked       Name = "scope-not-checked"
	TokenInQueryAccepted  Name = "token-in-query-accepted"
)
