package fault

import (
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
)

// Faults of the MCP server over HTTP, at a branch of it.
const (
	OriginNotChecked        Name = "origin-not-checked"
	ToolScopeNotChecked     Name = "tool-scope-not-checked"
	ScopesOneByOne          Name = "scopes-one-by-one"
	EveryScopeChallenged    Name = "every-scope-challenged"
	ScopesOfChallengeVary   Name = "scopes-of-challenge-vary"
	ReducedTokenRefused     Name = "reduced-token-refused"
	ScopeHierarchyIgnored   Name = "scope-hierarchy-ignored"
	TokenForToolsAlone      Name = "token-for-tools-alone"
	TokenNotRequired        Name = "token-not-required"
	StreamWithoutToken      Name = "stream-without-token"
	SessionOfAnother        Name = "session-of-another"
	SessionAuthenticates    Name = "session-authenticates"
	TokenPassedThrough      Name = "token-passed-through"
	MCPIntrospectionRefused Name = "mcp-introspection-refused"
	ToolNeverOpens          Name = "tool-never-opens"
)

// Faults of the MCP server in how it treats tokens. Each is that of a protected
// resource by another name, so that only the MCP server has it.
const (
	MCPAudienceNotChecked  Name = "mcp-audience-not-checked"
	MCPAudienceExact       Name = "mcp-audience-compared-exactly"
	MCPExpiryNotChecked    Name = "mcp-expiry-not-checked"
	MCPIssuerNotChecked    Name = "mcp-issuer-not-checked"
	MCPSignatureNotChecked Name = "mcp-signature-not-checked"
	MCPTokenInQuery        Name = "mcp-token-in-query-accepted"
	MCPTokenTypeNotChecked Name = "mcp-token-type-not-checked"
)

// Faults of the MCP server over HTTP that edit its answers.
const (
	RefusalAsResult           Name = "refusal-as-result"
	MCPChallengeMissing       Name = "mcp-challenge-missing"
	MCPChallengeWithoutScope  Name = "mcp-challenge-without-scope"
	StepUpNotExplained        Name = "step-up-not-explained"
	OfflineAccessWanted       Name = "offline-access-wanted"
	OmnibusScope              Name = "omnibus-scope"
	MCPMetadataMissing        Name = "mcp-metadata-missing"
	MCPServersNotNamed        Name = "mcp-authorization-servers-not-named"
	MCPMetadataWithSlash      Name = "mcp-metadata-with-slash"
	MCPMetadataOfTheHost      Name = "mcp-metadata-of-the-host"
	HandlesCounted            Name = "handles-counted"
	ResourceMetadataElsewhere Name = "resource-metadata-elsewhere"
	SlashUnknown              Name = "slash-unknown"
)

const mcpSpec = "mcp-2026-07-28-"

