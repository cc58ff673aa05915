package acts

// authorizationServerRules are about what an authorization server answers.
var authorizationServerRules = map[string]partyRuleOf{
	"granted-part-stated":              {"The token response states the scope where the resource owner approved a part.", statesPart},
	"offline-access-after-consent":     {"No refresh token for offline_access is issued without consent.", noOfflineAccess},
	"algorithms-of-client-jwts-listed": {"Every endpoint that takes JWTs of clients lists their algorithms.", algorithmsListed},
	"both-metadata-agree":              {"The members that the metadata share with the authorization server metadata are the same.", agreesWithMetadata},
	"metadata-signed-by-issuer":        {"The signed_metadata, if there is one, is signed and names its issuer.", metadataSigned},
	"client-secret-with-expiry":        {"A client_secret comes with client_secret_expires_at.", secretWithExpiry},
	"no-secret-for-none":               {"A client that is registered for the method none has no client_secret.", noSecretForNone},
	"registration-manageable":          {"The registration has registration_client_uri and registration_access_token, or neither.", manageable},
	"revoked-or-unsupported":           {"The token is revoked, or the answer says that its type is not supported.", revokedOrUnsupported},
	"default-scope":                    {"A request without a scope gets a default scope that is stated, or invalid_scope.", defaultScope},
	"id-token-is-no-bearer-token":      {"An ID token is refused as the requested type, or issued with the token_type N_A.", noBearerIDToken},
	"no-forged-approval":               {"An approval that the resource owner did not send grants nothing.", forgeryGrantsNothing},
	"refusal-explained":                {"The error response has an error_description or an error_uri.", refusalExplained},
	"guessing-slowed":                  {"Guesses of a secret are refused with 429, or answered more slowly.", guessingSlowed},
	"other-clients-served":             {"Another client gets a token meanwhile.", anotherServed},
	"code-challenge-hidden":            {"No code holds its code challenge.", challengeHidden},
	"theft-noticed":                    {"The reuse of a refresh token ends its family within a bounded time.", theftNoticed},
	"inactive-and-nothing-else":        {"Of an inactive token, the introspection response has the member active alone.", onlyActive},
	"no-more-active-than-accepted":     {"A used refresh token is inactive, unless a refresh with it still works.", noMoreActive},
	"nothing-about-the-token":          {"The answer does not say that the token is active.", saysNothing},
	"advertised-works":                 {"Each value works that the metadata list in the member.", listedWorks},
	"advertised-complete":              {"No value works that the metadata do not list in the member.", listIsComplete},
	"granted-resource-alone":           {"A request for another resource is refused with invalid_target, or its token is for the granted one.", forNoOther},
	"user-of-the-id-token":             {"The response is about the user of the ID token.", aboutTheUser},
}

// protectedResourceRules are about the API behind.
var protectedResourceRules = map[string]partyRuleOf{
	"access-refused":           {"The token is refused with 401, or cannot be judged now: 503.", letsNobodyIn},
	"every-spelling-protected": {"No other spelling of the path gives the content without a token.", everySpelling},
	"own-metadata":             {"The protected resource has a metadata document about itself.", ownDocument},
}

// mcpServerRules are about an MCP server and its tools.
var mcpServerRules = map[string]partyRuleOf{
	"every-spelling-protected":       {"No other spelling of the path gives a result without a token.", everySpelling},
	"metadata-found":                 {"A 401 names the metadata, or they are at a well-known location.", metadataFound},
	"tools-described":                {"Every tool has a description, an input schema and an output schema.", toolsDescribed},
	"no-secret-in-answer":            {"No answer holds a client secret or a token.", holdsNoSecret},
	"no-token-in-log":                {"No log holds the access token.", logsHoldNoToken},
	"own-token-for-upstream":         {"The protected resource is called with another token than the client's.", calledWithAnotherToken},
	"challenge-names-every-scope":    {"The challenge names every scope that the tool needs.", challengeNames(true)},
	"challenge-names-no-other-scope": {"The challenge names no scope that the tool does not need.", challengeNames(false)},
}
