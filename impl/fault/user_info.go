package fault

import (
	"context"
	"net/http"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/token"
)

var _ = add([]Fault{
	{
		Name:     "user-info-of-another",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-5.3.2/sub", "oidc-core-5.3/get-and-post"},
		Summary:  "UserInfo returns claims of another user.",
		Answer:   seam.On("*", "/oauth/userinfo", seam.Succeeding(seam.With("sub", "another-user"))),
	},
	{
		Name:     "user-info-by-post-only",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-5.3/bearer-token"},
		Summary:  "UserInfo does not take a token in the Authorization header of a GET.",
		Answer:   seam.On("GET", "/oauth/userinfo", seam.As(http.StatusMethodNotAllowed, `{"error":"invalid_request"}`)),
	},
	{
		Name:     "user-info-as-text",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-5.3.2/json"},
		Summary:  "The UserInfo response is text/plain.",
		Answer:   seam.On("GET", "/oauth/userinfo", seam.AsText),
	},
	{
		Name:     "user-info-by-get-only",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-5.3/get-and-post"},
		Summary:  "UserInfo does not support POST.",
		Answer:   seam.On("POST", "/oauth/userinfo", seam.As(http.StatusMethodNotAllowed, `{"error":"invalid_request"}`)),
	},
	{
		Name:     "user-info-open-to-all",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-5.3.3/bearer-error"},
		Summary:  "UserInfo requires no access token.",
		Rules: func(in rule.Replaced) {
			held := authserver.BearerToken.In(in)
			authserver.BearerToken.Replace(in, func(ctx context.Context, r *realm.Realm) (token.Access, error) {
				access, err := held(ctx, r)
				if err != nil {
					return token.Access{Subject: r.User.ID, Scope: token.Scope{"openid", "profile", "email"}}, nil
				}
				return access, nil
			})
		},
	},
	{
		Name:     "user-info-challenge-missing",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-5.3.3/bearer-error"},
		Summary:  "A UserInfo request without an access token is refused without a challenge.",
		Answer:   seam.On("GET", "/oauth/userinfo", func(r *seam.Response) { r.Header.Del("WWW-Authenticate") }),
	},
	{
		Name:     "user-info-with-nulls",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-5.3.2/no-null-claims"},
		Summary:  "A claim without a value is null.",
		Answer:   seam.On("GET", "/oauth/userinfo", seam.With("phone_number", nil)),
	},
	{
		Name:     "scope-claims-withheld",
		Role:     AuthorizationServer,
		Violates: ids{"oidc-core-5.4/scope-claims"},
		Summary:  "UserInfo omits the claims of a granted scope.",
		Answer: seam.On("*", "/oauth/userinfo", func(r *seam.Response) {
			seam.Without("preferred_username")(r)
			seam.Without("email")(r)
		}),
	},
})
