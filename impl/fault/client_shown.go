package fault

// Faults of the authorization server in what it shows of clients and lets
// people decide about them.
const (
	ClientURIHidden         Name = "client-uri-hidden"
	TermsHidden             Name = "terms-hidden"
	PrivacyPolicyHidden     Name = "privacy-policy-hidden"
	LogoHidden              Name = "logo-hidden"
	LogoLinked              Name = "logo-linked"
	LogoFetchedEachTime     Name = "logo-fetched-each-time"
	ForeignLettersDropped   Name = "foreign-letters-dropped"
	LanguageTagCaseMatters  Name = "language-tag-case-matters"
	ImpostorNotTold         Name = "impostor-not-told"
	MissingPagesRegistered  Name = "missing-pages-registered"
	DocumentHostHidden      Name = "document-host-hidden"
	InsecureReturnNotWarned Name = "insecure-return-not-warned"
	UntickedScopesGranted   Name = "unticked-scopes-granted"
	OfflineAccessNotAsked   Name = "offline-access-not-asked"
	LocalhostPortOpenToAll  Name = "localhost-port-open-to-all"
	ClientIDsAreURLs        Name = "client-ids-are-urls"
	IDTokenSymmetric        Name = "id-token-symmetric"
	HintIgnored             Name = "hint-ignored"
	HintIssuerNotChecked    Name = "hint-issuer-not-checked"
	ExpiredHintRefused      Name = "expired-hint-refused"
)

var clientShown = []Fault{
	{ClientURIHidden, AuthorizationServer, ids{"rfc7591-2/client-uri-shown"}, "The website of a client is not shown."},
	{TermsHidden, AuthorizationServer, ids{"rfc7591-2/tos-shown"}, "The terms of service of a client are not shown."},
	{PrivacyPolicyHidden, AuthorizationServer, ids{"rfc7591-2/policy-shown"}, "The privacy policy of a client is not shown."},
	{LogoHidden, AuthorizationServer, ids{"rfc7591-2/logo-shown"}, "The logo of a client is not shown."},
	{LogoLinked, AuthorizationServer, ids{"cimd-displaying-logos/prefetched"}, "The browser of the person gets the logo from wherever it is."},
	{LogoFetchedEachTime, AuthorizationServer, ids{"cimd-displaying-logos/prefetched"}, "A logo is fetched each time that it is shown."},
	{ForeignLettersDropped, AuthorizationServer, ids{"rfc7591-2.2/untagged-as-is"}, "The name of a client is shown with its ASCII letters alone."},
	{LanguageTagCaseMatters, AuthorizationServer, ids{"rfc7591-2.2/language-tag-case"}, "A name with a language tag in other letters is not found."},
	{ImpostorNotTold, AuthorizationServer, ids{"rfc7591-5/impersonation"}, "A client that took the name of another one is shown without a warning."},
	{MissingPagesRegistered, AuthorizationServer, ids{"rfc7591-5/uris-resolve"}, "A client may name pages that are not there."},
	{DocumentHostHidden, AuthorizationServer, ids{"cimd-oauth-phishing-attacks/hostname-shown"}, "The person does not see from which host a client's document comes."},
	{InsecureReturnNotWarned, AuthorizationServer, ids{"rfc6749-3.1.2.1/insecure-warned"}, "The person does not hear that the way back to the client is not encrypted."},
	{UntickedScopesGranted, AuthorizationServer, ids{"rfc6749-3.3/narrowed-consent"}, "What the person did not allow is granted with the rest."},
	{OfflineAccessNotAsked, AuthorizationServer, ids{"oidc-core-11/offline-needs-consent", "oidc-core-11/web-client-consent", "oidc-core-11/native-client-consent"}, "Whoever approved a client once is not asked whether it may have access while they are away."},
	{LocalhostPortOpenToAll, AuthorizationServer, ids{"rfc9700-4.1.3/exact-redirect-uri"}, "The port of a localhost redirect URI may vary for every client."},
	{ClientIDsAreURLs, AuthorizationServer, ids{"cimd-supporting-both/generated-ids"}, "Who registers gets a client_id that looks like the URL of a document."},
	{IDTokenSymmetric, AuthorizationServer, ids{"oidc-core-10.1/no-symmetric-public"}, "ID tokens have a MAC, with a key that public clients cannot keep."},
	{HintIgnored, AuthorizationServer, ids{"oidc-core-3.1.2.1/id-token-hint-mismatch", "oidc-core-3.1.2.2/sub-requested", "oidc-core-3.1.2.2/hint-issuer"}, "Whoever is signed in is taken for the user of the hint."},
	{HintIssuerNotChecked, AuthorizationServer, ids{"oidc-core-3.1.2.2/hint-issuer"}, "A hint is believed whoever signed it."},
	{ExpiredHintRefused, AuthorizationServer, ids{"oidc-core-3.1.2.2/expired-hint"}, "A hint that has expired is refused."},
}
