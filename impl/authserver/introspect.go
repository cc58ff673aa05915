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
	"github.com/grantproof/grantproof/impl/wire"
)

// IntrospectToken implements RFC 7662 section 2
// (https://www.rfc-editor.org/rfc/rfc7662#section-2).
func (s *Server) IntrospectToken(ctx context.Context, request authserver.IntrospectTokenRequestObject) (authserver.IntrospectTokenResponseObject, error) {
	body := request.FormdataBody
	if body == nil {
		body = request.JSONBody
	}
	response, err := introspect(ctx, *body)
	if err != nil {
		realm.From(ctx).Audit.Tell(ctx, audit.AskingRefused, audit.Reason(err))
		return nil, err
	}
	return authserver.IntrospectToken200JSONResponse{
		Body:    response,
		Headers: authserver.IntrospectToken200ResponseHeaders{CacheControl: "no-store"},
	}, nil
}

func introspect(ctx context.Context, request authserver.IntrospectionRequest) (oauth.IntrospectionResponse, error) {
	r, inactive := realm.From(ctx), oauth.IntrospectionResponse{Active: false}
	caller, err := IntrospectionCaller.In(r)(ctx, request.ClientID, request.ClientSecret)
	if err != nil {
		return inactive, err
	}
	if request.Token == nil {
		return inactive, wire.InvalidRequest("token is missing")
	}
	access, err := IntrospectedToken.In(r)(r, *request.Token)
	if err != nil {
		return introspectRefreshToken(ctx, r, caller, *request.Token)
	}
	// A token that is unknown, expired or none of the caller's business is
	// inactive and nothing more (RFC 7662 section 2.2,
	// https://www.rfc-editor.org/rfc/rfc7662#section-2.2).
	if !TokenConcerns.In(r)(caller, access) {
		r.Audit.Tell(ctx, audit.AskingRefused, "token_of_others")
		return inactive, nil
	}
	if over, err := AccessTokenEnded.In(r)(ctx, r, access); over || err != nil {
		return inactive, err
	}
	return describe(ctx, r, access), nil
}

// IntrospectionCaller is the client that introspects. The endpoint is protected
// against token scanning, so that each caller proves who it is (RFC 7662 section 2.1,
// https://www.rfc-editor.org/rfc/rfc7662#section-2.1).
var IntrospectionCaller = rule.New(func(ctx context.Context, id, secret *string) (store.Client, error) {
	caller, err := authenticate(ctx, id, secret)
	if err == nil && !caller.Confidential() {
		err = invalidClient("a public client cannot introspect")
	}
	return caller, err
})

// IntrospectedToken reads an access token of this server that has not expired and names
// no other issuer (RFC 7662 section 4, https://www.rfc-editor.org/rfc/rfc7662#section-4).
var IntrospectedToken = rule.New(func(r *realm.Realm, raw string) (token.Access, error) {
	access, err := r.Keys.Own(raw, r.Clock.Now)
	if err == nil && access.Issuer != r.Issuer && !r.Policy().Documented { // The documented tokens have another text there.
		err = token.ErrMalformed
	}
	return access, err
})

// TokenConcerns tells whether a caller may learn about a token: a protected resource
// about those that are meant for it, and a client about its own (RFC 7662 section 4,
// https://www.rfc-editor.org/rfc/rfc7662#section-4).
var TokenConcerns = rule.New(func(caller store.Client, access token.Access) bool {
	return caller.ServesAny(access.Audience) || caller.ID == access.ClientID
})

// audienceOf is one string, or a list of several (RFC 7662 section 2.2,
// https://www.rfc-editor.org/rfc/rfc7662#section-2.2).
func audienceOf(access token.Access) *oauth.IntrospectionResponse_Aud {
	said := new(oauth.IntrospectionResponse_Aud)
	err := said.FromIntrospectionResponseAud1(access.Audience)
	if len(access.Audience) == 1 {
		err = said.FromIntrospectionResponseAud0(access.Audience[0])
	}
	if err != nil || len(access.Audience) == 0 {
		return nil
	}
	return said
}

func describe(ctx context.Context, r *realm.Realm, access token.Access) oauth.IntrospectionResponse {
	response := oauth.IntrospectionResponse{
		Active: true, TokenType: new("Bearer"),
		ClientID: &access.ClientID, Sub: &access.Subject, Iss: &access.Issuer,
		Aud: audienceOf(access), Scope: new(access.Scope.String()), Jti: &access.ID,
		Iat: new(access.IssuedAt.Unix()), Exp: new(access.Expires.Unix()),
		// It says the same as the claim (RFC 8693 section 4.1,
		// https://www.rfc-editor.org/rfc/rfc8693#section-4.1).
		Act: access.Actor.Shown(),
	}
	if user, err := r.Store().User(ctx, access.Subject); err == nil {
		response.Username = &user.Username
	}
	return response
}
