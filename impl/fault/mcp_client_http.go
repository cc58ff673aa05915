package fault

// Faults of a client of MCP servers over HTTP. All but those at a branch of the
// fixture are edits of what it sends and sees.
const (
	ResourceMismatchAccepted  Name = "resource-mismatch-accepted"
	MetadataOfAnotherUsed     Name = "metadata-of-another-issuer-used"
	PKCESupportNotChecked     Name = "pkce-support-not-checked"
	PlainChallengeSent        Name = "plain-challenge-sent"
	IssIgnored                Name = "iss-ignored"
	StateIgnored              Name = "state-ignored"
	ResourceNotSent           Name = "resource-not-sent"
	DocumentOfAnother         Name = "document-of-another-client"
	DocumentIncomplete        Name = "document-incomplete"
	SecretPublished           Name = "secret-published"
	DocumentRedirected        Name = "document-redirected"
	DocumentChanges           Name = "document-url-changes"
	AssertionNotSent          Name = "assertion-not-sent"
	DocumentByHTTP            Name = "metadata-document-by-http"
	ResourceNotSentOnRefresh  Name = "resource-not-sent-on-refresh"
	ResourceNotSentForItself  Name = "resource-not-sent-for-itself"
	ResourceAlteredByClient   Name = "resource-with-slash-sent"
	ChallengedMetadataIgnored Name = "challenged-metadata-ignored"
	ChallengedScopeIgnored    Name = "challenged-scope-ignored"
	OtherChallengesDisturb    Name = "other-challenges-disturb"
	WellKnownNotAsked         Name = "well-known-not-asked"
	OpenIDMetadataNotAsked    Name = "openid-metadata-not-asked"
	StepUpNotTried            Name = "step-up-not-tried"
	ScopesNotUnited           Name = "scopes-not-united"
	ApplicationTypeNotSent    Name = "application-type-not-sent"
	RefreshGrantNotListed     Name = "refresh-grant-not-listed"
	AuthorizationURLUnchecked Name = "authorization-url-not-checked"
	TokenOnceASession         Name = "token-once-a-session"
	CredentialsNotUsed        Name = "credentials-not-used"
	CredentialsOfAnyIssuer    Name = "credentials-of-any-issuer"
	RegistrationsForgotten    Name = "registrations-forgotten"
	TokenTypeIgnored          Name = "token-type-ignored"
	ChallengeNotAnswered      Name = "challenge-not-answered"
	CodeVerifierNotSent       Name = "code-verifier-not-sent"
	ResourceWithFragmentSent  Name = "resource-with-fragment-sent"
	ClientIDNotSent           Name = "client-id-not-sent"
	RefusedRegistrationUsed   Name = "refused-registration-used"
	IssDemanded               Name = "iss-demanded"
	RefreshTokenDemanded      Name = "refresh-token-demanded"
	UnknownMembersDisturb     Name = "unknown-members-disturb"
	BrokenMetadataGuessed     Name = "broken-metadata-guessed"
	RedirectURIElsewhere      Name = "redirect-uri-elsewhere"
	UnregisteredRedirectURI   Name = "unregistered-redirect-uri-sent"
)

