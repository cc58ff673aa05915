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

var _ = add([]Fault{
	{Name: ResourceMismatchAccepted, Role: MCPClient, Violates: ids{"rfc9728-3.3/mismatch-not-used", "rfc9728-3.3/challenge-resource"}, Summary: "The client uses the metadata of another resource."},
	{Name: MetadataOfAnotherUsed, Role: MCPClient, Violates: ids{mcpSpec + "authorization-server-metadata/issuer-identical", "rfc8414-3.3/not-used", "rfc8414-4/code-points", "oidc-discovery-4.3/issuer-identical", "oidc-discovery-4.3/invalid-not-used"}, Summary: "The client uses the metadata of another issuer, whatever it is called."},
	{Name: PKCESupportNotChecked, Role: MCPClient, Violates: ids{mcpSpec + "authorization-code-protection/support-verified", mcpSpec + "authorization-code-protection/support-verified-openid", "rfc9700-4.7.1/pkce-support-checked", "oauth-2.1-cross-site-request-forgery/method-supported"}, Summary: "The client goes on where PKCE is not advertised."},
	{Name: PlainChallengeSent, Role: MCPClient, Violates: ids{mcpSpec + "authorization-code-protection/s256", "rfc7636-4.2/client-s256"}, Summary: "The client sends the code challenge method plain."},
	{Name: IssIgnored, Role: MCPClient, Violates: ids{mcpSpec + "authorization-response-validation/iss-compared", mcpSpec + "authorization-response-validation/iss-missing", mcpSpec + "authorization-response-validation/iss-unadvertised", mcpSpec + "authorization-response-validation/iss-not-normalized", mcpSpec + "authorization-response-validation/iss-in-error-checked", mcpSpec + "authorization-response-validation/iss-before-token", "rfc9207-2.4/mismatch-rejected", "rfc9207-2.4/simple-comparison", "rfc9207-2.4/compared-with-metadata", "rfc9700-4.4.2.1/issuer-compared", "rfc9700-2.1/mix-up", "oauth-2.1-preventing-mix-up-attacks/same-issuer", "mcp-security-mix-up-attacks/bound-to-issuer", "rfc9207-2.4/missing-rejected", "rfc9207-2.4/iss-extracted", "rfc9207-2.4/error-not-trusted", "rfc9700-2.1/mix-up-by-issuer", "rfc9207-4/contradicting-issuers"}, Summary: "The client does not look at iss."},
	{Name: StateIgnored, Role: MCPClient, Violates: ids{mcpSpec + "open-redirection/state-verified"}, Summary: "The client does not look at state."},
	{Name: ResourceNotSent, Role: MCPClient, Violates: ids{mcpSpec + "resource-parameter-implementation/in-both-requests", mcpSpec + "canonical-server-uri/always-sent"}, Summary: "The client does not say for which resource its token is to be."},
	{Name: DocumentOfAnother, Role: MCPClient, Violates: ids{mcpSpec + "client-id-metadata-documents/client-id-identical", "cimd-client-metadata-document/own-client-id"}, Summary: "The client_id in the client's document is another URL."},
	{Name: DocumentIncomplete, Role: MCPClient, Violates: ids{mcpSpec + "client-id-metadata-documents/required-members"}, Summary: "The client's document has no name and no redirect URI."},
	{Name: SecretPublished, Role: MCPClient, Violates: ids{"cimd-client-metadata-document/no-secret-published"}, Summary: "The client publishes a secret in its document."},
	{Name: DocumentRedirected, Role: MCPClient, Violates: ids{"cimd-client-metadata-document/served-with-200"}, Summary: "The client's document has moved."},
	{Name: DocumentChanges, Role: MCPClient, Violates: ids{"cimd-client-identifier/stable"}, Summary: "The client names another URL each time."},
	{Name: AssertionNotSent, Role: MCPClient, Violates: ids{"cimd-client-authentication/sent"}, Summary: "The client that publishes a key authenticates by nothing."},
	{Name: DocumentByHTTP, Role: MCPClient, Violates: ids{mcpSpec + "client-id-metadata-documents/https-with-path", "cimd-client-identifier/own-url"}, Summary: "The client names its document by http."},
	{Name: ResourceNotSentOnRefresh, Role: MCPClient, Violates: ids{mcpSpec + "resource-parameter-implementation/in-both-requests", mcpSpec + "canonical-server-uri/always-sent"}, Summary: "The client does not say for which resource a token is refreshed."},
	{Name: ResourceNotSentForItself, Role: MCPClient, Violates: ids{mcpSpec + "resource-parameter-implementation/in-both-requests", mcpSpec + "canonical-server-uri/always-sent"}, Summary: "The client that acts for itself does not say for which resource its token is to be."},
	{Name: ResourceAlteredByClient, Role: MCPClient, Violates: ids{mcpSpec + "canonical-server-uri/no-trailing-slash", mcpSpec + "resource-parameter-implementation/intended-server"}, Summary: "The client adds a slash to the resource."},
	{Name: ChallengedMetadataIgnored, Role: MCPClient, Violates: ids{mcpSpec + "protected-resource-metadata/challenge-first"}, Summary: "The client does not ask for the metadata that a challenge names."},
	{Name: ChallengedScopeIgnored, Role: MCPClient, Violates: ids{mcpSpec + "scope-selection-strategy/selection-order", mcpSpec + "scope-selection-strategy/challenge-authoritative", mcpSpec + "scope-selection-strategy/no-set-relation", "mcp-2025-11-25-protected-resource-metadata/challenge-authoritative"}, Summary: "The client does not ask for the scope of a challenge."},
	{Name: OtherChallengesDisturb, Role: MCPClient, Violates: ids{mcpSpec + "protected-resource-metadata/challenge-parsed"}, Summary: "The client reads the first challenge alone."},
	{Name: WellKnownNotAsked, Role: MCPClient, Violates: ids{mcpSpec + "protected-resource-metadata/well-known-fallback", "rfc9728-3.1/client-inserts"}, Summary: "The client does without metadata where no challenge names them."},
	{Name: OpenIDMetadataNotAsked, Role: MCPClient, Violates: ids{mcpSpec + "overview/both-metadata-kinds", mcpSpec + "authorization-server-metadata/several-locations", mcpSpec + "authorization-server-metadata/path-issuer-order", mcpSpec + "authorization-server-metadata/root-issuer-locations", "rfc8414-3.1/client-inserts", "rfc9700-2.6/metadata-used"}, Summary: "The client knows the metadata of RFC 8414 alone."},
	{Name: StepUpNotTried, Role: MCPClient, Violates: ids{mcpSpec + "step-up/answered", mcpSpec + "step-up/user-client-attempts", "mcp-2025-11-25-step-up/selection-strategy"}, Summary: "The client gives up when its scope does not suffice."},
	{Name: ScopesNotUnited, Role: MCPClient, Violates: ids{mcpSpec + "step-up/union", mcpSpec + "scope-selection-strategy/granted-scopes-kept", "mcp-security-scope-minimization/scope-union"}, Summary: "The client asks for the missing scopes alone, and loses those it had."},
	{Name: ApplicationTypeNotSent, Role: MCPClient, Violates: ids{mcpSpec + "application-type/sent", mcpSpec + "application-type/native"}, Summary: "The client registers without application_type."},
	{Name: RefreshGrantNotListed, Role: MCPClient, Violates: ids{mcpSpec + "refresh-tokens/grant-type-listed"}, Summary: "The client registers without the grant type refresh_token."},
	{Name: AuthorizationURLUnchecked, Role: MCPClient, Violates: ids{"mcp-security-authorization-url-validation/dangerous-schemes", "mcp-security-authorization-url-validation/scheme-allowed", "mcp-security-authorization-url-validation/urls-sanitized"}, Summary: "The client opens whatever is called an authorization endpoint."},
	{Name: TokenOnceASession, Role: MCPClient, Violates: ids{"mcp-2025-11-25-token-requirements/every-request"}, Summary: "The client shows its token at the beginning of a session alone."},
	{Name: CredentialsNotUsed, Role: MCPClient, Violates: ids{mcpSpec + "client-registration/priority", mcpSpec + "pre-registration/static-credentials"}, Summary: "The client registers although it was registered beforehand."},
	{Name: CredentialsOfAnyIssuer, Role: MCPClient, Violates: ids{mcpSpec + "authorization-server-binding/not-reused", mcpSpec + "authorization-server-location/no-shared-credentials", mcpSpec + "authorization-server-binding/mismatch-surfaced"}, Summary: "The client shows its credentials to every authorization server."},
	{Name: RegistrationsForgotten, Role: MCPClient, Violates: ids{mcpSpec + "authorization-server-binding/keyed-by-issuer"}, Summary: "The client registers for every connection."},
	{Name: ChallengeNotAnswered, Role: MCPClient, Violates: ids{mcpSpec + "protected-resource-metadata/answers-401", mcpSpec + "overview/discovery-by-resource"}, Summary: "The client gives up when it is asked for a token."},
	{Name: CodeVerifierNotSent, Role: MCPClient, Violates: ids{mcpSpec + "authorization-code-protection/pkce", "rfc7636-4.3/challenge-sent", "rfc7636-4.5/verifier-sent", "rfc8252-6/client-pkce", "rfc9700-2.1.1/public-pkce", "oauth-2.1-authorization-request/pkce", "rfc9700-2.1.1/injection", "rfc9700-2.1/csrf", "rfc9700-2.1.1/confidential-pkce"}, Summary: "The client does without PKCE."},
	{Name: ResourceWithFragmentSent, Role: MCPClient, Violates: ids{mcpSpec + "resource-parameter-implementation/canonical-uri", "rfc8707-2/client-no-fragment"}, Summary: "The client sends a resource with a fragment."},
	{Name: ClientIDNotSent, Role: MCPClient, Violates: ids{mcpSpec + "client-registration/client-id-first", "rfc6749-4.1.1/client-id"}, Summary: "The client asks for authorization without a client_id."},
	{Name: RefusedRegistrationUsed, Role: MCPClient, Violates: ids{mcpSpec + "application-type/failure-handled"}, Summary: "The client goes on as if it had been registered."},
	{Name: IssDemanded, Role: MCPClient, Violates: ids{mcpSpec + "authorization-response-validation/no-iss-proceeds"}, Summary: "The client wants an iss that nobody promised."},
	{Name: RefreshTokenDemanded, Role: MCPClient, Violates: ids{mcpSpec + "refresh-tokens/not-presumed"}, Summary: "The client gives up where it gets no refresh token."},
	{Name: UnknownMembersDisturb, Role: MCPClient, Violates: ids{"rfc8414-3.2/unknown-ignored", "rfc9728-3.2/unknown-ignored", "rfc6749-5.1/client-ignores-unknown", "rfc6749-4.1.2/client-ignores-unknown", "rfc7591-3.2.2/unknown-members-ignored"}, Summary: "The client gives up where an answer has a member that it does not know."},
	{Name: BrokenMetadataGuessed, Role: MCPClient, Violates: ids{"rfc8414-6.2/bad-documents"}, Summary: "Where there are no metadata, the client makes them up."},
	{Name: RedirectURIElsewhere, Role: MCPClient, Violates: ids{mcpSpec + "communication-security/redirect-uris", "oauth-2.1-communication-security/client-https", "rfc8252-8.3/no-localhost", "rfc7591-2/redirect-uris-sent", "rfc7591-5/redirect-uri-kinds-sent", "rfc6749-3.1.2/client-absolute-uri"}, Summary: "The client registers an address of the network, without TLS."},
	{Name: UnregisteredRedirectURI, Role: MCPClient, Violates: ids{mcpSpec + "open-redirection/registered-redirect"}, Summary: "The client asks to be answered where it is not registered."},
	{Name: TokenTypeIgnored, Role: MCPClient, Violates: ids{"rfc6749-7.1/unknown-type"}, Summary: "The client uses a token of any type as a bearer token."},
})
