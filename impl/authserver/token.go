package authserver

import (
	"context"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// IssueToken implements the token endpoint (RFC 6749 section 3.2,
// https://www.rfc-editor.org/rfc/rfc6749#section-3.2).
func (s *Server) IssueToken(ctx context.Context, request authserver.IssueTokenRequestObject) (authserver.IssueTokenResponseObject, error) {
	body := request.FormdataBody
	if body == nil {
		body = request.JSONBody
	}
	audit.About(ctx).GrantType = knownGrantType(body.GrantType)
	response, err := issue(ctx, *body)
	realm.From(ctx).Audit.Decided(ctx, audit.TokenIssued, audit.TokenRefused, err)
	if err != nil {
		return nil, err
	}
	return authserver.IssueToken200JSONResponse{
		Body: response,
		// Neither header may be missing where there is a token (RFC 6749
		// section 5.1, https://www.rfc-editor.org/rfc/rfc6749#section-5.1).
		Headers: authserver.IssueToken200ResponseHeaders{CacheControl: "no-store", Pragma: "no-cache"},
	}, nil
}

func issue(ctx context.Context, request oauthRequest) (oauth.TokenResponse, error) {
	r := realm.From(ctx)
	grant, refused := grantOf(value(request.GrantType))
	if refused != nil {
		return oauth.TokenResponse{}, refused
	}
	client, err := authenticate(ctx, request.ClientID, request.ClientSecret)
	if err != nil {
		return oauth.TokenResponse{}, err
	}
	switch {
	// A client uses only the grants that it is registered for (RFC 6749
	// section 5.2, https://www.rfc-editor.org/rfc/rfc6749#section-5.2).
	case !GrantRegistered.In(r)(client, grant.name):
		return oauth.TokenResponse{}, unauthorizedClient("this client is not registered for the grant " + grant.name)
	case !client.Confidential() && ConfidentialAlone.In(r)(grant.name):
		return oauth.TokenResponse{}, unauthorizedClient("a public client cannot use the grant " + grant.name)
	}
	granted, err := grant.judge(ctx, client, request)
	if err != nil {
		return oauth.TokenResponse{}, err
	}
	return respond(ctx, r, client, granted)
}

func respond(ctx context.Context, r *realm.Realm, client store.Client, granted granted) (oauth.TokenResponse, error) {
	access := accessFor(r, client, granted)
	raw, err := AccessToken.In(r)(ctx, r, access)
	if err != nil {
		return oauth.TokenResponse{}, err
	}
	if err := used(ctx, r, client, granted.grant.ID != ""); err != nil {
		return oauth.TokenResponse{}, err
	}
	response := oauth.TokenResponse{
		AccessToken: raw, TokenType: "Bearer",
		ExpiresIn: new(access.Expires.Unix() - access.IssuedAt.Unix()),
		// Always present, so that the client never has to guess (RFC 6749
		// section 5.1, https://www.rfc-editor.org/rfc/rfc6749#section-5.1).
		Scope: new(granted.scope.String()),
	}
	if mayRefresh(client, granted.grant) {
		refresh, err := newRefreshToken(ctx, r, granted.grant)
		if err != nil {
			return oauth.TokenResponse{}, err
		}
		response.RefreshToken = &refresh
	}
	if granted.grant.ID != "" && granted.scope.Has("openid") {
		identity, err := idToken(ctx, r, granted, raw)
		if err != nil {
			return oauth.TokenResponse{}, err
		}
		response.IDToken = &identity
	}
	if granted.exchanged != nil {
		response.IssuedTokenType = &granted.exchanged.tokenType
	}
	return response, spent(ctx, granted)
}

// spent uses up what the client presented, where that is still to be done.
func spent(ctx context.Context, granted granted) error {
	if granted.spend == nil {
		return nil
	}
	return granted.spend(ctx)
}

// accessFor is what the token says of all this.
func accessFor(r *realm.Realm, client store.Client, granted granted) token.Access {
	now := r.Clock.Now()
	access := token.Access{
		Issuer: r.Issuer, Subject: granted.subject, Audience: granted.resources, ClientID: client.ID,
		Scope: granted.scope, ID: token.NewTokenID(granted.grant.ID), IssuedAt: now, Expires: now.Add(realm.AccessTokenLifetime),
	}
	if granted.exchanged == nil {
		return access
	}
	access.Actor = granted.exchanged.actor
	return Delegated.In(r)(access, granted.exchanged.subject)
}

// Delegated is the access token that is issued for another one, the subject token.
// It comes of the same grant, and delegated rights end with those that they come of
// (RFC 8693 section 5, https://www.rfc-editor.org/rfc/rfc8693#section-5).
var Delegated = rule.New(func(access, subject token.Access) token.Access {
	access.ID = token.NewTokenID(token.GrantOf(subject))
	access.Expires = earlier(access.Expires, subject.Expires)
	return access
})

// AccessToken is the token that a response brings, a JWT (RFC 9068 section 2,
// https://www.rfc-editor.org/rfc/rfc9068#section-2) unless the policy has the
// documented shape.
var AccessToken = rule.New(func(_ context.Context, r *realm.Realm, access token.Access) (string, error) {
	if r.Policy().DocumentedTokens {
		return r.Keys.Documented(access)
	}
	header := map[string]any{"typ": token.Type}
	return SignAccessToken.In(r)(r.Keys, r.Policy().Algorithm(), r.Clock.Now(), header, AccessTokenClaims.In(r)(access))
})

// AccessTokenClaims are the claims of an access token (RFC 9068 section 2.2,
// https://www.rfc-editor.org/rfc/rfc9068#section-2.2).
var AccessTokenClaims = rule.New(token.Access.Claims)

// SignAccessToken signs an access token with a key that the server publishes (RFC
// 9068 section 2.1, https://www.rfc-editor.org/rfc/rfc9068#section-2.1).
var SignAccessToken = rule.New((*token.Keyring).Sign)
