package fault

// Faults of a client in what its requests hold; all of them are edits of what it
// sends and sees.
const (
	ImplicitAsked           Name = "implicit-grant-asked-for"
	RedirectURILeftOut      Name = "redirect-uri-left-out"
	RedirectURIWithFragment Name = "redirect-uri-with-fragment-sent"
	StateNotSent            Name = "state-not-sent"
	StateGuessable          Name = "state-guessable"
	ParameterRepeated       Name = "parameter-repeated"
	EndpointQueryDropped    Name = "endpoint-query-dropped"
	CodeVerifierKept        Name = "code-verifier-kept"
	CodeVerifierShort       Name = "code-verifier-too-short"
	PromptNotSent           Name = "prompt-not-sent"
	OfflineScopeNotSent     Name = "offline-scope-not-sent"
	TokenRequestByGet       Name = "token-request-by-get"
	MetadataByPost          Name = "metadata-by-post"
	RedirectURINotRepeated  Name = "redirect-uri-not-repeated"
	GrantTypeNotSent        Name = "grant-type-not-sent"
	RedeemedAnonymously     Name = "redeemed-anonymously"
	CredentialsNotSent      Name = "credentials-not-sent"
	TwoMethodsAtOnce        Name = "two-methods-at-once"
	BasicNotEncoded         Name = "basic-not-encoded"
	SecretInTokenURL        Name = "secret-in-token-url"
	DefaultsOfOurOwn        Name = "defaults-of-our-own"
	AssertionOfNobody       Name = "assertion-of-nobody"
	AssertionForEndpoint    Name = "assertion-for-token-endpoint"
	AssertionTwice          Name = "assertion-twice"
	AssertionTypeNotSent    Name = "assertion-type-not-sent"
	DocumentNotUsed         Name = "metadata-document-not-used"
	DocumentAlwaysUsed      Name = "metadata-document-always-used"
	RefusedRefreshKept      Name = "refused-refresh-token-kept"
	RenewedForMore          Name = "renewed-for-more"
	UsedRefreshTokenKept    Name = "used-refresh-token-kept"
	RefreshTokenNotSent     Name = "refresh-token-not-sent"
	RefreshTokenShown       Name = "refresh-token-shown"
	AccessTokenShown        Name = "access-token-shown"
	ResourceMetadataKept    Name = "resource-metadata-kept"
	TokenTypeCompared       Name = "token-type-compared-exactly"
	IssNotDecoded           Name = "iss-not-decoded"
	CallbackLeftOpen        Name = "callback-left-open"
	ForeignScriptShown      Name = "foreign-script-shown"
	FirstServerKept         Name = "first-authorization-server-kept"
	FirstRegistrationUsed   Name = "first-registration-used-elsewhere"
	RedeemedAtTheFirst      Name = "redeemed-at-the-first-server"
	FirstTokenShownAgain    Name = "first-token-shown-again"
	PlainAfterRefusal       Name = "plain-after-refusal"
	OpaqueTokenNotUsed      Name = "opaque-token-not-used"
	RegistrationTokenShown  Name = "registration-token-shown"
	InsecureEndpointUsed    Name = "insecure-endpoint-used"
	NamelessRegistration    Name = "nameless-registration"
)

