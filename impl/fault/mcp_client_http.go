package fault

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// Faults of a client of MCP servers over HTTP. All but those at a branch of the
// fixture are edits of what it sends and sees.
const (
	ResourceMismatchAccepted  Name = "resource-mismatch-accepted"
	MetadataOfAnotherUsed     Name = "metadata-of-another-issuer-used"
	PKCESupportNotChecked     Name = "pkce-support-not-checked"
	PlainChallengeSent        Name = "plain-challenge-sent"
	IssIgnored                Name = "iss-ignored"
	StateIgnored              Name = "state-ignored"
	ResourceNotSent           Name = "resource-not-sent"
	ResourceAlteredByClient   Name = "resource-with-slash-sent"
	ChallengedMetadataIgnored Name = "challenged-metadata-ignored"
	ChallengedScopeIgnored    Name = "challenged-scope-ignored"
	OtherChallengesDisturb    Name = "other-challenges-disturb"
	WellKnownNotAsked         Name = "well-known-not-asked"
	OpenIDMetadataNotAsked    Name = "openid-metadata-not-asked"
	StepUpNotTried            Name = "step-up-not-tried"
	ScopesNotUnited           Name = "scopes-not-united"
	ApplicationTypeNotSent    Name = "application-type-not-sent"
	RefreshGrantNotListed     Name = "refresh-grant-not-listed"
	AuthorizationURLUnchecked Name = "authorization-url-not-checked"
	TokenOnceASession         Name = "token-once-a-session"
	CredentialsNotUsed        Name = "credentials-not-used"
	CredentialsOfAnyIssuer    Name = "credentials-of-any-issuer"
	RegistrationsForgotten    Name = "registrations-forgotten"
	TokenTypeIgnored          Name = "token-type-ignored"
	ChallengeNotAnswered      Name = "challenge-not-answered"
	CodeVerifierNotSent       Name = "code-verifier-not-sent"
	ResourceWithFragmentSent  Name = "resource-with-fragment-sent"
	ClientIDNotSent           Name = "client-id-not-sent"
	RefusedRegistrationUsed   Name = "refused-registration-used"
	IssDemanded               Name = "iss-demanded"
)

