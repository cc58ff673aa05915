package authserver

import (
	"context"
	"errors"
	"net/http"
	"strings"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// UserInfo implements the UserInfo endpoint (OpenID Connect Core section 5.3,
// https://openid.net/specs/openid-connect-core-1_0.html#UserInfo).
func (s *Server) UserInfo(ctx context.Context, _ authserver.UserInfoRequestObject) (authserver.UserInfoResponseObject, error) {
	body, err := userInfo(ctx)
	return authserver.UserInfo200JSONResponse{Body: body, Headers: authserver.UserInfo200ResponseHeaders{CacheControl: "no-store"}}, err
}

// UserInfoByPost is the same by POST.
func (s *Server) UserInfoByPost(ctx context.Context, _ authserver.UserInfoByPostRequestObject) (authserver.UserInfoByPostResponseObject, error) {
	body, err := userInfo(ctx)
	return authserver.UserInfoByPost200JSONResponse{Body: body, Headers: authserver.UserInfoByPost200ResponseHeaders{CacheControl: "no-store"}}, err
}

func userInfo(ctx context.Context) (authserver.UserInfoResponse, error) {
	r := realm.From(ctx)
	access, err := BearerToken.In(r)(ctx, r)
	if err != nil {
		return authserver.UserInfoResponse{}, err
	}
	if !access.Scope.Has("openid") {
		return authserver.UserInfoResponse{}, &wire.Error{Status: http.StatusForbidden, Code: "insufficient_scope",
			Description: "the access token is not for the scope openid", Challenge: `Bearer error="insufficient_scope", scope="openid"`}
	}
	user, err := r.Store().User(ctx, access.Subject)
	if errors.Is(err, store.ErrNotFound) {
		return authserver.UserInfoResponse{}, invalidToken("the access token is not one of a user")
	}
	if err != nil {
		return authserver.UserInfoResponse{}, err
	}
	return claimsOf(user, access.Scope), nil
}

// claimsOf are the claims that the scopes ask for (OpenID Connect Core section
// 5.4, https://openid.net/specs/openid-connect-core-1_0.html#ScopeClaims).
// What has no value is left out.
func claimsOf(user store.User, scope token.Scope) authserver.UserInfoResponse {
	claims := authserver.UserInfoResponse{Sub: user.ID}
	if scope.Has("profile") && user.Username != "" {
		claims.PreferredUsername = &user.Username
	}
	if scope.Has("email") && user.Email != "" {
		claims.Email = &user.Email
	}
	return claims
}

// BearerToken reads and checks the access token of a request to this server (RFC
// 6750 section 2.1, https://www.rfc-editor.org/rfc/rfc6750#section-2.1).
var BearerToken = rule.New(func(ctx context.Context, r *realm.Realm) (token.Access, error) {
	lines := wire.FromContext(ctx).Authorization
	if len(lines) == 0 {
		return token.Access{}, &wire.Error{Status: http.StatusUnauthorized, Code: "invalid_token", Challenge: `Bearer realm="grantproof"`,
			Description: "the request has no access token"}
	}
	scheme, raw, _ := strings.Cut(lines[0], " ")
	if len(lines) > 1 || !strings.EqualFold(scheme, "Bearer") {
		return token.Access{}, &wire.Error{Code: "invalid_request", Challenge: `Bearer error="invalid_request"`,
			Description: "the Authorization header is not Bearer and one token"}
	}
	access, err := r.Keys.Own(strings.TrimLeft(raw, " "), r.Clock.Now)
	if err != nil {
		return token.Access{}, invalidToken("the access token is not valid")
	}
	over, err := AccessTokenEnded.In(r)(ctx, r, access)
	if err == nil && over {
		err = invalidToken("the access token was revoked")
	}
	return access, err
})

func invalidToken(description string) error {
	return &wire.Error{Status: http.StatusUnauthorized, Code: "invalid_token", Description: description, Challenge: `Bearer error="invalid_token"`}
}
