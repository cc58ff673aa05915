package fault

// Faults of the authorization server in how it registers clients.
const (
	JSONRegistrationRefused       Name = "json-registration-refused"
	RegistrationAsOK              Name = "registration-as-ok"
	RegistrationWithoutClientID   Name = "registration-without-client-id"
	RegisteredMetadataNotReturned Name = "registered-metadata-not-returned"
	SecretExpiryMissing           Name = "secret-expiry-missing"
	PublicClientGetsSecret        Name = "public-client-gets-secret"
	UnknownMetadataRefused        Name = "unknown-metadata-refused"
	DefaultAuthMethodPost         Name = "default-auth-method-post"
	DefaultGrantTypesAll          Name = "default-grant-types-all"
	DefaultResponseTypesToken     Name = "default-response-types-token"
	BothKeySourcesRegistered      Name = "both-key-sources-registered"
	BothKeySourcesReturned        Name = "both-key-sources-returned"
	InconsistentTypesRegistered   Name = "inconsistent-types-registered"
	UnknownAuthMethodRegistered   Name = "unknown-auth-method-registered"
	RegistrationErrorsAsText      Name = "registration-errors-as-text"
	RegistrationErrorsRenamed     Name = "registration-errors-renamed"
	ClientSecretShared            Name = "client-secret-shared"
	ClientIDShared                Name = "client-id-shared"
	ClientChoosesID               Name = "client-chooses-id"
	InitialAccessTokenNotChecked  Name = "initial-access-token-not-checked"
	OpenRegistrationRefused       Name = "open-registration-refused"
	RegisteredGrantTypesIgnored   Name = "registered-grant-types-ignored"
	RegisteredRedirectURIsIgnored Name = "registered-redirect-uris-ignored"

	RedirectURIsNotRequired          Name = "redirect-uris-not-required"
	FragmentRegistered               Name = "fragment-registered"
	RelativeRedirectURIRegistered    Name = "relative-redirect-uri-registered"
	AnySchemeRegistered              Name = "any-scheme-registered"
	HTTPRedirectURIRegistered        Name = "http-redirect-uri-registered"
	RedirectURIWithoutPathRegistered Name = "redirect-uri-without-path-registered"
	SchemeWithoutPeriodRegistered    Name = "scheme-without-period-registered"
	PagesOfOtherHostsRegistered      Name = "pages-of-other-hosts-registered"
)