var mcpClientHTTP = []Fault{
	{ResourceMismatchAccepted, MCPClient, ids{"rfc9728-3.3/mismatch-not-used"}, "The client uses the metadata of another resource."},
	{MetadataOfAnotherUsed, MCPClient, ids{mcpSpec + "authorization-server-metadata/issuer-identical"}, "The client uses the metadata of another issuer, whatever it is called."},
	{PKCESupportNotChecked, MCPClient, ids{mcpSpec + "authorization-code-protection/support-verified", mcpSpec + "authorization-code-protection/support-verified-openid"}, "The client goes on where PKCE is not advertised."},
	{PlainChallengeSent, MCPClient, ids{mcpSpec + "authorization-code-protection/s256"}, "The client sends the code challenge method plain."},
	{IssIgnored, MCPClient, ids{mcpSpec + "authorization-response-validation/iss-compared", mcpSpec + "authorization-response-validation/iss-missing", mcpSpec + "authorization-response-validation/iss-unadvertised", mcpSpec + "authorization-response-validation/iss-not-normalized", mcpSpec + "authorization-response-validation/iss-in-error-checked", mcpSpec + "authorization-response-validation/iss-before-token"}, "The client does not look at iss."},
	{StateIgnored, MCPClient, ids{mcpSpec + "open-redirection/state-verified"}, "The client does not look at state."},
	{ResourceNotSent, MCPClient, ids{mcpSpec + "resource-parameter-implementation/in-both-requests", mcpSpec + "canonical-server-uri/always-sent"}, "The client does not say for which resource its token is to be."},
	{ResourceAlteredByClient, MCPClient, ids{mcpSpec + "canonical-server-uri/no-trailing-slash", mcpSpec + "resource-parameter-implementation/intended-server"}, "The client adds a slash to the resource."},
	{ChallengedMetadataIgnored, MCPClient, ids{mcpSpec + "protected-resource-metadata/challenge-first"}, "The client does not ask for the metadata that a challenge names."},
	{ChallengedScopeIgnored, MCPClient, ids{mcpSpec + "scope-selection-strategy/selection-order", mcpSpec + "scope-selection-strategy/challenge-authoritative", mcpSpec + "scope-selection-strategy/no-set-relation"}, "The client does not ask for the scope of a challenge."},
	{OtherChallengesDisturb, MCPClient, ids{mcpSpec + "protected-resource-metadata/challenge-parsed"}, "The client reads the first challenge alone."},
	{WellKnownNotAsked, MCPClient, ids{mcpSpec + "protected-resource-metadata/well-known-fallback"}, "The client does without metadata where no challenge names them."},
	{OpenIDMetadataNotAsked, MCPClient, ids{mcpSpec + "overview/both-metadata-kinds", mcpSpec + "authorization-server-metadata/several-locations", mcpSpec + "authorization-server-metadata/path-issuer-order"}, "The client knows the metadata of RFC 8414 alone."},
	{StepUpNotTried, MCPClient, ids{mcpSpec + "step-up/answered", mcpSpec + "step-up/user-client-attempts"}, "The client gives up when its scope does not suffice."},
	{ScopesNotUnited, MCPClient, ids{mcpSpec + "step-up/union", mcpSpec + "scope-selection-strategy/granted-scopes-kept", "mcp-security-scope-minimization/scope-union"}, "The client asks for the missing scopes alone, and loses those it had."},
	{ApplicationTypeNotSent, MCPClient, ids{mcpSpec + "application-type/sent", mcpSpec + "application-type/native"}, "The client registers without application_type."},
	{RefreshGrantNotListed, MCPClient, ids{mcpSpec + "refresh-tokens/grant-type-listed"}, "The client registers without the grant type refresh_token."},
	{AuthorizationURLUnchecked, MCPClient, ids{"mcp-security-authorization-url-validation/dangerous-schemes", "mcp-security-authorization-url-validation/scheme-allowed"}, "The client opens whatever is called an authorization endpoint."},
	{TokenOnceASession, MCPClient, ids{"mcp-2025-11-25-token-requirements/every-request"}, "The client shows its token at the beginning of a session alone."},
	{CredentialsNotUsed, MCPClient, ids{mcpSpec + "client-registration/priority", mcpSpec + "pre-registration/static-credentials"}, "The client registers although it was registered beforehand."},
	{CredentialsOfAnyIssuer, MCPClient, ids{mcpSpec + "authorization-server-binding/not-reused", mcpSpec + "authorization-server-location/no-shared-credentials"}, "The client shows its credentials to every authorization server."},
	{RegistrationsForgotten, MCPClient, ids{mcpSpec + "authorization-server-binding/keyed-by-issuer"}, "The client registers for every connection."},
	{ChallengeNotAnswered, MCPClient, ids{mcpSpec + "protected-resource-metadata/answers-401", mcpSpec + "overview/discovery-by-resource"}, "The client gives up when it is asked for a token."},
	{CodeVerifierNotSent, MCPClient, ids{mcpSpec + "authorization-code-protection/pkce"}, "The client does without PKCE."},
	{ResourceWithFragmentSent, MCPClient, ids{mcpSpec + "resource-parameter-implementation/canonical-uri"}, "The client sends a resource with a fragment."},
	{ClientIDNotSent, MCPClient, ids{mcpSpec + "client-registration/client-id-first"}, "The client asks for authorization without a client_id."},
	{RefusedRegistrationUsed, MCPClient, ids{mcpSpec + "application-type/failure-handled"}, "The client goes on as if it had been registered."},
	{IssDemanded, MCPClient, ids{mcpSpec + "authorization-response-validation/no-iss-proceeds"}, "The client wants an iss that nobody promised."},
	{TokenTypeIgnored, MCPClient, ids{"rfc6749-7.1/unknown-type"}, "The client uses a token of any type as a bearer token."},
}

