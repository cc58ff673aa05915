package fault

// Faults of the authorization server in how clients manage their registration.
const (
	RegistrationClientURIRelative    Name = "registration-client-uri-relative"
	RegistrationAccessTokenMissing   Name = "registration-access-token-missing"
	RegistrationAccessTokenGuessable Name = "registration-access-token-guessable"
	RegistrationAccessTokenExpires   Name = "registration-access-token-expires"
	RegistrationTokenNotChecked      Name = "registration-token-not-checked"
	RegistrationTokenOfAnyClient     Name = "registration-token-of-any-client"
	RegistrationReadNotFound         Name = "registration-read-not-found"
	UnknownRegistrationNotFound      Name = "unknown-registration-not-found"
	RegistrationMethodNotFound       Name = "registration-method-not-found"
	ConfigurationPermissionIgnored   Name = "configuration-permission-ignored"
	UpdateChangesClientID            Name = "update-changes-client-id"
	UpdateSetsManagementFields       Name = "update-sets-management-fields"
	UpdateAugments                   Name = "update-augments"
	UpdateKeepsOmitted               Name = "update-keeps-omitted"
	UpdateClientIDNotCompared        Name = "update-client-id-not-compared"
	UpdateSetsSecret                 Name = "update-sets-secret"
	ReplacedMetadataNotReturned      Name = "replaced-metadata-not-returned"
	DeletionAsOK                     Name = "deletion-as-ok"
	DeletionBadRequest               Name = "deletion-bad-request"
	DeletedClientLives               Name = "deleted-client-lives"
	TokensSurviveClient              Name = "tokens-survive-client"
)

var registrationManagement = []Fault{
	{RegistrationClientURIRelative, AuthorizationServer, ids{"rfc7592-3/registration-client-uri"}, "The registration_client_uri is a path."},
	{RegistrationAccessTokenMissing, AuthorizationServer, ids{"rfc7592-3/registration-access-token"}, "A registration brings no registration access token."},
	{RegistrationAccessTokenGuessable, AuthorizationServer, ids{"rfc7592-5/token-entropy"}, "Registration access tokens are counted."},
	{RegistrationAccessTokenExpires, AuthorizationServer, ids{"rfc7592-5/token-lasts"}, "A registration access token works for a week."},
	{RegistrationTokenNotChecked, AuthorizationServer, ids{"rfc7592-2/token-required", "rfc7592-2.1/invalid-token"}, "Anybody may manage the registration of a client."},
	{RegistrationTokenOfAnyClient, AuthorizationServer, ids{"rfc7592-2/token-required"}, "The registration access token of one client is good for another."},
	{RegistrationReadNotFound, AuthorizationServer, ids{"rfc7592-2.1/read"}, "No registration can be read."},
	{UnknownRegistrationNotFound, AuthorizationServer, ids{"rfc7592-2.1/unknown-client", "rfc7592-5/token-of-deleted-client"}, "Whoever asks for a client that does not exist is told so with 404."},
	{RegistrationMethodNotFound, AuthorizationServer, ids{"rfc7592-2/unsupported-method"}, "A method that the client configuration endpoint does not know is answered with 404."},
	{ConfigurationPermissionIgnored, AuthorizationServer, ids{"rfc7592-2.1/read-forbidden", "rfc7592-2.2/update-forbidden", "rfc7592-2.3/delete-forbidden"}, "A client may do with its registration what the server forbids."},
	{UpdateChangesClientID, AuthorizationServer, ids{"rfc7592-2.1/client-id-unchanged"}, "An update brings a new client_id."},
	{UpdateSetsManagementFields, AuthorizationServer, ids{"rfc7592-2.2/management-fields-kept"}, "An update sets the registration access token and its companions."},
	{UpdateAugments, AuthorizationServer, ids{"rfc7592-2.2/replaced"}, "An update adds its redirect URIs to the old ones."},
	{UpdateKeepsOmitted, AuthorizationServer, ids{"rfc7592-2.2/omitted"}, "What an update leaves out stays."},
	{UpdateClientIDNotCompared, AuthorizationServer, ids{"rfc7592-2.2/client-id-identical"}, "An update need not say of which client it is."},
	{UpdateSetsSecret, AuthorizationServer, ids{"rfc7592-2.2/secret-identical", "rfc7592-2.2/no-chosen-secret"}, "A client chooses its secret in an update."},
	{ReplacedMetadataNotReturned, AuthorizationServer, ids{"rfc7592-2.2/replacements-returned"}, "An invalid authentication method of an update is replaced, and the client is not told."},
	{DeletionAsOK, AuthorizationServer, ids{"rfc7592-2.3/no-content"}, "A deletion is answered with 200."},
	{DeletionBadRequest, AuthorizationServer, ids{"rfc7592-2.3/method-not-allowed"}, "A deletion is not supported and answered with 400."},
	{DeletedClientLives, AuthorizationServer, ids{"rfc7592-2.3/client-invalidated", "rfc7592-2.3/tokens-invalidated", "rfc7592-5/token-of-deleted-client"}, "A deletion is answered with 204 and does nothing."},
	{TokensSurviveClient, AuthorizationServer, ids{"rfc7592-2.3/tokens-invalidated"}, "The access tokens of a deleted client stay active."},
}
