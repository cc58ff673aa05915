package oauthclient

import (
	"context"
	"errors"
	"net/url"
	"time"

	"golang.org/x/oauth2"
)

// TokenSource implements auth.OAuthHandler. Without a token that can be used or
// renewed there is none: then the MCP server says in its refusal where to get one.
func (h *Handler) TokenSource(ctx context.Context) (oauth2.TokenSource, error) {
	held, err := h.tokens()
	if err != nil || !h.usable(held) && !h.renewable(held) {
		return nil, err
	}
	return source{ctx, h}, nil
}

// source gives the token of the moment.
type source struct {
	ctx     context.Context
	handler *Handler
}

// Token implements oauth2.TokenSource. An error with the code invalid_grant is an
// *oauth2.RetrieveError too: the SDK sends the request without a token then, and
// has the handler authorize anew.
func (s source) Token() (*oauth2.Token, error) {
	h := s.handler
	held, err := h.tokens()
	if err != nil {
		return nil, err
	}
	if h.due(held) && h.renewable(held) {
		err = h.together(s.ctx, "renew "+held.AccessToken+held.RefreshToken, func(ctx context.Context) error { return h.renew(ctx, held) })
		if now, _ := h.tokens(); err == nil || h.usable(now) {
			held, err = now, nil // The old one serves until its end.
		}
	}
	if err != nil {
		return nil, err
	}
	if !h.usable(held) {
		return nil, &oauth2.RetrieveError{ErrorCode: invalidGrant, ErrorDescription: "the access token is over, and there is no refresh token"}
	}
	return &oauth2.Token{AccessToken: held.AccessToken, TokenType: "Bearer", Expiry: held.ExpiresAt}, nil
}

// usable tells whether a token may be shown. One whose end is not known may,
// until the MCP server refuses it.
func (h *Handler) usable(t Tokens) bool {
	return t.AccessToken != "" && (t.ExpiresAt.IsZero() || h.now().Before(t.ExpiresAt))
}

// due tells whether a token is so near its end that it is renewed.
func (h *Handler) due(t Tokens) bool {
	return !h.usable(t) || !t.RenewAt.IsZero() && !h.now().Before(t.RenewAt)
}

func (h *Handler) renewable(t Tokens) bool {
	return t.RefreshToken != "" || t.AccessToken != "" && h.config.Grant == GrantClientCredentials
}

// refreshableBy: a refresh token is bound to the client that got it, and to the
// server that issued it.
func (t Tokens) refreshableBy(who party) bool {
	return t.RefreshToken != "" && t.Issuer == who.server.Issuer && t.ClientID == who.client.id
}

// renew replaces tokens that are near their end, or takes those that another
// process has got in their place meanwhile.
func (h *Handler) renew(ctx context.Context, old Tokens) error {
	return h.alone(ctx, h.resource, func(ctx context.Context) error { return h.renewAlone(ctx, old) })
}

// alone does work that no other process with the same store may do meanwhile.
func (h *Handler) alone(ctx context.Context, purpose string, work func(context.Context) error) error {
	err := h.config.Store.Alone(ctx, purpose, work)
	if errors.Is(err, errHeld) {
		return &StepError{Step: StepToken, Layer: LayerComputer, URL: h.resource, Problem: "has to wait: " + err.Error(), Advice: "then try again", err: err}
	}
	return err
}

func (h *Handler) renewAlone(ctx context.Context, old Tokens) error {
	held, err := h.reload()
	if err != nil || !h.renewable(held) || held.AccessToken != old.AccessToken && !h.due(held) {
		return err
	}
	who, err := h.at(ctx, held.Issuer)
	if err != nil {
		return err
	}
	if h.config.Grant == GrantClientCredentials {
		got, err := h.clientCredentials(ctx, who, held.Resource, held.Requested)
		if err == nil {
			h.keep(got)
		}
		return err
	}
	// A refresh token is bound to the client that got it.
	if who.client.id != held.ClientID {
		return h.forget(held, &StepError{Step: StepToken, URL: held.Issuer, Code: invalidGrant, Problem: "gave the tokens to another client", Advice: "authorize anew"})
	}
	_, err = h.refresh(ctx, who, held)
	return err
}

// refresh redeems the refresh token. The new one is kept before anything is done
// with it: the old one is over (RFC 9700 section 2.2.2,
// https://www.rfc-editor.org/rfc/rfc9700#section-2.2.2).
func (h *Handler) refresh(ctx context.Context, who party, held Tokens) (Tokens, error) {
	response, err := h.requestTokens(ctx, who, held.Resource, url.Values{"grant_type": {grantRefreshToken}, grantRefreshToken: {held.RefreshToken}})
	if code := codeOf(err); code == invalidGrant || code == invalidClient {
		return Tokens{}, h.forget(held, err)
	}
	if err != nil {
		return Tokens{}, err
	}
	next := h.tokensFrom(response, who, held)
	h.replace(held, next)
	return next, nil
}

// clientCredentials gets a token for the client itself; it names the resource as
// every token request does.
func (h *Handler) clientCredentials(ctx context.Context, who party, resource, scope string) (Tokens, error) {
	form := url.Values{"grant_type": {GrantClientCredentials}}
	if scope != "" {
		form.Set("scope", scope)
	}
	response, err := h.requestTokens(ctx, who, resource, form)
	if err != nil {
		return Tokens{}, err
	}
	return h.tokensFrom(response, who, Tokens{Resource: resource, Requested: scope, Scope: scope}), nil
}

// forget gives tokens up that are of no use, and remembers what was asked for;
// those of other servers stay. The error that it returns says so to the SDK.
func (h *Handler) forget(t Tokens, reason error) error {
	old := t
	t.AccessToken, t.RefreshToken, t.RenewAt, t.ExpiresAt = "", "", time.Time{}, time.Time{}
	h.replace(old, t)
	if failed, ok := reason.(*StepError); ok {
		failed.err = &oauth2.RetrieveError{ErrorCode: invalidGrant}
	}
	return reason
}