// ClientBrowser edits what a client sends by the browser and gets back.
type ClientBrowser struct {
	set            Set
	state, granted string
}

// NewClientBrowser returns the browser of one client.
func NewClientBrowser(set Set) *ClientBrowser { return &ClientBrowser{set: set} }

// Sends edits an authorization URL.
func (b *ClientBrowser) Sends(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return address
	}
	query := parsed.Query()
	b.state = query.Get("state")
	if b.set.Has(PlainChallengeSent) {
		query.Set("code_challenge_method", "plain")
	}
	if b.set.Has(ScopesNotUnited) {
		rest := slices.DeleteFunc(strings.Fields(query.Get("scope")), func(name string) bool { return slices.Contains(strings.Fields(b.granted), name) })
		b.granted = query.Get("scope")
		query.Set("scope", strings.Join(rest, " "))
	}
	if b.set.Has(CodeVerifierNotSent) {
		query.Del("code_challenge")
		query.Del("code_challenge_method")
	}
	if b.set.Has(ClientIDNotSent) {
		query.Del("client_id")
	}
	editResource(b.set, query)
	parsed.RawQuery = query.Encode()
	return parsed.String()
}

// Receives edits where the browser is sent to at the client.
func (b *ClientBrowser) Receives(returned string) string {
	parsed, err := url.Parse(returned)
	if err != nil {
		return returned
	}
	query := parsed.Query()
	if b.set.Has(IssIgnored) {
		query.Del("iss")
	}
	if b.set.Has(IssDemanded) && !query.Has("iss") {
		query.Set("state", "not mine")
	}
	if b.set.Has(StateIgnored) {
		query.Set("state", b.state)
	}
	parsed.RawQuery = query.Encode()
	return parsed.String()
}

func editResource(set Set, parameters url.Values) {
	switch resource := parameters.Get("resource"); {
	case resource == "":
	case set.Has(ResourceNotSent):
		parameters.Del("resource")
	case set.Has(ResourceAlteredByClient):
		parameters.Set("resource", resource+"/")
	case set.Has(ResourceWithFragmentSent):
		parameters.Set("resource", resource+"#tools")
	}
}

// editSent edits a request of the client.
func (t clientTransport) editSent(r *http.Request) error {
	if t.set.Has(TokenOnceASession) && r.Header.Get("Mcp-Session-Id") != "" {
		r.Header.Del("Authorization")
	}
	media := r.Header.Get("Content-Type")
	isForm, isRegistration := strings.HasPrefix(media, "application/x-www-form-urlencoded"), strings.HasSuffix(r.URL.Path, "/oauth/register")
	if r.Body == nil || !isForm && !isRegistration {
		return nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	if isForm {
		form, _ := url.ParseQuery(string(body))
		editResource(t.set, form)
		if t.set.Has(CodeVerifierNotSent) {
			form.Del("code_verifier")
		}
		body = []byte(form.Encode())
	} else {
		body = t.editRegistration(body)
	}
	r.Body, r.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	return nil
}

func (t clientTransport) editRegistration(body []byte) []byte {
	var object map[string]any
	if json.Unmarshal(body, &object) != nil {
		return body
	}
	if t.set.Has(ApplicationTypeNotSent) {
		delete(object, "application_type")
	}
	if t.set.Has(RefreshGrantNotListed) {
		object["grant_types"] = []string{"authorization_code"}
	}
	edited, _ := json.Marshal(object)
	return edited
}

// editSeen edits an answer before the client sees it.
func (t clientTransport) editSeen(r *http.Request, response *http.Response) error {
	t.editChallenge(response)
	if strings.HasSuffix(r.URL.Path, "/oauth/register") && response.StatusCode == http.StatusBadRequest && t.set.Has(RefusedRegistrationUsed) {
		response.StatusCode = http.StatusCreated
		response.Body = io.NopCloser(strings.NewReader(`{"client_id":"made-up","token_endpoint_auth_method":"none","redirect_uris":["http://127.0.0.1/callback"]}`))
		response.ContentLength = -1
		response.Header.Del("Content-Length")
	}
	document := strings.HasPrefix(r.URL.Path, "/.well-known/") || strings.Contains(r.URL.Path, "/.well-known/")
	isToken := strings.HasSuffix(r.URL.Path, "/oauth/token")
	if document && strings.Contains(r.URL.Path, "openid-configuration") && t.set.Has(OpenIDMetadataNotAsked) {
		response.StatusCode = http.StatusNotFound
	}
	if document && strings.Contains(r.URL.Path, "oauth-protected-resource") && r.URL.RawQuery == "" && t.set.Has(WellKnownNotAsked) {
		response.StatusCode = http.StatusNotFound
	}
	if !document && !isToken || response.StatusCode != http.StatusOK {
		return nil
	}
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return err
	}
	if err := response.Body.Close(); err != nil {
		return err
	}
	var object map[string]any
	if json.Unmarshal(body, &object) == nil {
		t.editDocument(r, object, isToken)
		body, _ = json.Marshal(object)
	}
	response.Body, response.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
	response.Header.Del("Content-Length")
	return nil
}

