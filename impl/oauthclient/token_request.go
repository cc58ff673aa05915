package oauthclient

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/strictjson"
)

const (
	grantRefreshToken = "refresh_token"
	invalidGrant      = "invalid_grant"
	invalidClient     = "invalid_client"
)

// requestTokens sends a token request. Whatever the grant, it names the resource
// that the token is for, whether the server knows the parameter or not
// (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#resource-parameter-implementation).
func (h *Handler) requestTokens(ctx context.Context, who party, resource string, form url.Values) (oauth.TokenResponse, error) {
	header := http.Header{"Content-Type": {"application/x-www-form-urlencoded"}}
	form.Set("resource", resource)
	if err := h.authenticate(who, form, header); err != nil {
		return oauth.TokenResponse{}, err
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, *who.server.TokenEndpoint, strings.NewReader(form.Encode()))
	if err != nil {
		return oauth.TokenResponse{}, err
	}
	request.Header = header
	if form.Has("client_assertion") {
		request.GetBody = nil // An assertion is used once, so that the request cannot be repeated.
	}
	said, err := h.ask(StepToken, request)
	if err != nil {
		return oauth.TokenResponse{}, err
	}
	secrets := append(secretsIn(form), credentials{who.client.id, who.client.secret}.forms()...)
	return h.readTokens(said, who, secrets)
}

func (h *Handler) readTokens(said answer, who party, secrets []string) (oauth.TokenResponse, error) {
	var response oauth.TokenResponse
	failed := &StepError{Step: StepToken, URL: bare(mustParse(*who.server.TokenEndpoint)), Advice: "have its operator look at it"}
	if said.status != http.StatusOK {
		failed.Layer, failed.Code, failed.Problem = refused(said, secrets)
		failed.Advice = said.advice(tokenAdvice(failed.Code))
		if failed.Code == invalidClient {
			h.unregister(who)
		}
		return response, failed
	}
	if strictjson.Unmarshal(said.body, &response) != nil {
		failed.Layer, failed.Problem = LayerJSON, notJSON
		return response, failed
	}
	if problem := unusable(response); problem != "" {
		failed.Problem = quotable(problem, secrets)
		return response, failed
	}
	return response, nil
}

func tokenAdvice(code string) string {
	switch code {
	case invalidGrant:
		return "authorize anew"
	case invalidClient, "unauthorized_client", "unsupported_grant_type":
		return "check how the client is registered there"
	case "invalid_scope":
		return "register the client for the scope that the MCP server asks for"
	case "invalid_target":
		return "have its operator add the MCP server as a resource"
	}
	return "try again, and have its operator look at it if that does not help"
}

// unregister forgets a registration that its server does not know any more, so
// that the next authorization registers anew.
func (h *Handler) unregister(who party) {
	err := h.config.Store.Update(func(s *Saved) {
		if s.Registrations[who.server.Issuer].ClientID == who.client.id {
			delete(s.Registrations, who.server.Issuer)
		}
	})
	if err != nil {
		h.log.Warn("registration not forgotten", "issuer", who.server.Issuer, "error", err)
	}
}

// secretsIn are what no error may repeat of a form.
func secretsIn(form url.Values) []string {
	var secrets []string
	for _, name := range []string{"code", "code_verifier", grantRefreshToken, "client_secret", "client_assertion"} {
		secrets = append(secrets, form.Get(name), url.QueryEscape(form.Get(name)))
	}
	return slices.DeleteFunc(secrets, func(s string) bool { return s == "" })
}

// tokensFrom makes what is kept of a token response. What it leaves out is what
// was asked for, or what is known from before.
func (h *Handler) tokensFrom(response oauth.TokenResponse, who party, before Tokens) Tokens {
	next := before
	next.Issuer, next.ClientID, next.Grant = who.server.Issuer, who.client.id, h.config.Grant
	next.AccessToken, next.onRefusal = response.AccessToken, time.Time{}
	next.RenewAt, next.ExpiresAt = time.Time{}, time.Time{}
	// A refresh token that is replaced is of no use any more; one that is not
	// stays (RFC 6749 section 6, https://www.rfc-editor.org/rfc/rfc6749#section-6).
	if response.RefreshToken != nil && *response.RefreshToken != "" {
		next.RefreshToken = *response.RefreshToken
	}
	if response.Scope != nil {
		next.Scope = *response.Scope
	}
	if response.ExpiresIn != nil {
		life := lifetime(*response.ExpiresIn)
		next.ExpiresAt = h.now().Round(0).Add(life)
		next.RenewAt = next.ExpiresAt.Add(-min(early, life/4))
	}
	return next
}

func mustParse(address string) *url.URL {
	u, err := url.Parse(address)
	if err != nil {
		panic(fmt.Sprintf("oauthclient: %q was judged before", address))
	}
	return u
}