var mcpHTTP = []Fault{
	{OriginNotChecked, MCPServer, ids{mcpSpec + "streamable-http/origin-validated"}, "Pages of every origin may speak to the MCP server."},
	{ToolScopeNotChecked, MCPServer, ids{mcpSpec + "error-handling/insufficient-scope-403"}, "Every token opens every tool."},
	{ScopesOneByOne, MCPServer, ids{mcpSpec + "runtime-insufficient-scope/operation-scopes", mcpSpec + "runtime-insufficient-scope/single-challenge", "mcp-2025-11-25-runtime-insufficient-scope/current-request"}, "A challenge names one missing scope at a time."},
	{EveryScopeChallenged, MCPServer, ids{"mcp-security-scope-minimization/precise-challenges"}, "A challenge names every scope that there is."},
	{ScopesOfChallengeVary, MCPServer, ids{mcpSpec + "scope-selection-strategy/consistent-scopes"}, "Equal messages get challenges with different scopes."},
	{ReducedTokenRefused, MCPServer, ids{"mcp-security-scope-minimization/reduced-tokens"}, "A token without every scope is refused."},
	{ScopeHierarchyIgnored, MCPServer, ids{mcpSpec + "step-up/scope-hierarchies"}, "A scope that implies another one does not suffice."},
	{TokenForToolsAlone, MCPServer, ids{mcpSpec + "access-token-privilege/before-processing", "mcp-security-state-handle-hijacking/inbound-verified"}, "Only calls of tools need a token."},
	{StreamWithoutToken, MCPServer, ids{mcpSpec + "access-token-privilege/before-processing"}, "Only messages that are posted need a token."},
	{TokenNotRequired, MCPServer, ids{mcpSpec + "error-handling/missing-token-401", mcpSpec + "access-token-privilege/no-data"}, "Who sends no token is served as if it were one."},
	{SessionOfAnother, MCPServer, ids{"mcp-security-state-handle-hijacking/handle-bound"}, "Whoever has a token may use every session."},
	{SessionAuthenticates, MCPServer, ids{"mcp-security-state-handle-hijacking/handle-no-authentication"}, "Who has the handle of a session needs no token."},
	{TokenPassedThrough, MCPServer, ids{mcpSpec + "token-handling/no-transit"}, "The token of a client goes on to the API."},
	{ToolNeverOpens, MCPServer, ids{"mcp-security-scope-minimization/reduced-tokens"}, "No token ever has the scopes of a tool."},
	{MCPIntrospectionRefused, MCPServer, ids{mcpSpec + "token-handling/validated"}, "Tokens that must be introspected are refused."},
	{MCPAudienceExact, MCPServer, ids{mcpSpec + "canonical-server-uri/upper-case-audience"}, "The MCP server does not know itself in upper case."},
	{MCPAudienceNotChecked, MCPServer, ids{mcpSpec + "token-handling/audience", "mcp-security-token-passthrough/no-foreign-tokens"}, "A token for another resource opens the MCP server."},
	{MCPExpiryNotChecked, MCPServer, ids{mcpSpec + "token-handling/invalid-token-401"}, "A token opens the MCP server for ever."},
	{MCPIssuerNotChecked, MCPServer, ids{mcpSpec + "token-handling/validated"}, "A token of any issuer opens the MCP server if the key fits."},
	{MCPSignatureNotChecked, MCPServer, ids{mcpSpec + "token-handling/validated", mcpSpec + "token-handling/invalid-token-401"}, "The MCP server believes a token whoever signed it."},
	{MCPTokenInQuery, MCPServer, ids{mcpSpec + "error-handling/malformed-400"}, "A token in the query of the URL opens the MCP server."},
	{MCPTokenTypeNotChecked, MCPServer, ids{mcpSpec + "token-handling/validated"}, "Any JWT of the issuer opens the MCP server."},
	{RefusalAsResult, MCPServer, ids{mcpSpec + "error-handling/missing-token-401"}, "A message without a token gets status 200 and an error of JSON-RPC."},
	{MCPChallengeMissing, MCPServer, ids{mcpSpec + "token-handling/error-response"}, "A message without a token gets 401 and no challenge."},
	{MCPChallengeWithoutScope, MCPServer, ids{mcpSpec + "scope-selection-strategy/scope-in-challenge"}, "The challenge to a message without a token names no scope."},
	{StepUpNotExplained, MCPServer, ids{mcpSpec + "runtime-insufficient-scope/challenge-members"}, "The refusal of a tool is a challenge without parameters."},
	{OfflineAccessWanted, MCPServer, ids{mcpSpec + "refresh-tokens/no-offline-access"}, "Challenges and metadata ask for offline_access."},
	{OmnibusScope, MCPServer, ids{"mcp-security-scope-minimization/no-omnibus-scopes"}, "The metadata list a scope for everything."},
	{MCPMetadataMissing, MCPServer, ids{mcpSpec + "authorization-server-location/resource-metadata", mcpSpec + "protected-resource-metadata/discoverable"}, "There is no metadata of the MCP server."},
	{ResourceMetadataElsewhere, MCPServer, ids{mcpSpec + "protected-resource-metadata/discoverable"}, "A challenge names metadata that are not there."},
	{MCPServersNotNamed, MCPServer, ids{mcpSpec + "authorization-server-location/authorization-servers"}, "The metadata of the MCP server name no authorization server."},
	{MCPMetadataWithSlash, MCPServer, ids{mcpSpec + "canonical-server-uri/no-trailing-slash-server"}, "The MCP server names itself with a slash at the end."},
	{MCPMetadataOfTheHost, MCPServer, ids{"rfc9728-3.1/own-document"}, "The metadata of the MCP server are those of its host."},
	{SlashUnknown, MCPServer, ids{"documented-mcp/slash"}, "With a slash at the end of its URL the MCP server is not found."},
	{HandlesCounted, MCPServer, ids{"mcp-security-state-handle-hijacking/handle-random"}, "The handles of sessions are counted."},
}