func (t clientTransport) editDocument(r *http.Request, object map[string]any, isToken bool) {
	switch {
	case isToken:
		if t.set.Has(TokenTypeIgnored) {
			object["token_type"] = "Bearer"
		}
		return
	case strings.Contains(r.URL.Path, "oauth-protected-resource"):
		if t.set.Has(ResourceMismatchAccepted) {
			object["resource"] = described(r.URL)
		}
		return
	}
	if t.set.Has(MetadataOfAnotherUsed) {
		object["issuer"] = described(r.URL)
	}
	if t.set.Has(PKCESupportNotChecked) {
		object["code_challenge_methods_supported"] = []string{"S256"}
	}
	if t.set.Has(IssIgnored) {
		delete(object, "authorization_response_iss_parameter_supported")
	}
	endpoint, _ := object["authorization_endpoint"].(string)
	if t.set.Has(AuthorizationURLUnchecked) && !strings.HasPrefix(endpoint, "http") {
		token, _ := object["token_endpoint"].(string)
		object["authorization_endpoint"] = strings.Replace(token, "/oauth/token", "/oauth/authorize", 1)
	}
}

func (t clientTransport) editChallenge(response *http.Response) {
	lines := response.Header.Values("WWW-Authenticate")
	if len(lines) == 0 {
		return
	}
	if response.StatusCode == http.StatusUnauthorized && t.set.Has(ChallengeNotAnswered) {
		response.StatusCode = http.StatusForbidden
		response.Header.Del("WWW-Authenticate")
		return
	}
	edited := strings.Join(lines, ", ")
	switch {
	case t.set.Has(ChallengedMetadataIgnored):
		edited = withoutParameter("resource_metadata")(edited)
	case t.set.Has(ChallengedScopeIgnored):
		edited = withoutParameter("scope")(edited)
	case t.set.Has(OtherChallengesDisturb) && !strings.HasPrefix(edited, "Bearer"):
		edited = ""
	case t.set.Has(StepUpNotTried) && response.StatusCode == http.StatusForbidden:
		edited = ""
	default:
		return
	}
	if response.Header.Del("WWW-Authenticate"); edited != "" {
		response.Header.Set("WWW-Authenticate", edited)
	}
}

// described is the identifier whose metadata are at a well-known location (RFC
// 8414 section 3.1, https://www.rfc-editor.org/rfc/rfc8414#section-3.1).
func described(location *url.URL) string {
	before, after, _ := strings.Cut(location.Path, "/.well-known/")
	_, path, found := strings.Cut(after, "/")
	if found {
		path = "/" + path
	}
	return location.Scheme + "://" + location.Host + before + path
}
