package acts

// agentRules are about what an agent, as a client, sends and shows.
var agentRules = map[string]partyRuleOf{
	"no-token-in-url":             {"No request to the protected resource has the access token in its URL.", sentNoTokenInURL},
	"no-secret-in-url":            {"No URL has a secret in it.", noSecretInURL},
	"parameters-once":             {"No authorization or token request has a parameter twice.", noneTwice},
	"consent-for-offline-access":  {"Every authorization request with offline_access has prompt=consent.", consentAsked},
	"code-verifier-form":          {"Every code verifier has 43 to 128 characters of those that RFC 7636 allows.", verifiersFormed},
	"same-redirect-uri":           {"The code is redeemed with the redirect URI of the authorization request.", sameRedirectURI},
	"client-named":                {"Every token request without client authentication has a client_id.", clientNamed},
	"no-wider-scope":              {"No token request names a scope that no authorization request named.", renewedWithin},
	"refresh-token-kept":          {"Only the authorization server is shown the refresh token.", refreshTokenKept},
	"access-token-kept":           {"Only the MCP server is shown the access token.", accessTokenKept},
	"credentials-withheld":        {"This authorization server is shown neither client_id nor client secret.", credentialsNotShown},
	"page-without-links":          {"The page at the redirect URI has no address of another host in it.", pageOfItsOwn},
	"one-answer":                  {"The port of the redirect URI is closed after the answer.", portClosed},
	"registers-anew":              {"The client registers with the authorization server that the MCP server names now.", registersWithNext},
	"credentials-apart":           {"No authorization server sees what another one issued.", nothingOfFirst},
	"codes-redeemed-where-issued": {"Every code is redeemed at the authorization server that issued it.", redeemedWhereAsked},
	"token-of-the-named-server":   {"The MCP server is shown tokens of the authorization server that it names now, and no other after them.", tokenOfNext},
}
