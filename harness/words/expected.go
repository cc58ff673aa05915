package words

import "slices"

func expected(of string, names ...string) Table {
	return Table{of, []Rows{rows(Expectation, names...)}}
}

// The tables of what is expected.
var (
	Returned  = expected("an authorization response", "code", "state", "iss", "error", "error_description", "error_uri", "tenant")
	Challenge = expected("a challenge", "realm", "scope", "error", "error_description", "error_uri", "resource_metadata")
	Claims    = expected("a JWT", "iss", "sub", "aud", "exp", "iat", "nbf", "jti", "client_id", "scope", "act.*", "nonce", "auth_time", "azp", "at_hash",
		"typ", "alg", "kid", "jku", "jwk", "x5u", "x5c", "header.alg")
	SentRequest = expected("a request of the client", slices.Concat([]string{"method", "path", "Authorization", "Content-Type", "from", "tenant"},
		parametersOf(TokenRequest, Redemption, Refresh, Exchange, AuthorizationRequest, Registration))...)
	Published = expected("a document or an answer in JSON", slices.Concat(metadataMembers, []string{
		"resource", "authorization_servers.*", "access_token", "token_type", "expires_in", "refresh_token", "id_token", "issued_token_type", "error", "error_description",
		"active", "scope", "client_id", "username", "sub", "aud", "iss", "exp", "iat", "nbf", "jti", "act.*", "email", "required_scope",
		"id", "title", "description", "status", "created_at", "created_by", "user_id", "total", "pending", "in_progress", "completed", "preferences.*", "service", "tasks.*", "clients.*",
		"code", "redirect_uri", "redirect_uris.*", "keys.*",
	}, clientMetadata[0].Names, clientMetadata[1].Names)...)
	Paths = Table{"the paths in their order", []Rows{rows(Literal, "first", "second", "third", "fourth")}}
)

// OfAgent is the table of what an agent shows of itself.
var OfAgent = expected("an assertion or a metadata document of the agent", Claims.Rows[0].Names...).also(Published)

func (t Table) also(other Table) Table { return Table{t.Of, slices.Concat(t.Rows, other.Rows)} }

// parametersOf are the names of the plain parameters of requests.
func parametersOf(requests ...Table) []string {
	var names []string
	for _, request := range requests {
		for _, rows := range request.Rows {
			if rows.has(Parameter) || rows.has(Metadata) {
				names = append(names, rows.Names...)
			}
		}
	}
	return names
}
