package authserver

import (
	"context"
	"fmt"
	"time"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/fault/faultname"
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
	answer := authserver.IssueToken200JSONResponse{
		Body: response,
		// Neither header may be missing where there is a token (RFC 6749
		// section 5.1, https://www.rfc-editor.org/rfc/rfc6749#section-5.1).
		Headers: authserver.IssueToken200ResponseHeaders{CacheControl: "no-store", Pragma: "no-cache"},
	}
	if value(body.GrantType) == "refresh_token" && realm.From(ctx).Faults().Has(faultname.RefreshedTokenAsHTML) {
		return html{answer}, nil
	}
	return answer, nil
}

func issue(ctx context.Context, request oauthRequest) (oauth.TokenResponse, error) {
	r := realm.From(ctx)
	grant, refused := grantOf(value(request.GrantType), r.Faults())
	if refused != nil {
		return oauth.TokenResponse{}, refused
	}
	client, err := authenticate(ctx, request.ClientID, request.ClientSecret)
	if err != nil {
		return oauth.TokenResponse{}, err
	}
	// A client uses only the grants that it is registered for (RFC 6749
	// section 5.2, https://www.rfc-editor.org/rfc/rfc6749#section-5.2).
	if !mayUse(client, grant.name, r.Faults()) {
		return oauth.TokenResponse{}, unauthorizedClient("this client is not registered for the grant " + grant.name)
	}
	granted, err := grant.judge(ctx, client, request)
	if err != nil {
		return oauth.TokenResponse{}, err
	}
	return respond(ctx, r, client, granted)
}

// AccessTokenExpiry is when a token is over that a client hears the lifetime of.
var AccessTokenExpiry = rule.New(func(_ context.Context, access token.Access) time.Time { return access.Expires })

func respond(ctx context.Context, r *realm.Realm, client store.Client, granted granted) (oauth.TokenResponse, error) {
	access := accessFor(r, client, granted)
	stated := access.Expires
	access.Expires = AccessTokenExpiry.In(r)(ctx, access)
	raw, err := sign(r, access)
	if err != nil {
		return oauth.TokenResponse{}, err
	}
	if err := used(ctx, r, client, granted.grant.ID != ""); err != nil {
		return oauth.TokenResponse{}, err
	}
	response := oauth.TokenResponse{
		AccessToken: raw, TokenType: "Bearer",
		ExpiresIn: new(stated.Unix() - access.IssuedAt.Unix()),
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
	if granted.grant.ID != "" && granted.scope.Has("openid") && !r.Faults().Has(faultname.IDTokenNotIssued) {
		identity, err := idToken(r, granted, raw)
		if err != nil {
			return oauth.TokenResponse{}, err
		}
		response.IDToken = &identity
	}
	if granted.spend != nil {
		if err := granted.spend(ctx); err != nil {
			return oauth.TokenResponse{}, err
		}
	}
	if granted.subject == client.ID && r.Faults().Has(faultname.RefreshTokenWithoutOwner) {
		response.RefreshToken = new(token.NewSecret())
	}
	if granted.exchanged != nil {
		response.IssuedTokenType = &granted.exchanged.tokenType
		if r.Faults().Has(faultname.RefreshTokenForExchange) {
			response.RefreshToken = new(token.NewSecret())
		}
	}
	return response, nil
}

// accessFor is what the token says of all this.
func accessFor(r *realm.Realm, client store.Client, granted granted) token.Access {
	now, faults := r.Clock.Now(), r.Faults()
	access := token.Access{
		Issuer: r.Issuer, Subject: granted.subject, Audience: granted.resources, ClientID: client.ID,
		Scope: granted.scope, ID: token.NewTokenID(granted.grant.ID), IssuedAt: now, Expires: now.Add(realm.AccessTokenLifetime),
	}
	if granted.exchanged == nil {
		return access
	}
	subject := granted.exchanged.subject
	access.Actor = granted.exchanged.actor
	if !faults.Has(faultname.ExchangedTokenOutlivesGrant) {
		access.ID = token.NewTokenID(token.GrantOf(subject))
	}
	// Delegated rights end with those that they come of (RFC 8693 section 5,
	// https://www.rfc-editor.org/rfc/rfc8693#section-5).
	if !faults.Has(faultname.ExchangedTokenOutlivesSubject) {
		access.Expires = earlier(access.Expires, subject.Expires)
	}
	if faults.Has(faultname.ClientOfSubjectTokenKept) {
		access.ClientID = subject.ClientID
	}
	if faults.Has(faultname.ActorNotNamed) {
		access.Actor = nil
	}
	return access
}

func sign(r *realm.Realm, access token.Access) (string, error) {
	faults := r.Faults()
	if r.Policy().DocumentedTokens {
		return r.Keys.Documented(access)
	}
	algorithm, now := r.Policy().Algorithm(), r.Clock.Now()
	if faults.Has(faultname.RS256NotOffered) {
		algorithm = token.Algorithms[0]
	}
	claims, header := access.Claims(), map[string]any{"typ": token.Type}
	if faults.Has(faultname.TokenTypeHeaderMissing) {
		header["typ"] = nil
	}
	if faults.Has(faultname.TokenWithoutIdentifier) {
		delete(claims, "jti")
	}
	if faults.Has(faultname.TokenIdentifierRepeated) {
		claims["jti"] = "1"
	}
	switch {
	case faults.Has(faultname.DatesAsText):
		claims["exp"] = fmt.Sprint(access.Expires.Unix())
	case faults.Has(faultname.TokenWithoutExpiry):
		delete(claims, "exp")
	}
	if faults.Has(faultname.TokenWithoutAudience) {
		delete(claims, "aud")
	}
	switch {
	case faults.Has(faultname.ScopeClaimOfRegistration):
		claims["scope"] = realm.Scopes.String()
	case faults.Has(faultname.ScopeClaimMissing):
		delete(claims, "scope")
	case access.Actor != nil:
		misstate(claims, access, faults)
	}
	if faults.Has(faultname.TokenNotSigned) {
		return r.Keys.Forge(token.ByNobody, algorithm, now, header, claims)
	}
	return r.Keys.Sign(algorithm, now, header, claims)
}
