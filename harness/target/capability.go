package target

import (
	"maps"
	"slices"
)

// Capability is something that a target may be able to do, by the name of its
// @needs tag.
type Capability struct {
	Name string
	Says string // What a target with it does.
	// derived reads it off the metadata; nil where metadata does not tell.
	derived func(metadata) bool
}

// metadata is the members of a metadata document.
type metadata map[string]any

// Capabilities are all that a scenario can need.
var Capabilities = []Capability{
	{"metadata", "publishes its metadata", nil},
	{"oauth_metadata", "publishes its metadata where RFC 8414 looks for them", nil},
	{"client_credentials", "issues tokens for the client credentials grant", grant("client_credentials")},
	{"authorization_code", "issues tokens for authorization codes", grant("authorization_code")},
	{"refresh_token", "issues refresh tokens", grant("refresh_token")},
	{"refresh_token_rotation", "issues a new refresh token with each refresh, to confidential clients as well", nil},
	{"token_exchange", "exchanges the access tokens that it issued", grant("urn:ietf:params:oauth:grant-type:token-exchange")},
	{"actor_token", "takes actor tokens in a token exchange", nil},
	{"pkce", "supports Proof Key for Code Exchange", listed("code_challenge_methods_supported")},
	{"s256_only", "supports the code challenge method S256 and no other", only("code_challenge_methods_supported", "S256")},
	{"plain_challenge", "supports the code challenge method plain", lists("code_challenge_methods_supported", "plain")},
	{"authorization_without_pkce", "issues codes to confidential clients without a code challenge", nil},
	{"introspection", "has an introspection endpoint", has("introspection_endpoint")},
	{"revocation", "has a revocation endpoint", has("revocation_endpoint")},
	{"access_token_revocation", "revokes access tokens on request", nil},
	{"grant_revocation", "revokes the access tokens of a grant together with its refresh token", nil},
	{"registration", "registers clients dynamically", has("registration_endpoint")},
	{"public_clients", "registers public clients", nil},
	{"client_configuration", "lets clients manage their registration", nil},
	{"end_of_access_at_sign_out", "offers to end all access at sign-out", nil},
	{"registration_reading", "lets clients read their registration", nil},
	{"registration_update", "lets clients update their registration", nil},
	{"registration_deletion", "lets clients delete their registration", nil},
	{"software_statement", "uses software statements of clients", nil},
	{"openid", "is an OpenID provider", listed("subject_types_supported")},
	{"userinfo", "has a UserInfo endpoint", has("userinfo_endpoint")},
	{"no_request_objects", "takes no request objects and says so", refusesRequestObjects},
	{"resource_indicators", "issues tokens for the protected resource that a client names", nil},
	{"client_id_metadata_document", "takes the URL of a metadata document as client_id", isTrue("client_id_metadata_document_supported")},
	{"issuer_identification", "names itself in authorization responses", isTrue("authorization_response_iss_parameter_supported")},
	{"prompt", "understands prompt and max_age", lists("scopes_supported", "openid")},
	{"consent_every_time", "asks for consent at every authorization request", nil},
	{"consent_page", "asks for consent to clients that its operator registered", nil},
	{"partial_consent", "lets the resource owner approve a part of the scope", nil},
	{"silent_authorization", "answers a client that was approved before without asking the resource owner again", nil},
	{"id_token_refresh", "issues an ID token at each refresh", nil},
	{"form_post", "answers the client by a form that posts itself", lists("response_modes_supported", "form_post")},
	{"jwks", "publishes its keys", has("jwks_uri")},
	{"jwt_access_token", "issues JWT access tokens", nil},
	{"protected_resource_metadata", "publishes metadata of its protected resource", has("resource")},
	{"client_secret_basic", "authenticates clients by HTTP Basic", basic},
	{"private_key_jwt", "authenticates clients by JWTs that they sign", lists("token_endpoint_auth_methods_supported", "private_key_jwt")},
	{"client_secret_jwt", "authenticates clients by JWTs with a MAC of their secret", lists("token_endpoint_auth_methods_supported", "client_secret_jwt")},
	{"root_metadata", "publishes the metadata of its MCP server at the root of the host as well", nil},
	{"sessions", "begins sessions with clients of MCP 2025-11-25", nil},
	{"offline_access", "asks for offline_access, as a client", nil},
	{"client_document", "names its metadata document where it may, as a client", nil},
	{"step_up", "asks for more scopes, as a client", nil},
	{"refreshes", "refreshes its tokens, as a client", nil},
	{"mcp_over_http", "serves MCP over HTTP", nil},
	{"client_publications", "fetches what clients publish, from where the examiner does; see examiner in the target file", nil},
	{"control", "has the control plane of the fixture", nil},
	{"documented", "is the documented demo system", nil},
}

