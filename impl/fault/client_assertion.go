package fault

// Faults of the authorization server in the authentication of clients by JWTs.
const (
	AssertionRefused                   Name = "assertion-refused"
	AssertionTypeNotChecked            Name = "assertion-type-not-checked"
	AssertionBesideSecretAccepted      Name = "assertion-beside-secret-accepted"
	ClientIDNeededBesideAssertion      Name = "client-id-needed-beside-assertion"
	ClientIDBesideAssertionIgnored     Name = "client-id-beside-assertion-ignored"
	AssertionIssuerNotChecked          Name = "assertion-issuer-not-checked"
	AssertionSubjectNotChecked         Name = "assertion-subject-not-checked"
	AssertionAudienceNotChecked        Name = "assertion-audience-not-checked"
	AssertionAudienceLoose             Name = "assertion-audience-loose"
	AssertionExpiryOptional            Name = "assertion-expiry-optional"
	AssertionExpiryNotChecked          Name = "assertion-expiry-not-checked"
	AssertionNotBeforeNotChecked       Name = "assertion-not-before-not-checked"
	AssertionIdentifierOptional        Name = "assertion-identifier-optional"
	AssertionReplayed                  Name = "assertion-replayed"
	AssertionUnknownClaimRefused       Name = "assertion-unknown-claim-refused"
	AssertionOfAnotherKindAccepted     Name = "assertion-of-another-kind-accepted"
	AssertionCriticalIgnored           Name = "assertion-critical-ignored"
	AssertionUnsignedAccepted          Name = "assertion-unsigned-accepted"
	AssertionOfAnotherKeyAccepted      Name = "assertion-of-another-key-accepted"
	AssertionKeyConfusion              Name = "assertion-key-confusion"
	AssertionAlgorithmNotRestricted    Name = "assertion-algorithm-not-restricted"
	AssertionErrorRenamed              Name = "assertion-error-renamed"
	AssertionNotCheckedAtIntrospection Name = "assertion-not-checked-at-introspection"
	AssertionNotCheckedAtRevocation    Name = "assertion-not-checked-at-revocation"
	KeysNeverFetchedAgain              Name = "keys-never-fetched-again"
	MACSecretShort                     Name = "mac-secret-short"
)

// Faults of its metadata, which edit the answer.
const (
	AsymmetricMethodNotAdvertised  Name = "asymmetric-method-not-advertised"
	SigningAlgorithmsNotAdvertised Name = "signing-algorithms-not-advertised"
	NoneAmongSigningAlgorithms     Name = "none-among-signing-algorithms"
	RS256NotAmongSigningAlgorithms Name = "rs256-not-among-signing-algorithms"
)