var registration = []Fault{
	{JSONRegistrationRefused, AuthorizationServer, ids{"rfc7591-3/post-json"}, "No registration in JSON is accepted."},
	{RegistrationAsOK, AuthorizationServer, ids{"rfc7591-3.2.1/created"}, "A registration is answered with 200."},
	{RegistrationWithoutClientID, AuthorizationServer, ids{"rfc7591-3.2.1/client-id"}, "The answer to a registration has no client_id."},
	{RegisteredMetadataNotReturned, AuthorizationServer, ids{"rfc7591-3.2.1/all-metadata", "rfc7592-3/all-metadata"}, "The name and the redirect URIs of a client are registered and not returned."},
	{SecretExpiryMissing, AuthorizationServer, ids{"rfc7591-3.2.1/secret-expiry"}, "A client secret comes without client_secret_expires_at."},
	{PublicClientGetsSecret, AuthorizationServer, ids{"rfc7591-2/none-without-secret"}, "A client that registers for no authentication gets a secret."},
	{UnknownMetadataRefused, AuthorizationServer, ids{"rfc7591-2/unknown-ignored"}, "A registration with a member that the server does not know is refused."},
	{DefaultAuthMethodPost, AuthorizationServer, ids{"rfc7591-2/auth-method-default", "oidc-core-9/default-basic"}, "A client that names no authentication method is registered for client_secret_post."},
	{DefaultGrantTypesAll, AuthorizationServer, ids{"rfc7591-2/grant-types-default"}, "A client that names no grant types is registered for all of them."},
	{DefaultResponseTypesToken, AuthorizationServer, ids{"rfc7591-2/response-types-default"}, "A client that names no response types is registered for the implicit grant's."},
	{BothKeySourcesRegistered, AuthorizationServer, ids{"rfc7591-2/jwks-or-jwks-uri"}, "A client registers jwks and jwks_uri."},
	{BothKeySourcesReturned, AuthorizationServer, ids{"rfc7591-2/jwks-or-jwks-uri-returned"}, "A client that registered jwks is told a jwks_uri besides."},
	{InconsistentTypesRegistered, AuthorizationServer, ids{"rfc7591-2.1/consistent"}, "Response types are registered that contradict the grant types."},
	{UnknownAuthMethodRegistered, AuthorizationServer, ids{"rfc7591-3.2.2/invalid-client-metadata"}, "A client registers for an authentication method that nobody knows."},
	{RegistrationErrorsAsText, AuthorizationServer, ids{"rfc7591-3.2.2/error"}, "The refusal of a registration is no JSON."},
	{RegistrationErrorsRenamed, AuthorizationServer, ids{"rfc7591-3.2.2/invalid-redirect-uri", "rfc7591-2/jwks-or-jwks-uri"}, "Every refusal of a registration has the error bad_request."},
	{ClientSecretShared, AuthorizationServer, ids{"rfc7591-3.2.1/secret-unique", "rfc7591-5/secret-per-instance"}, "All clients get the same secret."},
	{ClientIDShared, AuthorizationServer, ids{"rfc7591-3.2.1/client-id-unique", "rfc7591-2/client-id-varies"}, "Instances of one software get the same client_id."},
	{ClientChoosesID, AuthorizationServer, ids{"rfc9700-4.15.1/client-id-not-chosen"}, "A client chooses its client_id."},
	{InitialAccessTokenNotChecked, AuthorizationServer, ids{"rfc7591-3.2.2/initial-access-token"}, "Whoever has no initial access token may register all the same."},
	{OpenRegistrationRefused, AuthorizationServer, ids{"rfc7591-3/open-registration"}, "Nobody may register without an initial access token."},
	{RegisteredGrantTypesIgnored, AuthorizationServer, ids{"rfc7591-2/grant-types", "rfc7591-2/response-types"}, "A client that registered itself may use every grant."},
	{RegisteredRedirectURIsIgnored, AuthorizationServer, ids{"rfc7591-2/redirect-uris-supported"}, "A client that registered itself may use any redirect URI."},

	{RedirectURIsNotRequired, AuthorizationServer, ids{"rfc7591-5/redirect-uris-required", "rfc6749-3.1.2.2/public-registered", "rfc6749-3.1.2.2/all-registered"}, "A client for authorization codes registers without a redirect URI."},
	{FragmentRegistered, AuthorizationServer, ids{"rfc6749-3.1.2/no-fragment", "rfc7591-3.2.2/invalid-redirect-uri"}, "A redirect URI with a fragment is registered."},
	{RelativeRedirectURIRegistered, AuthorizationServer, ids{"rfc6749-3.1.2/absolute-uri", "rfc7591-3.2.2/invalid-redirect-uri"}, "A relative redirect URI is registered."},
	{AnySchemeRegistered, AuthorizationServer, ids{"rfc7591-5/redirect-uri-kinds"}, "A redirect URI may be a script or a file."},
	{HTTPRedirectURIRegistered, AuthorizationServer, ids{"rfc9700-2.6/no-http-redirect", "mcp-2026-07-28-communication-security/redirect-uris-server", "rfc7591-5/redirect-uri-kinds"}, "A redirect URI with http on the network is registered."},
	{RedirectURIWithoutPathRegistered, AuthorizationServer, ids{"oauth-2.1-registration-requirements/complete-redirect-uri", "rfc8252-8.4/complete-uri", "rfc6749-3.1.2.2/complete-uri"}, "A redirect URI without a path is registered."},
	{SchemeWithoutPeriodRegistered, AuthorizationServer, ids{"rfc8252-8.4/scheme-with-period"}, "A private-use scheme without a period is registered."},
	{PagesOfOtherHostsRegistered, AuthorizationServer, ids{"rfc7591-5/uris-same-host"}, "A client registers pages and a logo of another host than its own."},
}