// IsCapability tells whether a name is one.
func IsCapability(name string) bool { return slices.Contains(CapabilityNames(), name) }

// CapabilityNames are the names of all capabilities.
func CapabilityNames() []string {
	var names []string
	for _, capability := range Capabilities {
		names = append(names, capability.Name)
	}
	return names
}

// KeyOf is the key of the target file that says whether the target has a
// capability that no metadata tells.
func KeyOf(capability string) string {
	if capability == "client_publications" {
		return "examiner"
	}
	return "capabilities." + capability
}

// Derive reads the capabilities off the metadata of an authorization server
// and of a protected resource, adds those that were seen otherwise, and corrects
// them by what the target file says. What nobody tells is left out.
func (t Target) Derive(server, resource map[string]any, seen map[string]bool) map[string]bool {
	all := metadata{}
	maps.Copy(all, server)
	if identifier, named := resource["resource"]; named { // The rest of it is about the resource alone.
		all["resource"] = identifier
	}
	derived := map[string]bool{"documented": false, "control": t.Control.URL != "", "mcp_over_http": t.MCPServer.URL != ""}
	if t.Control.URL != "" || t.Examiner.URL != "" {
		derived["client_publications"] = true
	}
	for _, capability := range Capabilities {
		if capability.derived != nil {
			derived[capability.Name] = capability.derived(all)
		}
	}
	maps.Copy(derived, seen)
	for name, offered := range t.Capabilities {
		derived[name] = offered
	}
	return derived
}

// grant: left out, grant_types_supported means authorization_code and implicit
// (RFC 8414 section 2, https://www.rfc-editor.org/rfc/rfc8414#section-2).
func grant(name string) func(metadata) bool {
	return func(m metadata) bool {
		if !listed("grant_types_supported")(m) {
			return name == "authorization_code" && has("authorization_endpoint")(m)
		}
		return slices.Contains(m["grant_types_supported"].([]any), any(name))
	}
}

// basic: left out, token_endpoint_auth_methods_supported means HTTP Basic (RFC
// 8414 section 2, https://www.rfc-editor.org/rfc/rfc8414#section-2).
func basic(m metadata) bool {
	const member = "token_endpoint_auth_methods_supported"
	return !listed(member)(m) || lists(member, "client_secret_basic")(m)
}

func listed(name string) func(metadata) bool {
	return func(m metadata) bool {
		list, ok := m[name].([]any)
		return ok && len(list) > 0
	}
}

func lists(name, value string) func(metadata) bool {
	return func(m metadata) bool {
		list, _ := m[name].([]any)
		return slices.Contains(list, any(value))
	}
}

func only(name, value string) func(metadata) bool {
	return func(m metadata) bool {
		list, ok := m[name].([]any)
		return ok && len(list) == 1 && list[0] == value
	}
}

// refusesRequestObjects: left out, request_uri_parameter_supported means true
// (OpenID Connect Discovery section 3,
// https://openid.net/specs/openid-connect-discovery-1_0.html#ProviderMetadata).
func refusesRequestObjects(m metadata) bool {
	return m["request_parameter_supported"] != true && m["request_uri_parameter_supported"] == false
}

func has(name string) func(metadata) bool {
	return func(m metadata) bool {
		value, ok := m[name].(string)
		return ok && value != ""
	}
}

func isTrue(name string) func(metadata) bool {
	return func(m metadata) bool { return m[name] == true }
}
