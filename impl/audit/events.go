package audit

// The events: what was decided.
const (
	TokenIssued     = "token-issued"
	TokenRefused    = "token-refused"
	CodeIssued      = "code-issued"
	CodeReused      = "code-reused"          // Its grant ended.
	RefreshReused   = "refresh-token-reused" // Its grant ended.
	TokenRevoked    = "token-revoked"
	RevokeRefused   = "revocation-refused"
	AskingRefused   = "introspection-refused"
	ConsentGiven    = "consent-given"
	ConsentDenied   = "consent-denied"
	ConsentEnded    = "consent-withdrawn"
	SignedIn        = "signed-in"
	SignInFailed    = "sign-in-failed"
	SignInLocked    = "sign-in-locked" // After too many wrong passwords.
	SignedOut       = "signed-out"
	ClientFailed    = "client-authentication-failed"
	ClientLocked    = "client-authentication-locked" // After too many wrong secrets.
	DecisionRefused = "decision-refused"             // No event could be kept; of each request.
	RequestLimited  = "request-limited"              // One in a minute of each address or client.

	ClientRegistered    = "client-registered"
	RegistrationRefused = "client-registration-refused"
	ClientUpdated       = "client-updated"
	ClientDeleted       = "client-deleted"
	ManagementRefused   = "client-configuration-refused" // RFC 7592.

	UserAdded       = "user-added"
	UserRemoved     = "user-removed"
	PasswordChanged = "password-changed"

	KeyRotated    = "key-rotated"
	EventsDropped = "events-lost" // The table lacks some; the lines have them.
)
