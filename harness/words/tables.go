package words

import "slices"

func rows(place Place, names ...string) Rows { return Rows{Places: []Place{place}, Names: names} }

func (r Rows) and(places ...Place) Rows {
	r.Places = append(r.Places, places...)
	return r
}

// choice is a row that has one of some values.
func choice(name string, values ...string) Rows {
	return Rows{Places: []Place{Literal}, Names: []string{name}, Values: values}
}

// signers are who signs a JWT in the place of the one who has to: nobody (alg none),
// somebody with the public key as the secret of a MAC, or with another key.
var signers = []string{"nobody", "public_key", "stranger"}

func table(of string, all ...[]Rows) Table { return Table{of, slices.Concat(all...)} }

// http are the rows about the HTTP request.
var http = []Rows{
	rows(Header, "Authorization", "Content-Type", "Accept", "Origin"),
	rows(Literal, "(path)", "(query)", "(body)"),
	choice("(method)", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"),
	choice("(transfer)", "chunked"),
}

// around are the headers by which a proxy says what was asked of it, and who asks.
var around = []Rows{
	rows(Literal, "X-Forwarded-Host", "X-Forwarded-For", "X-Forwarded-Uri", "X-Original-URL", "X-HTTP-Method-Override", "Forwarded", "User-Agent"),
}

// credentials are the rows about client authentication at an endpoint with forms.
var credentials = []Rows{
	rows(Parameter, "client_id", "client_secret", "client_assertion_type", "* (in the body)"),
	rows(Parameter, "client_assertion").and(Proof),
	rows(Claim, "assertion iss", "assertion sub", "assertion aud", "assertion jti", "assertion exp", "assertion iat", "assertion nbf", "assertion typ", "assertion alg", "assertion kid", "assertion crit"),
	choice("assertion signed_by", append(signers, "earlier_key")...),
	choice("(authentication)", "client_secret_basic", "client_secret_post", "client_secret_jwt", "private_key_jwt", "none"),
}

func form(of string, parameters ...string) Table {
	return table(of, []Rows{rows(Parameter, parameters...)}, credentials, http)
}

// The tables of requests to the authorization server.
var (
	TokenRequest         = form("a token request", "grant_type", "scope", "resource", "audience", "username", "password")
	Redemption           = form("a token request with a code", "grant_type", "code", "redirect_uri", "code_verifier", "resource", "scope")
	Refresh              = form("a token request with a refresh token", "grant_type", "refresh_token", "scope", "resource")
	Exchange             = form("a token exchange", "grant_type", "resource", "audience", "scope", "requested_token_type", "subject_token", "subject_token_type", "actor_token", "actor_token_type")
	Revocation           = form("a revocation request", "token", "token_type_hint")
	Introspection        = table("an introspection request", []Rows{rows(Parameter, "token_type_hint"), rows(Parameter, "token").and(Spelling)}, credentials, http)
	AuthorizationRequest = table("an authorization request", []Rows{
		rows(Parameter, "response_type", "client_id", "redirect_uri", "scope", "state", "code_challenge", "code_challenge_method", "code_verifier", "resource", "response_mode",
			"nonce", "display", "prompt", "max_age", "ui_locales", "claims_locales", "login_hint", "acr_values", "claims", "request", "request_uri", "registration"),
		rows(Parameter, "id_token_hint").and(Hint), rows(Header, "Origin"), rows(Literal, "(method)"),
	})
	Approval       = table("the form of the resource owner", []Rows{rows(Header, "Origin"), choice("(session)", "another")})
	JSONMembers    = table("a JSON request of the documented system", []Rows{rows(Parameter, "grant_type", "client_id", "client_secret", "scope", "redirect_uri", "user_id", "code")}, http)
	Registration   = table("a registration request", clientMetadata, statement, http)
	ClientReading  = table("a request to the client configuration endpoint", []Rows{rows(Parameter, "client_id")}, http)
	ClientUpdating = table("an update of a registration", clientMetadata, http)
)

// clientMetadata are the members of RFC 7591 section 2, of OpenID Connect Dynamic
// Client Registration section 2, and those that the server assigns.
var clientMetadata = []Rows{
	rows(Metadata, "redirect_uris", "token_endpoint_auth_method", "grant_types", "response_types", "client_name", "client_name#*", "client_uri", "logo_uri", "scope",
		"contacts", "tos_uri", "policy_uri", "jwks_uri", "jwks", "software_id", "software_version", "application_type",
		"client_id", "client_secret", "client_id_issued_at", "client_secret_expires_at", "registration_access_token", "registration_client_uri"),
	rows(Metadata, "software_statement").and(Proof),
}

var statement = []Rows{
	rows(Claim, "statement iss", "statement aud", "statement exp", "statement iat", "statement nbf", "statement typ", "statement alg", "statement kid",
		"statement client_name", "statement software_id", "statement software_version", "statement token_endpoint_auth_method", "statement redirect_uris"),
	choice("statement signed_by", signers...),
}

// The tables of calls to a protected resource or an MCP server.
var (
	shown        = []Rows{rows(Token, "access_token").and(Spelling)}
	ResourceCall = table("a call to the protected resource", []Rows{rows(Argument, "title", "description", "status", "user_id", "email", "preferences")}, shown, http, around,
		[]Rows{choice("(spelled)", "with a repeated slash", "with dot segments", "with an encoded question mark", "with an encoded hash")})
	MetadataFetch = table("a request for metadata", around)
	UserInfo      = table("a request for the user info", shown, http)
	MCPCall       = table("a message to the MCP server", shown, []Rows{rows(Tool, "tool"), rows(Literal, "method", "Mcp-Session-Id")}, http)
	Arguments     = table("the arguments of a tool", []Rows{rows(Argument, "task_id", "title", "description", "status")})
)

// Replaced is the table of a positive control: it holds what that of the step may
// hold in whose place it is.
var Replaced = Table{Of: "the step that the control changes"}

// The tables that set something up.
var (
	Configuration = table("the configuration of a server", []Rows{rows(Literal,
		"code_challenge", "redirect_uri_in_token_request", "signed_metadata", "documented_tokens", "signing_algorithm", "store_down", "refresh_grace_seconds",
		"requests_per_second", "registrations_per_hour", "registration", "client_configuration", "client_document_hosts", "client_documents_on_loopback",
		"client_pages_on_loopback", "check_client_pages", "verify", "upstream", "write_implies_read")})
	MCPClient = table("an MCP client", []Rows{rows(Identity, "client_id"), rows(Literal, "client_secret", "grant_types", "token_endpoint_auth_method")})
	Client    = table("a client", []Rows{
		rows(Parameter, "client_id", "client_name", "client_secret", "grant_types", "redirect_uris", "scope", "serves", "token_endpoint_auth_method", "token_endpoint_auth_signing_alg", "application_type"),
		rows(Key, "jwks_uri"), choice("(registered by itself)", "yes"), rows(Literal, "(without the grant)"), choice("(approved)", "never"),
	})
	Document = table("a client ID metadata document", clientMetadata, []Rows{rows(Location, "Location"), rows(Literal, "Cache-Control", "(status)", "(body)"), choice("(scheme)", "https")})
	Made     = table("an access token", []Rows{
		rows(Minted, "iss", "sub", "aud", "exp", "iat", "nbf", "jti", "client_id", "scope", "act", "may_act"),
		rows(Literal, "typ", "alg", "kid", "crit"),
		choice("signed_by", signers...),
	})
	ReceivedClaims = table("a received token", []Rows{rows(Received, "sub", "aud", "exp", "nbf", "scope", "client_id", "act", "may_act")})
	Answered       = table("an answer of a server", []Rows{
		rows(Answer, metadataMembers...),
		rows(Answer, "resource", "resource_metadata", "authorization_servers", "bearer_methods_supported"),
		rows(Answer, "code", "state", "iss", "error", "error_description", "access_token", "token_type", "expires_in", "refresh_token", "scope"),
		rows(Answer, "client_id", "client_secret", "registration_access_token", "registration_client_uri"),
		rows(Answer, "(challenge)"), rows(Literal, "(status)"),
	})
)

// metadataMembers are those of RFC 8414 section 2, of OpenID Connect Discovery
// section 3 and of their extensions.
var metadataMembers = []string{
	"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri", "registration_endpoint", "revocation_endpoint", "introspection_endpoint", "userinfo_endpoint",
	"scopes_supported", "response_types_supported", "response_modes_supported", "grant_types_supported", "subject_types_supported", "claims_supported",
	"token_endpoint_auth_methods_supported", "id_token_signing_alg_values_supported", "code_challenge_methods_supported", "protected_resources",
	"authorization_response_iss_parameter_supported", "client_id_metadata_document_supported", "resource_name",
}
