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

var mcpClientRequests = []Fault{
	{ImplicitAsked, MCPClient, ids{"rfc6749-4.1.1/response-type", "rfc8252-8.2/no-implicit", "rfc9700-2.1.2/no-implicit", "rfc9700-2.1.2/code"}, "The client asks for a token in the authorization response."},
	{RedirectURILeftOut, MCPClient, ids{"rfc6749-3.1.2.3/client-names-uri"}, "The client does not say where it is to be answered."},
	{RedirectURIWithFragment, MCPClient, ids{"rfc6749-3.1.2/client-no-fragment"}, "The client names a redirect URI with a fragment."},
	{StateNotSent, MCPClient, ids{"rfc6749-4.1.1/state"}, "The client sends no state."},
	{StateGuessable, MCPClient, ids{"rfc8252-8.9/state-sent"}, "The client sends the same state every time."},
	{ParameterRepeated, MCPClient, ids{"rfc6749-3.1/client-once", "rfc6749-3.2/client-once"}, "The client sends its client_id twice in every request."},
	{EndpointQueryDropped, MCPClient, ids{"rfc6749-3.1/client-keeps-query", "rfc6749-3.2/client-keeps-query"}, "The client drops the query of an endpoint."},
	{CodeVerifierKept, MCPClient, ids{"rfc7636-4.1/new-verifier", "oauth-2.1-code-injection-countermeasures/fresh-values", "rfc7636-4.1/verifier-random", "rfc7636-7.1/256-bits"}, "The client has one code_verifier for all of its requests."},
	{CodeVerifierShort, MCPClient, ids{"rfc7636-4.1/client-verifier-syntax"}, "The code_verifier has twenty characters."},
	{PromptNotSent, MCPClient, ids{"oidc-core-11/prompt-consent-sent"}, "The client asks for offline access behind the back of the person."},
	{OfflineScopeNotSent, MCPClient, ids{"oidc-core-11/prompt-consent-sent"}, "The client does not ask for offline access where that is how to get a refresh token."},
	{TokenRequestByGet, MCPClient, ids{"rfc6749-3.2/client-posts"}, "The client asks for tokens by GET."},
	{MetadataByPost, MCPClient, ids{"oidc-discovery-4.1/get"}, "The client asks for metadata by POST."},
	{RedirectURINotRepeated, MCPClient, ids{"rfc6749-4.1.3/client-redirect-uri"}, "The client redeems its code without the redirect URI."},
	{GrantTypeNotSent, MCPClient, ids{"rfc6749-4.1.3/client-parameters", "rfc6749-4.4.2/client-parameters"}, "The client does not say which grant it uses."},
	{RedeemedAnonymously, MCPClient, ids{"rfc6749-3.2.1/client-sends-id"}, "The client redeems its code without saying who it is."},
	{CredentialsNotSent, MCPClient, ids{"rfc6749-3.2.1/client-authenticates"}, "The client does not authenticate with the credentials that it has."},
	{TwoMethodsAtOnce, MCPClient, ids{"rfc6749-2.3/client-one-method", "rfc6749-9/native-without-secret"}, "The client sends a secret in the body besides."},
	{BasicNotEncoded, MCPClient, ids{"rfc6749-2.3.1/client-encodes"}, "The client puts its secret into HTTP Basic as it is."},
	{SecretInTokenURL, MCPClient, ids{"rfc6749-2.3.1/client-not-in-uri"}, "The client puts its secret into the URL of the token endpoint."},
	{DefaultsOfOurOwn, MCPClient, ids{"rfc8414-2/defaults"}, "The client takes what metadata leave out for something else than they mean."},
	{AssertionOfNobody, MCPClient, ids{"rfc7523-3/client-issuer", "rfc7523-3/client-subject", "rfc7523-3/client-audience", "rfc7523-3/client-expiry", "rfc7523-3/client-signed", "oidc-core-9/assertion-by-client"}, "The client sends an assertion without claims and without a signature."},
	{AssertionForEndpoint, MCPClient, ids{"oauth-2.1-client-authentication/issuer-as-audience-sent"}, "The audience of an assertion is the token endpoint."},
	{AssertionTwice, MCPClient, ids{"rfc7523-2.2/single-jwt"}, "The client sends its assertion twice."},
	{AssertionTypeNotSent, MCPClient, ids{"oidc-core-9/assertion-type"}, "The client does not say of which type its assertion is."},
	{DocumentNotUsed, MCPClient, ids{mcpSpec + "overview/cimd-client", mcpSpec + "client-registration/priority"}, "The client registers although the server takes its metadata document."},
	{DocumentAlwaysUsed, MCPClient, ids{mcpSpec + "client-id-metadata-documents/support-checked"}, "The client uses its metadata document where nobody takes such."},
	{RefreshTokenNotSent, MCPClient, ids{"rfc6749-6/client-parameters"}, "The client renews without its refresh token."},
	{RefusedRefreshKept, MCPClient, ids{"documented-client/refused-renewal"}, "The client does not give up a refresh token that was refused."},
	{RenewedForMore, MCPClient, ids{"rfc6749-6/client-scope"}, "The client asks for a further scope as it renews its token."},
	{UsedRefreshTokenKept, MCPClient, ids{"rfc6749-6/client-replaces"}, "The client uses its first refresh token again and again."},
	{RefreshTokenShown, MCPClient, ids{"rfc6749-1.5/refresh-token-to-server-only", mcpSpec + "refresh-tokens/kept-confidential"}, "The client shows its refresh token to the MCP server."},
	{AccessTokenShown, MCPClient, ids{"rfc6749-10.3/client-confidential", "rfc6750-5.3/not-leaked"}, "The client shows its access token to whoever has metadata."},
	{ResourceMetadataKept, MCPClient, ids{"rfc9728-5.2/refetch"}, "The client never looks at the metadata of an MCP server again."},
	{TokenTypeCompared, MCPClient, ids{"rfc6749-5.1/token-type-any-case"}, "The client knows the token type in one spelling alone."},
	{IssNotDecoded, MCPClient, ids{"rfc9207-2.4/iss-decoded"}, "The client compares iss as it stands in the URL."},
	{CallbackLeftOpen, MCPClient, ids{"rfc8252-8.3/port-open-briefly", "oauth-2.1-loopback-redirect-considerations/port-open-briefly", "rfc9700-4.2.4/state-once"}, "The client goes on to listen at its redirect URI."},
	{ForeignScriptShown, MCPClient, ids{"rfc6749-3.1.2.5/no-third-party-scripts", "rfc9700-4.2.4/client-no-third-party"}, "The page at the redirect URI has a script of somebody else."},
	{FirstServerKept, MCPClient, ids{mcpSpec + "authorization-server-binding/registers-again", mcpSpec + "token-handling/own-issuer-only"}, "The client stays with the authorization server that it met first."},
	{FirstRegistrationUsed, MCPClient, ids{mcpSpec + "authorization-server-binding/registers-again", mcpSpec + "authorization-server-binding/not-reused", mcpSpec + "authorization-server-location/separate-state"}, "The client uses its first registration at every authorization server."},
	{RedeemedAtTheFirst, MCPClient, ids{"oauth-2.1-authorization-server-mix-up-mitigation/token-request"}, "The client redeems every code at the token endpoint that it met first."},
	{FirstTokenShownAgain, MCPClient, ids{mcpSpec + "token-handling/own-issuer-only"}, "The client shows the first token that it had to whoever asks for one."},
	{PlainAfterRefusal, MCPClient, ids{"rfc7636-7.2/no-client-downgrade"}, "After a refusal the client tries the code challenge method plain."},
	{OpaqueTokenNotUsed, MCPClient, ids{"oauth-2.1-access-token/not-parsed"}, "The client uses no access token that it cannot read."},
	{RegistrationTokenShown, MCPClient, ids{"rfc7592-5/token-protected"}, "The client shows its registration access token to the token endpoint."},
	{InsecureEndpointUsed, MCPClient, ids{"mcp-security-server-side-request-forgery/https-required"}, "The client uses endpoints without TLS."},
	{NamelessRegistration, MCPClient, ids{"rfc7591-2/client-name-sent", "rfc7591-2/client-uri-sent"}, "The client registers without a name and a page about it."},
}