var clientAssertion = []Fault{
	{AssertionRefused, AuthorizationServer, ids{"rfc7523-2.2/client-assertion"}, "Every client assertion is refused."},
	{AssertionTypeNotChecked, AuthorizationServer, ids{"rfc7523-2.2/assertion-type"}, "A client assertion is taken for a JWT whatever client_assertion_type says."},
	{AssertionBesideSecretAccepted, AuthorizationServer, ids{"rfc7523-2.2/one-method"}, "A client assertion beside an Authorization header is accepted."},
	{ClientIDNeededBesideAssertion, AuthorizationServer, ids{"rfc7523-2.2/client-id-optional"}, "A client assertion without a client_id is refused."},
	{ClientIDBesideAssertionIgnored, AuthorizationServer, ids{"rfc7523-2.2/client-id-identical"}, "The client_id beside a client assertion is not looked at."},
	{AssertionIssuerNotChecked, AuthorizationServer, ids{"rfc7523-3/issuer", "rfc7523-3/issuer-compared", "rfc7523-3/issuer-is-client", "oidc-core-9/assertion-claims"}, "The iss of a client assertion is not looked at."},
	{AssertionSubjectNotChecked, AuthorizationServer, ids{"rfc7523-3/subject", "rfc7523-3/subject-is-client", "oidc-core-9/assertion-claims"}, "The sub of a client assertion is not looked at where there is a client_id."},
	{AssertionAudienceNotChecked, AuthorizationServer, ids{"rfc7523-3/audience", "rfc7523-3/audience-self", "rfc7523-3/audience-compared", "oidc-core-9/assertion-audience", "oauth-2.1-client-authentication/issuer-as-audience"}, "The aud of a client assertion is not looked at."},
	{AssertionAudienceLoose, AuthorizationServer, ids{"oauth-2.1-client-authentication/issuer-as-audience"}, "A client assertion may have the token endpoint as its audience, and others beside."},
	{AssertionExpiryOptional, AuthorizationServer, ids{"rfc7523-3/expiry"}, "A client assertion without exp is accepted."},
	{AssertionExpiryNotChecked, AuthorizationServer, ids{"rfc7523-3/expired", "oidc-core-9/assertion-expiry"}, "A client assertion works for ever."},
	{AssertionNotBeforeNotChecked, AuthorizationServer, ids{"rfc7523-3/not-before"}, "A client assertion works before its nbf."},
	{AssertionIdentifierOptional, AuthorizationServer, ids{"oidc-core-9/assertion-claims"}, "A client assertion without jti is accepted."},
	{AssertionReplayed, AuthorizationServer, ids{"oidc-core-9/assertion-once"}, "A client assertion works as often as it is presented."},
	{AssertionUnknownClaimRefused, AuthorizationServer, ids{"oidc-core-9/unknown-claims-ignored"}, "A client assertion with an unknown claim is refused."},
	{AssertionOfAnotherKindAccepted, AuthorizationServer, ids{"rfc8725-3.12/kinds-told-apart"}, "A JWT that was made for something else passes for a client assertion."},
	{AssertionCriticalIgnored, AuthorizationServer, ids{"rfc7523-3/valid-jwt"}, "Critical extensions of a client assertion are not looked at."},
	{AssertionUnsignedAccepted, AuthorizationServer, ids{"rfc7523-3/signed"}, "A client assertion with the algorithm none is accepted."},
	{AssertionOfAnotherKeyAccepted, AuthorizationServer, ids{"rfc7523-3/signature"}, "The signature of a client assertion is not verified."},
	{AssertionKeyConfusion, AuthorizationServer, ids{"rfc8725-3.1/key-with-one-algorithm"}, "The public key of a client is taken for the secret of a MAC."},
	{AssertionAlgorithmNotRestricted, AuthorizationServer, ids{"rfc8414-2/lists-are-true"}, "Client assertions are verified by whatever algorithm they name."},
	{AssertionErrorRenamed, AuthorizationServer, ids{"rfc7523-3.2/invalid-client"}, "A client assertion that is not valid is answered with invalid_grant."},
	{AssertionNotCheckedAtIntrospection, AuthorizationServer, ids{"rfc7662-2.1/authenticated"}, "The introspection endpoint reads client assertions and does not check them."},
	{AssertionNotCheckedAtRevocation, AuthorizationServer, ids{"rfc7009-2.1/authenticated"}, "The revocation endpoint reads client assertions and does not check them."},
	{KeysNeverFetchedAgain, AuthorizationServer, ids{"oidc-core-10.1.1/refetched-by-server"}, "The keys at jwks_uri are fetched once."},
	{MACSecretShort, AuthorizationServer, ids{"oidc-core-16.19/secret-length"}, "The secret of a client that uses it for MACs has 16 bytes."},
	{AsymmetricMethodNotAdvertised, AuthorizationServer, ids{"rfc9700-2.5/asymmetric", "mcp-client-credentials-server-metadata-requirements/auth-methods"}, "The metadata lists neither private_key_jwt nor client_secret_basic."},
	{SigningAlgorithmsNotAdvertised, AuthorizationServer, ids{"rfc8414-2/signing-algorithms", "mcp-client-credentials-server-metadata-requirements/signing-algorithms"}, "The metadata does not list the algorithms of client assertions."},
	{NoneAmongSigningAlgorithms, AuthorizationServer, ids{"rfc8414-2/signing-algorithms", "oidc-discovery-3/no-none-for-assertions"}, "The metadata lists none among the algorithms of client assertions."},
	{RS256NotAmongSigningAlgorithms, AuthorizationServer, ids{"rfc8414-2/rs256"}, "The metadata does not list RS256 among the algorithms of client assertions."},
}
