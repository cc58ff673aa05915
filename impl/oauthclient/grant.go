package oauthclient

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/strictjson"
)

// grant gets tokens by client_credentials (RFC 6749 section 4.4,
// https://www.rfc-editor.org/rfc/rfc6749#section-4.4), or for somebody's token
// (RFC 8693 section 2.1, https://www.rfc-editor.org/rfc/rfc8693#section-2.1).
type grant struct {
	issuer       Server
	credentials  credentials
	scope        string
	resource     string
	subjectToken string
	http         *http.Client
	timeout      time.Duration
}

func newGrant(config Config, issuer Server) *grant {
	// A redirect of the token request would carry the secret to wherever it
	// points; no answer of an authorization server needs one.
	direct := *config.HTTPClient
	direct.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return &grant{
		issuer: issuer, credentials: credentials{id: config.ClientID, secret: config.ClientSecret}, scope: config.Scope, http: &direct,
		resource: config.Resource, subjectToken: config.SubjectToken,
		// Half of it, so that the error of a call names the server that is slow.
		timeout: direct.Timeout / 2,
	}
}

func (g *grant) request(ctx context.Context) (oauth.TokenResponse, error) {
	endpoint, err := g.tokenEndpoint(ctx)
	if err != nil {
		return oauth.TokenResponse{}, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, endpoint, strings.NewReader(g.form().Encode()))
	if err != nil {
		return oauth.TokenResponse{}, err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Authorization", g.credentials.basic())
	var response oauth.TokenResponse
	if err := g.exchange(StepToken, request, &response); err != nil {
		return oauth.TokenResponse{}, err
	}
	return response, g.checkToken(response)
}

func (g *grant) form() url.Values {
	form := url.Values{"grant_type": {"client_credentials"}}
	if g.subjectToken != "" {
		form = url.Values{
			"grant_type":         {"urn:ietf:params:oauth:grant-type:token-exchange"},
			"subject_token":      {g.subjectToken},
			"subject_token_type": {"urn:ietf:params:oauth:token-type:access_token"},
		}
	}
	for name, value := range map[string]string{"scope": g.scope, "resource": g.resource} {
		if value != "" {
			form.Set(name, value)
		}
	}
	return form
}

func (g *grant) checkToken(response oauth.TokenResponse) error {
	if problem := unusable(response); problem != "" {
		return g.broken(StepToken, LayerOAuth, "%s", problem)
	}
	return nil
}

// unusable says, as a predicate, why a token cannot be used; empty where it can.
func unusable(response oauth.TokenResponse) string {
	// The name of the type is case insensitive, and a client does not use a
	// token whose type it does not understand (RFC 6749 sections 5.1 and 7.1,
	// https://www.rfc-editor.org/rfc/rfc6749#section-7.1).
	if !strings.EqualFold(response.TokenType, "Bearer") {
		return fmt.Sprintf("issued a token of the type %q, and this client can only use Bearer", response.TokenType)
	}
	if !isToken(response.AccessToken) {
		return "issued a token that is empty or has characters that no token has"
	}
	return ""
}

// isToken: access-token = 1*VSCHAR (RFC 6749 appendix A.12,
// https://www.rfc-editor.org/rfc/rfc6749#appendix-A.12), without the space,
// which would end it in a header.
func isToken(s string) bool {
	return s != "" && !strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r > '~' })
}

// exchange sends one request to the authorization server and reads its JSON.
func (g *grant) exchange(step Step, request *http.Request, into any) error {
	request.Header.Set("Accept", "application/json")
	response, err := g.http.Do(request)
	if err != nil {
		return unreachable(step, g.issuer, err, g.quote)
	}
	defer response.Body.Close()
	body, err := readAll(response.Body)
	if err != nil {
		return g.broken(step, LayerNetwork, "gave an answer that cannot be read: %v", err)
	}
	if response.StatusCode != http.StatusOK {
		return g.refusal(step, response, body)
	}
	if strictjson.Unmarshal(body, into) != nil {
		return g.broken(step, LayerJSON, "answered %s %s with something else than the JSON that it should be", request.Method, request.URL.Path)
	}
	return nil
}

func (g *grant) refusal(step Step, response *http.Response, body []byte) error {
	var refusal oauth.Error
	if strictjson.Unmarshal(body, &refusal) != nil || refusal.Error == "" || response.Request.Method != http.MethodPost {
		failed := g.broken(step, LayerHTTP, "answered %s %s with status %d", response.Request.Method, response.Request.URL.Path, response.StatusCode)
		failed.status = response.StatusCode
		return failed
	}
	return &TokenError{Server: g.issuer, ClientID: g.credentials.id,
		Code: g.quote(refusal.Error), Description: g.quote(text(refusal.ErrorDescription))}
}

func (g *grant) broken(step Step, layer Layer, format string, values ...any) *ProtocolError {
	return &ProtocolError{Step: step, Layer: layer, Server: g.issuer, Problem: g.quote(fmt.Sprintf(format, values...))}
}

func (g *grant) quote(s string) string { return quotable(s, g.secrets()) }

// secrets are what must not appear in an error or a log.
func (g *grant) secrets() []string {
	if g.subjectToken == "" {
		return g.credentials.forms()
	}
	return append(g.credentials.forms(), g.subjectToken)
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}