var asResource = map[Name]Name{
	MCPAudienceNotChecked:   AudienceNotChecked,
	MCPAudienceExact:        MCPAudienceExact,
	MCPExpiryNotChecked:     ExpiryNotChecked,
	MCPIssuerNotChecked:     IssuerNotChecked,
	MCPSignatureNotChecked:  SignatureNotChecked,
	MCPTokenInQuery:         TokenInQueryAccepted,
	MCPTokenTypeNotChecked:  TokenTypeNotChecked,
	MCPIntrospectionRefused: IntrospectedTokenRefused,
}

// OfMCPServer are the faults of set in how the MCP server treats tokens, by the
// names that they have at a protected resource.
func OfMCPServer(set Set) Set {
	own := Set{}
	for name, same := range asResource {
		if set.Has(name) {
			own[same] = true
		}
	}
	return own
}

var mcpHTTPEdits = map[Name]func(*http.Request, *Response){
	RefusalAsResult: onUnauthorized(func(r *Response) {
		as(http.StatusOK, `{"jsonrpc":"2.0","id":1,"error":{"code":-32001,"message":"unauthorized"}}`)(r)
	}),
	MCPChallengeMissing:      onUnauthorized(func(r *Response) { r.Header.Del("WWW-Authenticate") }),
	MCPChallengeWithoutScope: onUnauthorized(func(r *Response) { onChallenge(withoutParameter("scope"))(nil, r) }),
	StepUpNotExplained: func(_ *http.Request, r *Response) {
		if r.Status == http.StatusForbidden {
			onChallenge(func(string) string { return `Bearer error="insufficient_scope"` })(nil, r)
		}
	},
	OfflineAccessWanted: func(r *http.Request, response *Response) {
		onChallenge(func(challenge string) string {
			return strings.Replace(challenge, `scope="`, `scope="offline_access `, 1)
		})(r, response)
		onMetadata(with("scopes_supported", []string{"tasks:read", "offline_access"}))(r, response)
	},
	OmnibusScope:       onMetadata(with("scopes_supported", []string{"*", "all", "full-access"})),
	MCPMetadataMissing: onMetadata(func(r *Response) { as(http.StatusNotFound, `{"error":"not_found"}`)(r) }),
	ResourceMetadataElsewhere: onUnauthorized(func(r *Response) {
		onChallenge(func(challenge string) string { return strings.Replace(challenge, "/.well-known/", "/unknown/", 1) })(nil, r)
	}),
	SlashUnknown: func(r *http.Request, response *Response) {
		if strings.HasSuffix(r.URL.Path, "/mcp/") {
			as(http.StatusNotFound, `{"error":"not_found"}`)(response)
		}
	},
	MCPServersNotNamed: onMetadata(without("authorization_servers")),
	MCPMetadataWithSlash: onMetadata(func(r *Response) {
		resource, _ := members(r)["resource"].(string)
		with("resource", resource+"/")(r)
	}),
	MCPMetadataOfTheHost: onMetadata(func(r *Response) {
		resource, _ := members(r)["resource"].(string)
		with("resource", strings.TrimSuffix(resource, "/mcp"))(r)
	}),
	HandlesCounted: func(_ *http.Request, r *Response) {
		if r.Header.Get("Mcp-Session-Id") != "" {
			r.Header.Set("Mcp-Session-Id", "session-"+strconv.FormatInt(handlesGiven.Add(1), 10))
		}
	},
}

// handlesGiven counts for the fault above, in all realms.
var handlesGiven atomic.Int64

// withoutParameter leaves a parameter out of a challenge.
func withoutParameter(name string) func(string) string {
	return func(challenge string) string {
		before, after, found := strings.Cut(challenge, ", "+name+`="`)
		if !found {
			return challenge
		}
		_, rest, _ := strings.Cut(after, `"`)
		return before + rest
	}
}
