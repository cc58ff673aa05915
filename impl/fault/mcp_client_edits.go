package fault

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// ClientBrowser edits what a client sends by the browser and gets back.
type ClientBrowser struct {
	set            Set
	mu             sync.Mutex // Guards what follows.
	state, granted string
	refused        bool
	sent           int    // Authorization requests so far.
	waited         string // host and port
	supported      []string
}

// NewClientBrowser returns the browser of one client.
func NewClientBrowser(set Set) *ClientBrowser { return &ClientBrowser{set: set} }

// Sends edits an authorization URL.
func (b *ClientBrowser) Sends(address string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	parsed, err := url.Parse(address)
	if err != nil {
		return address
	}
	query := parsed.Query()
	b.state = query.Get("state")
	if waited, err := url.Parse(query.Get("redirect_uri")); err == nil {
		b.waited = waited.Host
	}
	if b.set.Has(PlainChallengeSent) || b.refused && b.set.Has(PlainAfterRefusal) {
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
	if b.set.Has(DocumentChanges) {
		query.Set("client_id", query.Get("client_id")+"?at="+strconv.Itoa(b.sent))
	}
	b.sent++
	if b.set.Has(DocumentByHTTP) {
		query.Set("client_id", strings.Replace(query.Get("client_id"), "https:", "http:", 1))
	}
	if b.set.Has(UnregisteredRedirectURI) {
		query.Set("redirect_uri", query.Get("redirect_uri")+"/other")
	}
	editResource(b.set, query)
	editAuthorization(b.set, query)
	b.editBySpecification(query)
	parsed.RawQuery = query.Encode()
	return parsed.String()
}

// Receives edits where the browser is sent to at the client.
func (b *ClientBrowser) Receives(returned string) string {
	b.mu.Lock()
	defer b.mu.Unlock()
	parsed, err := url.Parse(returned)
	if err != nil {
		return returned
	}
	query := parsed.Query()
	b.refused = query.Has("error")
	if b.set.Has(IssIgnored) {
		query.Del("iss")
	}
	if b.set.Has(IssDemanded) && !query.Has("iss") {
		query.Set("state", "not mine")
	}
	if b.set.Has(StateIgnored) {
		query.Set("state", b.state)
	}
	editAnswered(b.set, query, b.state)
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
	t.editMethod(r)
	media := r.Header.Get("Content-Type")
	isForm := strings.HasPrefix(media, "application/x-www-form-urlencoded")
	if r.Body == nil || !isForm && !isRegistration(r) {
		return nil
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	if isForm {
		form, _ := url.ParseQuery(string(body))
		editResource(t.set, form)
		switch grant := form.Get("grant_type"); {
		case grant == "refresh_token" && t.set.Has(ResourceNotSentOnRefresh), grant == "client_credentials" && t.set.Has(ResourceNotSentForItself):
			form.Del("resource")
		}
		t.editForm(r, form)
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

func isRegistration(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/oauth/register") }

func isTokenRequest(r *http.Request) bool { return strings.HasSuffix(r.URL.Path, "/oauth/token") }

func (t clientTransport) editRegistration(body []byte) []byte {
	var object map[string]any
	if json.Unmarshal(body, &object) != nil {
		return body
	}
	if t.set.Has(ApplicationTypeNotSent) {
		delete(object, "application_type")
	}
	if t.set.Has(NamelessRegistration) {
		delete(object, "client_name")
		delete(object, "client_uri")
	}
	if t.set.Has(RefreshGrantNotListed) {
		object["grant_types"] = []string{"authorization_code"}
	}
	if t.set.Has(RedirectURIElsewhere) {
		object["redirect_uris"] = []string{"http://192.0.2.1/callback"}
	}
	edited, _ := json.Marshal(object)
	return edited
}

// editSeen edits an answer before the client sees it.
func (t clientTransport) editSeen(r *http.Request, response *http.Response) error {
	t.editChallenge(response)
	if isRegistration(r) && response.StatusCode == http.StatusBadRequest && t.set.Has(RefusedRegistrationUsed) {
		response.StatusCode = http.StatusCreated
		response.Body = io.NopCloser(strings.NewReader(`{"client_id":"made-up","token_endpoint_auth_method":"none","redirect_uris":["http://127.0.0.1/callback"]}`))
		response.ContentLength = -1
		response.Header.Del("Content-Length")
	}
	if isRegistration(r) && response.StatusCode >= http.StatusBadRequest && t.set.Has(UnknownMembersDisturb) {
		response.Body, response.ContentLength = io.NopCloser(strings.NewReader("{}")), -1
		response.Header.Del("Content-Length")
	}
	if isRegistration(r) && response.StatusCode == http.StatusCreated && (t.set.Has(RegistrationTokenShown) || t.set.Has(FirstRegistrationUsed)) {
		if err := t.keepRegistration(response); err != nil {
			return err
		}
	}
	if isTokenRequest(r) && response.StatusCode == http.StatusBadRequest && t.set.Has(RefusedRefreshKept) {
		response.StatusCode = http.StatusServiceUnavailable
		response.Body, response.ContentLength = io.NopCloser(strings.NewReader(`{"error":"temporarily_unavailable"}`)), -1
		response.Header.Del("Content-Length")
	}
	document := strings.Contains(r.URL.Path, "/.well-known/")
	isToken := isTokenRequest(r)
	if document && strings.Contains(r.URL.Path, "oauth-protected-resource") && r.URL.RawQuery == "" && t.set.Has(WellKnownNotAsked) {
		response.StatusCode = http.StatusNotFound
	}
	if strings.Contains(r.URL.Path, "oauth-authorization-server") && response.StatusCode >= 500 && t.set.Has(BrokenMetadataGuessed) {
		guess(r, response)
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
	_, unknown := object["unknown_member"]
	_, renews := object["refresh_token"]
	if unknown && t.set.Has(UnknownMembersDisturb) || isToken && !renews && t.set.Has(RefreshTokenDemanded) {
		response.StatusCode = http.StatusTeapot
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
		t.editTokens(object)
		return
	case strings.Contains(r.URL.Path, "oauth-protected-resource"):
		if t.set.Has(ResourceMismatchAccepted) {
			object["resource"] = described(r.URL)
		}
		t.stay(object)
		encoded, _ := json.Marshal(object)
		t.kept.set(r.URL.String(), string(encoded))
		return
	}
	t.editKnown(object)
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

// guess makes the metadata up of which a server has none.
func guess(r *http.Request, response *http.Response) {
	issuer := described(r.URL)
	body, _ := json.Marshal(map[string]any{
		"issuer": issuer, "authorization_endpoint": issuer + "/oauth/authorize", "token_endpoint": issuer + "/oauth/token",
		"registration_endpoint": issuer + "/oauth/register", "response_types_supported": []string{"code"}, "code_challenge_methods_supported": []string{"S256"},
		"authorization_response_iss_parameter_supported": true,
	})
	response.StatusCode, response.Body = http.StatusOK, io.NopCloser(bytes.NewReader(body))
	response.Header.Set("Content-Type", "application/json")
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
