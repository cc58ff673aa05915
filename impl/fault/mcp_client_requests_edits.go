package fault

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"sync"
)

// What a faulty client sends in the place of what it should make anew.
const (
	keptVerifier   = "the-one-code-verifier-that-this-client-ever-had"
	guessableState = "the-same-state"
)

// editAuthorization edits the parameters of an authorization request.
func editAuthorization(set Set, query url.Values) {
	if set.Has(ImplicitAsked) {
		query.Set("response_type", "token")
	}
	if set.Has(RedirectURIWithFragment) {
		query.Set("redirect_uri", query.Get("redirect_uri")+"#answer")
	}
	for name, parameter := range map[Name]string{RedirectURILeftOut: "redirect_uri", StateNotSent: "state", EndpointQueryDropped: "tenant", PromptNotSent: "prompt"} {
		if set.Has(name) {
			query.Del(parameter)
		}
	}
	if set.Has(StateGuessable) {
		query.Set("state", guessableState)
	}
	if set.Has(OfflineScopeNotSent) {
		query.Set("scope", strings.TrimSuffix(query.Get("scope"), " offline_access"))
	}
	if set.Has(CodeVerifierKept) {
		sum := sha256.Sum256([]byte(keptVerifier))
		query.Set("code_challenge", base64.RawURLEncoding.EncodeToString(sum[:]))
	}
	if set.Has(ParameterRepeated) {
		query.Add("client_id", query.Get("client_id"))
	}
}

// editAnswered edits an authorization response; state is the one that was sent.
func editAnswered(set Set, query url.Values, state string) {
	if set.Has(StateGuessable) && query.Get("state") == guessableState {
		query.Set("state", state)
	}
	if set.Has(IssNotDecoded) && query.Has("iss") {
		query.Set("iss", url.QueryEscape(query.Get("iss")))
	}
	if set.Has(UnknownMembersDisturb) && query.Has("unknown_member") {
		query.Set("state", "not mine")
	}
}

// Waited is the host and port of the last redirect URI.
func (b *ClientBrowser) Waited() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.waited
}

// Shows edits the page at the redirect URI of the client.
func (b *ClientBrowser) Shows(page string) string {
	if b.set.Has(ForeignScriptShown) {
		page += `<script src="https://other.example/count.js"></script>`
	}
	return page
}

// editForm edits a token request.
func (t clientTransport) editForm(r *http.Request, form url.Values) {
	if verifier := form.Get("code_verifier"); verifier != "" && t.set.Has(CodeVerifierShort) {
		form.Set("code_verifier", verifier[:20])
	} else if verifier != "" && t.set.Has(CodeVerifierKept) {
		form.Set("code_verifier", keptVerifier)
	}
	for name, parameter := range map[Name]string{RedirectURINotRepeated: "redirect_uri", GrantTypeNotSent: "grant_type", RedeemedAnonymously: "client_id", AssertionTypeNotSent: "client_assertion_type"} {
		if t.set.Has(name) {
			form.Del(parameter)
		}
	}
	if t.set.Has(ParameterRepeated) {
		form.Add("client_id", form.Get("client_id"))
	}
	if t.set.Has(EndpointQueryDropped) {
		r.URL.RawQuery = ""
	}
	t.editCredentials(r, form)
	t.editAssertion(r, form)
	if form.Get("grant_type") == "refresh_token" {
		if t.set.Has(RefreshTokenNotSent) {
			form.Del("refresh_token")
		}
		if t.set.Has(RenewedForMore) {
			form.Set("scope", "tasks:read tasks:write user:read")
		}
		if first := t.kept.get("first refresh token"); t.set.Has(UsedRefreshTokenKept) && first != "" {
			form.Set("refresh_token", first)
		}
	}
}

func (t clientTransport) editCredentials(r *http.Request, form url.Values) {
	escapedID, escapedSecret, isBasic := r.BasicAuth()
	id, _ := url.QueryUnescape(escapedID)
	secret, _ := url.QueryUnescape(escapedSecret)
	switch {
	case t.set.Has(TwoMethodsAtOnce):
		form.Set("client_secret", secret)
	case !isBasic:
	case t.set.Has(CredentialsNotSent):
		r.Header.Del("Authorization")
		form.Set("client_id", id)
	case t.set.Has(BasicNotEncoded):
		r.SetBasicAuth(id, secret)
	case t.set.Has(SecretInTokenURL):
		addToQuery(r, "client_secret", secret)
	}
}