var mcpClientHTTP = []Fault{
	{ResourceMismatchAccepted, MCPClient, ids{"rfc9728-3.3/mismatch-not-used", "rfc9728-3.3/challenge-resource"}, "The client uses the metadata of another resource."},
	{MetadataOfAnotherUsed, MCPClient, ids{mcpSpec + "authorization-server-metadata/issuer-identical", "rfc8414-3.3/not-used", "rfc8414-4/code-points", "oidc-discovery-4.3/issuer-identical", "oidc-discovery-4.3/invalid-not-used"}, "The client uses the metadata of another issuer, whatever it is called."},
	{PKCESupportNotChecked, MCPClient, ids{mcpSpec + "authorization-code-protection/support-verified", mcpSpec + "authorization-code-protection/support-verified-openid", "rfc9700-4.7.1/pkce-support-checked", "oauth-2.1-cross-site-request-forgery/method-supported"}, "The client goes on where PKCE is not advertised."},
	{PlainChallengeSent, MCPClient, ids{mcpSpec + "authorization-code-protection/s256", "rfc7636-4.2/client-s256"}, "The client sends the code challenge method plain."},
	{IssIgnored, MCPClient, ids{mcpSpec + "authorization-response-validation/iss-compared", mcpSpec + "authorization-response-validation/iss-missing", mcpSpec + "authorization-response-validation/iss-unadvertised", mcpSpec + "authorization-response-validation/iss-not-normalized", mcpSpec + "authorization-response-validation/iss-in-error-checked", mcpSpec + "authorization-response-validation/iss-before-token", "rfc9207-2.4/mismatch-rejected", "rfc9207-2.4/simple-comparison", "rfc9207-2.4/compared-with-metadata", "rfc9700-4.4.2.1/issuer-compared", "rfc9700-2.1/mix-up", "oauth-2.1-preventing-mix-up-attacks/same-issuer", "mcp-security-mix-up-attacks/bound-to-issuer", "rfc9207-2.4/missing-rejected", "rfc9207-2.4/iss-extracted", "rfc9207-2.4/error-not-trusted", "rfc9700-2.1/mix-up-by-issuer", "rfc9207-4/contradicting-issuers"}, "The client does not look at iss."},
	{StateIgnored, MCPClient, ids{mcpSpec + "open-redirection/state-verified"}, "The client does not look at state."},
	{ResourceNotSent, MCPClient, ids{mcpSpec + "resource-parameter-implementation/in-both-requests", mcpSpec + "canonical-server-uri/always-sent"}, "The client does not say for which resource its token is to be."},
	{DocumentOfAnother, MCPClient, ids{mcpSpec + "client-id-metadata-documents/client-id-identical", "cimd-client-metadata-document/own-client-id"}, "The client_id in the client's document is another URL."},
	{DocumentIncomplete, MCPClient, ids{mcpSpec + "client-id-metadata-documents/required-members"}, "The client's document has no name and no redirect URI."},
	{SecretPublished, MCPClient, ids{"cimd-client-metadata-document/no-secret-published"}, "The client publishes a secret in its document."},
	{DocumentRedirected, MCPClient, ids{"cimd-client-metadata-document/served-with-200"}, "The client's document has moved."},
	{DocumentChanges, MCPClient, ids{"cimd-client-identifier/stable"}, "The client names another URL each time."},
	{AssertionNotSent, MCPClient, ids{"cimd-client-authentication/sent"}, "The client that publishes a key authenticates by nothing."},
	{DocumentByHTTP, MCPClient, ids{mcpSpec + "client-id-metadata-documents/https-with-path", "cimd-client-identifier/own-url"}, "The client names its document by http."},
	{ResourceNotSentOnRefresh, MCPClient, ids{mcpSpec + "resource-parameter-implementation/in-both-requests", mcpSpec + "canonical-server-uri/always-sent"}, "The client does not say for which resource a token is refreshed."},
	{ResourceNotSentForItself, MCPClient, ids{mcpSpec + "resource-parameter-implementation/in-both-requests", mcpSpec + "canonical-server-uri/always-sent"}, "The client that acts for itself does not say for which resource its token is to be."},
	{ResourceAlteredByClient, MCPClient, ids{mcpSpec + "canonical-server-uri/no-trailing-slash", mcpSpec + "resource-parameter-implementation/intended-server"}, "The client adds a slash to the resource."},
	{ChallengedMetadataIgnored, MCPClient, ids{mcpSpec + "protected-resource-metadata/challenge-first"}, "The client does not ask for the metadata that a challenge names."},
	{ChallengedScopeIgnored, MCPClient, ids{mcpSpec + "scope-selection-strategy/selection-order", mcpSpec + "scope-selection-strategy/challenge-authoritative", mcpSpec + "scope-selection-strategy/no-set-relation", "mcp-2025-11-25-protected-resource-metadata/challenge-authoritative"}, "The client does not ask for the scope of a challenge."},
	{OtherChallengesDisturb, MCPClient, ids{mcpSpec + "protected-resource-metadata/challenge-parsed"}, "The client reads the first challenge alone."},
	{WellKnownNotAsked, MCPClient, ids{mcpSpec + "protected-resource-metadata/well-known-fallback", "rfc9728-3.1/client-inserts"}, "The client does without metadata where no challenge names them."},
	{OpenIDMetadataNotAsked, MCPClient, ids{mcpSpec + "overview/both-metadata-kinds", mcpSpec + "authorization-server-metadata/several-locations", mcpSpec + "authorization-server-metadata/path-issuer-order", mcpSpec + "authorization-server-metadata/root-issuer-locations", "rfc8414-3.1/client-inserts", "rfc9700-2.6/metadata-used"}, "The client knows the metadata of RFC 8414 alone."},
	{StepUpNotTried, MCPClient, ids{mcpSpec + "step-up/answered", mcpSpec + "step-up/user-client-attempts", "mcp-2025-11-25-step-up/selection-strategy"}, "The client gives up when its scope does not suffice."},
	{ScopesNotUnited, MCPClient, ids{mcpSpec + "step-up/union", mcpSpec + "scope-selection-strategy/granted-scopes-kept", "mcp-security-scope-minimization/scope-union"}, "The client asks for the missing scopes alone, and loses those it had."},
	{ApplicationTypeNotSent, MCPClient, ids{mcpSpec + "application-type/sent", mcpSpec + "application-type/native"}, "The client registers without application_type."},
	{RefreshGrantNotListed, MCPClient, ids{mcpSpec + "refresh-tokens/grant-type-listed"}, "The client registers without the grant type refresh_token."},
	{AuthorizationURLUnchecked, MCPClient, ids{"mcp-security-authorization-url-validation/dangerous-schemes", "mcp-security-authorization-url-validation/scheme-allowed", "mcp-security-authorization-url-validation/urls-sanitized"}, "The client opens whatever is called an authorization endpoint."},
	{TokenOnceASession, MCPClient, ids{"mcp-2025-11-25-token-requirements/every-request"}, "The client shows its token at the beginning of a session alone."},
	{CredentialsNotUsed, MCPClient, ids{mcpSpec + "client-registration/priority", mcpSpec + "pre-registration/static-credentials"}, "The client registers although it was registered beforehand."},
	{CredentialsOfAnyIssuer, MCPClient, ids{mcpSpec + "authorization-server-binding/not-reused", mcpSpec + "authorization-server-location/no-shared-credentials", mcpSpec + "authorization-server-binding/mismatch-surfaced"}, "The client shows its credentials to every authorization server."},
	{RegistrationsForgotten, MCPClient, ids{mcpSpec + "authorization-server-binding/keyed-by-issuer"}, "The client registers for every connection."},
	{ChallengeNotAnswered, MCPClient, ids{mcpSpec + "protected-resource-metadata/answers-401", mcpSpec + "overview/discovery-by-resource"}, "The client gives up when it is asked for a token."},
	{CodeVerifierNotSent, MCPClient, ids{mcpSpec + "authorization-code-protection/pkce", "rfc7636-4.3/challenge-sent", "rfc7636-4.5/verifier-sent", "rfc8252-6/client-pkce", "rfc9700-2.1.1/public-pkce", "oauth-2.1-authorization-request/pkce", "rfc9700-2.1.1/injection", "rfc9700-2.1/csrf", "rfc9700-2.1.1/confidential-pkce"}, "The client does without PKCE."},
	{ResourceWithFragmentSent, MCPClient, ids{mcpSpec + "resource-parameter-implementation/canonical-uri", "rfc8707-2/client-no-fragment"}, "The client sends a resource with a fragment."},
	{ClientIDNotSent, MCPClient, ids{mcpSpec + "client-registration/client-id-first", "rfc6749-4.1.1/client-id"}, "The client asks for authorization without a client_id."},
	{RefusedRegistrationUsed, MCPClient, ids{mcpSpec + "application-type/failure-handled"}, "The client goes on as if it had been registered."},
	{IssDemanded, MCPClient, ids{mcpSpec + "authorization-response-validation/no-iss-proceeds"}, "The client wants an iss that nobody promised."},
	{RefreshTokenDemanded, MCPClient, ids{mcpSpec + "refresh-tokens/not-presumed"}, "The client gives up where it gets no refresh token."},
	{UnknownMembersDisturb, MCPClient, ids{"rfc8414-3.2/unknown-ignored", "rfc9728-3.2/unknown-ignored", "rfc6749-5.1/client-ignores-unknown", "rfc6749-4.1.2/client-ignores-unknown", "rfc7591-3.2.2/unknown-members-ignored"}, "The client gives up where an answer has a member that it does not know."},
	{BrokenMetadataGuessed, MCPClient, ids{"rfc8414-6.2/bad-documents"}, "Where there are no metadata, the client makes them up."},
	{RedirectURIElsewhere, MCPClient, ids{mcpSpec + "communication-security/redirect-uris", "oauth-2.1-communication-security/client-https", "rfc8252-8.3/no-localhost", "rfc7591-2/redirect-uris-sent", "rfc7591-5/redirect-uri-kinds-sent", "rfc6749-3.1.2/client-absolute-uri"}, "The client registers an address of the network, without TLS."},
	{UnregisteredRedirectURI, MCPClient, ids{mcpSpec + "open-redirection/registered-redirect"}, "The client asks to be answered where it is not registered."},
	{TokenTypeIgnored, MCPClient, ids{"rfc6749-7.1/unknown-type"}, "The client uses a token of any type as a bearer token."},
}