var _ = add([]Fault{
	{Name: ImplicitAsked, Role: MCPClient, Violates: ids{"rfc6749-4.1.1/response-type", "rfc8252-8.2/no-implicit", "rfc9700-2.1.2/no-implicit", "rfc9700-2.1.2/code"}, Summary: "The client asks for a token in the authorization response."},
	{Name: RedirectURILeftOut, Role: MCPClient, Violates: ids{"rfc6749-3.1.2.3/client-names-uri"}, Summary: "The client does not say where it is to be answered."},
	{Name: RedirectURIWithFragment, Role: MCPClient, Violates: ids{"rfc6749-3.1.2/client-no-fragment"}, Summary: "The client names a redirect URI with a fragment."},
	{Name: StateNotSent, Role: MCPClient, Violates: ids{"rfc6749-4.1.1/state"}, Summary: "The client sends no state."},
	{Name: StateGuessable, Role: MCPClient, Violates: ids{"rfc8252-8.9/state-sent"}, Summary: "The client sends the same state every time."},
	{Name: ParameterRepeated, Role: MCPClient, Violates: ids{"rfc6749-3.1/client-once", "rfc6749-3.2/client-once"}, Summary: "The client sends its client_id twice in every request."},
	{Name: EndpointQueryDropped, Role: MCPClient, Violates: ids{"rfc6749-3.1/client-keeps-query", "rfc6749-3.2/client-keeps-query"}, Summary: "The client drops the query of an endpoint."},
	{Name: CodeVerifierKept, Role: MCPClient, Violates: ids{"rfc7636-4.1/new-verifier", "oauth-2.1-code-injection-countermeasures/fresh-values", "rfc7636-4.1/verifier-random", "rfc7636-7.1/256-bits"}, Summary: "The client has one code_verifier for all of its requests."},
	{Name: CodeVerifierShort, Role: MCPClient, Violates: ids{"rfc7636-4.1/client-verifier-syntax"}, Summary: "The code_verifier has twenty characters."},
	{Name: PromptNotSent, Role: MCPClient, Violates: ids{"oidc-core-11/prompt-consent-sent"}, Summary: "The client asks for offline access behind the back of the person."},
	{Name: OfflineScopeNotSent, Role: MCPClient, Violates: ids{"oidc-core-11/prompt-consent-sent"}, Summary: "The client does not ask for offline access where that is how to get a refresh token."},
	{Name: TokenRequestByGet, Role: MCPClient, Violates: ids{"rfc6749-3.2/client-posts"}, Summary: "The client asks for tokens by GET."},
	{Name: MetadataByPost, Role: MCPClient, Violates: ids{"oidc-discovery-4.1/get"}, Summary: "The client asks for metadata by POST."},
	{Name: RedirectURINotRepeated, Role: MCPClient, Violates: ids{"rfc6749-4.1.3/client-redirect-uri"}, Summary: "The client redeems its code without the redirect URI."},
	{Name: GrantTypeNotSent, Role: MCPClient, Violates: ids{"rfc6749-4.1.3/client-parameters", "rfc6749-4.4.2/client-parameters"}, Summary: "The client does not say which grant it uses."},
	{Name: RedeemedAnonymously, Role: MCPClient, Violates: ids{"rfc6749-3.2.1/client-sends-id"}, Summary: "The client redeems its code without saying who it is."},
	{Name: CredentialsNotSent, Role: MCPClient, Violates: ids{"rfc6749-3.2.1/client-authenticates"}, Summary: "The client does not authenticate with the credentials that it has."},
	{Name: TwoMethodsAtOnce, Role: MCPClient, Violates: ids{"rfc6749-2.3/client-one-method", "rfc6749-9/native-without-secret"}, Summary: "The client sends a secret in the body besides."},
	{Name: BasicNotEncoded, Role: MCPClient, Violates: ids{"rfc6749-2.3.1/client-encodes"}, Summary: "The client puts its secret into HTTP Basic as it is."},
	{Name: SecretInTokenURL, Role: MCPClient, Violates: ids{"rfc6749-2.3.1/client-not-in-uri"}, Summary: "The client puts its secret into the URL of the token endpoint."},
	{Name: DefaultsOfOurOwn, Role: MCPClient, Violates: ids{"rfc8414-2/defaults"}, Summary: "The client takes what metadata leave out for something else than they mean."},
	{Name: AssertionOfNobody, Role: MCPClient, Violates: ids{"rfc7523-3/client-issuer", "rfc7523-3/client-subject", "rfc7523-3/client-audience", "rfc7523-3/client-expiry", "rfc7523-3/client-signed", "oidc-core-9/assertion-by-client"}, Summary: "The client sends an assertion without claims and without a signature."},
	{Name: AssertionForEndpoint, Role: MCPClient, Violates: ids{"oauth-2.1-client-authentication/issuer-as-audience-sent"}, Summary: "The audience of an assertion is the token endpoint."},
	{Name: AssertionTwice, Role: MCPClient, Violates: ids{"rfc7523-2.2/single-jwt"}, Summary: "The client sends its assertion twice."},
	{Name: AssertionTypeNotSent, Role: MCPClient, Violates: ids{"oidc-core-9/assertion-type"}, Summary: "The client does not say of which type its assertion is."},
	{Name: DocumentNotUsed, Role: MCPClient, Violates: ids{mcpSpec + "overview/cimd-client", mcpSpec + "client-registration/priority"}, Summary: "The client registers although the server takes its metadata document."},
	{Name: DocumentAlwaysUsed, Role: MCPClient, Violates: ids{mcpSpec + "client-id-metadata-documents/support-checked"}, Summary: "The client uses its metadata document where nobody takes such."},
	{Name: RefreshTokenNotSent, Role: MCPClient, Violates: ids{"rfc6749-6/client-parameters"}, Summary: "The client renews without its refresh token."},
	{Name: RefusedRefreshKept, Role: MCPClient, Violates: ids{"documented-client/refused-renewal"}, Summary: "The client does not give up a refresh token that was refused."},
	{Name: RenewedForMore, Role: MCPClient, Violates: ids{"rfc6749-6/client-scope"}, Summary: "The client asks for a further scope as it renews its token."},
	{Name: UsedRefreshTokenKept, Role: MCPClient, Violates: ids{"rfc6749-6/client-replaces"}, Summary: "The client uses its first refresh token again and again."},
	{Name: RefreshTokenShown, Role: MCPClient, Violates: ids{"rfc6749-1.5/refresh-token-to-server-only", mcpSpec + "refresh-tokens/kept-confidential"}, Summary: "The client shows its refresh token to the MCP server."},
	{Name: AccessTokenShown, Role: MCPClient, Violates: ids{"rfc6749-10.3/client-confidential", "rfc6750-5.3/not-leaked"}, Summary: "The client shows its access token to whoever has metadata."},
	{Name: ResourceMetadataKept, Role: MCPClient, Violates: ids{"rfc9728-5.2/refetch"}, Summary: "The client never looks at the metadata of an MCP server again."},
	{Name: TokenTypeCompared, Role: MCPClient, Violates: ids{"rfc6749-5.1/token-type-any-case"}, Summary: "The client knows the token type in one spelling alone."},
	{Name: IssNotDecoded, Role: MCPClient, Violates: ids{"rfc9207-2.4/iss-decoded"}, Summary: "The client compares iss as it stands in the URL."},
	{Name: CallbackLeftOpen, Role: MCPClient, Violates: ids{"rfc8252-8.3/port-open-briefly", "oauth-2.1-loopback-redirect-considerations/port-open-briefly", "rfc9700-4.2.4/state-once"}, Summary: "The client goes on to listen at its redirect URI."},
	{Name: ForeignScriptShown, Role: MCPClient, Violates: ids{"rfc6749-3.1.2.5/no-third-party-scripts", "rfc9700-4.2.4/client-no-third-party"}, Summary: "The page at the redirect URI has a script of somebody else."},
	{Name: FirstServerKept, Role: MCPClient, Violates: ids{mcpSpec + "authorization-server-binding/registers-again", mcpSpec + "token-handling/own-issuer-only"}, Summary: "The client stays with the authorization server that it met first."},
	{Name: FirstRegistrationUsed, Role: MCPClient, Violates: ids{mcpSpec + "authorization-server-binding/registers-again", mcpSpec + "authorization-server-binding/not-reused", mcpSpec + "authorization-server-location/separate-state"}, Summary: "The client uses its first registration at every authorization server."},
	{Name: RedeemedAtTheFirst, Role: MCPClient, Violates: ids{"oauth-2.1-authorization-server-mix-up-mitigation/token-request"}, Summary: "The client redeems every code at the token endpoint that it met first."},
	{Name: FirstTokenShownAgain, Role: MCPClient, Violates: ids{mcpSpec + "token-handling/own-issuer-only"}, Summary: "The client shows the first token that it had to whoever asks for one."},
	{Name: PlainAfterRefusal, Role: MCPClient, Violates: ids{"rfc7636-7.2/no-client-downgrade"}, Summary: "After a refusal the client tries the code challenge method plain."},
	{Name: OpaqueTokenNotUsed, Role: MCPClient, Violates: ids{"oauth-2.1-access-token/not-parsed"}, Summary: "The client uses no access token that it cannot read."},
	{Name: RegistrationTokenShown, Role: MCPClient, Violates: ids{"rfc7592-5/token-protected"}, Summary: "The client shows its registration access token to the token endpoint."},
	{Name: InsecureEndpointUsed, Role: MCPClient, Violates: ids{"mcp-security-server-side-request-forgery/https-required"}, Summary: "The client uses endpoints without TLS."},
	{Name: NamelessRegistration, Role: MCPClient, Violates: ids{"rfc7591-2/client-name-sent", "rfc7591-2/client-uri-sent"}, Summary: "The client registers without a name and a page about it."},
})