func (t clientTransport) editAssertion(r *http.Request, form url.Values) {
	assertion := form.Get("client_assertion")
	if assertion == "" {
		return
	}
	parts := strings.Split(assertion, ".")
	switch {
	case t.set.Has(AssertionNotSent):
		form.Del("client_assertion")
		form.Del("client_assertion_type")
	case t.set.Has(AssertionTwice):
		form.Add("client_assertion", assertion)
	case t.set.Has(AssertionOfNobody):
		form.Set("client_assertion", base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`))+".e30.")
	case t.set.Has(AssertionForEndpoint) && len(parts) == 3:
		var claims map[string]any
		decoded, _ := base64.RawURLEncoding.DecodeString(parts[1])
		_ = json.Unmarshal(decoded, &claims)
		claims["aud"] = r.URL.String()
		encoded, _ := json.Marshal(claims)
		parts[1] = base64.RawURLEncoding.EncodeToString(encoded)
		form.Set("client_assertion", strings.Join(parts, "."))
	}
}

// editMethod edits how a request is sent, and what it tells whom.
func (t clientTransport) editMethod(r *http.Request) {
	isMetadata, isToken := strings.Contains(r.URL.Path, "/.well-known/"), isTokenRequest(r)
	if isMetadata && t.set.Has(MetadataByPost) {
		r.Method = http.MethodPost
	}
	if isToken && t.set.Has(TokenRequestByGet) {
		r.Method = http.MethodGet
	}
	if first := t.kept.get("first token endpoint"); isToken && t.set.Has(RedeemedAtTheFirst) {
		if first == "" {
			first = r.URL.String()
			t.kept.set("first token endpoint", first)
		}
		r.URL, _ = url.Parse(first)
	}
	if token := t.kept.get("first access token"); r.Header.Get("Authorization") != "" && strings.HasSuffix(r.URL.Path, "/mcp") && t.set.Has(FirstTokenShownAgain) {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	if token := t.kept.get("registration access token"); isToken && token != "" && t.set.Has(RegistrationTokenShown) {
		r.Header.Set("X-Registration-Access-Token", token)
	}
	if token := t.kept.get("access token"); isMetadata && token != "" && t.set.Has(AccessTokenShown) {
		r.Header.Set("X-Token", token)
	}
	if token := t.kept.get("first refresh token"); !isMetadata && !isToken && token != "" && t.set.Has(RefreshTokenShown) {
		r.Header.Set("X-Refresh-Token", token)
	}
}

// editKnown edits what the metadata of an authorization server say.
func (t clientTransport) editKnown(object map[string]any) {
	if _, said := object["token_endpoint_auth_methods_supported"]; !said && t.set.Has(DefaultsOfOurOwn) {
		object["token_endpoint_auth_methods_supported"] = []string{"client_secret_post"}
	}
	if t.set.Has(DocumentNotUsed) {
		delete(object, "client_id_metadata_document_supported")
	}
	if t.set.Has(DocumentAlwaysUsed) {
		object["client_id_metadata_document_supported"] = true
	}
	authorization, _ := object["authorization_endpoint"].(string)
	if token, _ := object["token_endpoint"].(string); t.set.Has(InsecureEndpointUsed) && strings.HasPrefix(token, "http://as.example") {
		object["token_endpoint"] = strings.Replace(authorization, "/oauth/authorize", "/oauth/token", 1)
	}
}

// stay has the client see the authorization server that it met first.
func (t clientTransport) stay(object map[string]any) {
	servers, _ := object["authorization_servers"].([]any)
	if !t.set.Has(FirstServerKept) || len(servers) == 0 {
		return
	}
	if t.kept.get("first server") == "" {
		t.kept.set("first server", fmt.Sprint(servers[0]))
	}
	object["authorization_servers"] = []any{t.kept.get("first server")}
}

// keepRegistration remembers what the client was given.
func (t clientTransport) keepRegistration(response *http.Response) error {
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return err
	}
	var registered struct {
		Token string `json:"registration_access_token"`
	}
	_ = json.Unmarshal(body, &registered)
	t.kept.set("registration access token", registered.Token)
	if t.kept.get("first registration") == "" {
		t.kept.set("first registration", string(body))
	}
	response.Body = io.NopCloser(bytes.NewReader(body))
	return nil
}

// editTokens edits a token response, and remembers what is in it.
func (t clientTransport) editTokens(object map[string]any) {
	if kind, _ := object["token_type"].(string); kind != "Bearer" && t.set.Has(TokenTypeCompared) {
		object["token_type"] = "mac"
	}
	if token, _ := object["access_token"].(string); strings.Count(token, ".") != 2 && t.set.Has(OpaqueTokenNotUsed) {
		object["token_type"] = "mac"
	}
	if token, _ := object["access_token"].(string); token != "" {
		t.kept.set("access token", token)
		if t.kept.get("first access token") == "" {
			t.kept.set("first access token", token)
		}
	}
	if token, _ := object["refresh_token"].(string); token != "" && t.kept.get("first refresh token") == "" {
		t.kept.set("first refresh token", token)
	}
}

// fromMemory is what the client has seen already, or does not want to see, and does
// not ask for.
func (t clientTransport) fromMemory(r *http.Request) *http.Response {
	status, body := http.StatusOK, t.kept.get(r.URL.String())
	if !t.set.Has(ResourceMetadataKept) {
		body = ""
	}
	if t.set.Has(OpenIDMetadataNotAsked) && strings.Contains(r.URL.Path, "openid-configuration") {
		status, body = http.StatusNotFound, "{}"
	}
	if t.set.Has(FirstRegistrationUsed) && isRegistration(r) {
		status, body = http.StatusCreated, t.kept.get("first registration")
	}
	if body == "" {
		return nil
	}
	return &http.Response{StatusCode: status, Header: http.Header{"Content-Type": {"application/json"}}, Body: io.NopCloser(bytes.NewReader([]byte(body))), Request: r}
}

// memory is what a faulty client keeps.
type memory struct {
	mu    sync.Mutex
	texts map[string]string
}

func (m *memory) get(name string) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.texts[name]
}

func (m *memory) set(name, text string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.texts[name] = text
}
