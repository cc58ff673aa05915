package variant

import (
	"context"
	"io"
	"net/http"
	"strings"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Variant{
	{
		Name:    "revocation-with-a-body",
		Role:    AuthorizationServer,
		Allows:  "RFC 7009 section 2.2: the content of the response body is ignored by the client",
		Summary: "A successful revocation has a body of text.",
		Tempts:  ids{"rfc7009-2.2/ok", "rfc7009-2/refresh-tokens", "rfc7009-2/access-tokens"},
		Answer: seam.On("POST", "/oauth/revoke", seam.Succeeding(func(r *seam.Response) {
			r.Header.Set("Content-Type", "text/plain; charset=utf-8")
			r.Body = []byte("error: none; the token is revoked\n")
		})),
	},
	{
		Name:    "revocation-with-json",
		Role:    AuthorizationServer,
		Allows:  "RFC 7009 section 2.2: the content of the response body is ignored by the client",
		Summary: "A successful revocation has an empty JSON object.",
		Tempts:  ids{"rfc7009-2.2/ok", "rfc7009-2/refresh-tokens", "rfc7009-2/access-tokens"},
		Answer: seam.On("POST", "/oauth/revoke", seam.Succeeding(func(r *seam.Response) {
			r.Header.Set("Content-Type", "application/json")
			r.Body = []byte("{}")
		})),
	},
	{
		Name:    "access-token-revoked-with-its-grant",
		Role:    AuthorizationServer,
		Allows:  "RFC 7009 section 2.1: where an access token is revoked, the server may revoke the refresh token as well",
		Summary: "Revoking an access token ends the grant that it came of.",
		Tempts:  ids{"rfc7009-2.1/refresh-token-of-grant", "rfc7009-2/access-tokens", "rfc8693-2.1/revocation-propagated"},
		Rules: func(in rule.Replaced) {
			held := authserver.RevokeAccessToken.In(in)
			authserver.RevokeAccessToken.Replace(in, func(ctx context.Context, r *realm.Realm, access token.Access) error {
				if id := token.GrantOf(access); id != "" {
					if err := r.Store().RevokeGrant(ctx, id); err != nil {
						return err
					}
				}
				return held(ctx, r, access)
			})
		},
	},
	{
		Name:    "access-tokens-not-revocable",
		Role:    AuthorizationServer,
		Allows:  "RFC 7009 sections 2 and 2.2.1: access tokens SHOULD be revocable, and a type that is not gets unsupported_token_type",
		Summary: "Revoking an access token is refused with unsupported_token_type.",
		Tempts:  ids{"rfc7009-2.2.1/unsupported-type", "rfc7009-2/access-tokens", "rfc7009-2.1/search-all-types", "rfc7009-2.1/public-client", "rfc7009-2.2/ok"},
		Departs: ids{"rfc7009-2/access-tokens"},
		Without: []string{"access_token_revocation"},
		Rules: seam.Instead(authserver.RevokeAccessToken, func(context.Context, *realm.Realm, token.Access) error {
			return &wire.Error{Code: "unsupported_token_type", Description: "this server revokes refresh tokens"}
		}),
	},
	{
		Name:    "access-tokens-outlive-their-refresh-token",
		Role:    AuthorizationServer,
		Allows:  "RFC 7009 section 2.1: the access tokens of the grant SHOULD end with its refresh token; section 5 says what follows where they do not",
		Summary: "Revoking a refresh token ends that token alone.",
		Tempts:  ids{"rfc7009-2.1/access-tokens-of-grant", "rfc7009-2/refresh-tokens", "rfc7662-4/checks-complete"},
		Departs: ids{"rfc7009-2.1/access-tokens-of-grant"},
		Without: []string{"grant_revocation"},
		Rules: seam.Instead(authserver.RevokeRefreshToken, func(ctx context.Context, r *realm.Realm, found store.RefreshToken) error {
			_, err := r.Store().TakeRefreshToken(ctx, found.Hash, r.Clock.Now())
			return err
		}),
	},
	{
		Name:    "foreign-tokens-silently-kept",
		Role:    AuthorizationServer,
		Allows:  "RFC 7009 section 2.2: an invalid token gets 200, because the client cannot handle an error reasonably; section 2.1 keeps the token of another client",
		Summary: "Revoking the token of another client is answered with 200, and the token stays active.",
		Tempts:  ids{"rfc7009-2.1/own-tokens-only"},
		Departs: ids{"rfc7009-2.1/refusal-told"},
		Answer:  seam.On("POST", "/oauth/revoke", seam.OnDescription("the token was issued to another client", seam.As(http.StatusOK, ""))),
	},
	{
		Name:    "revocation-by-get-offered",
		Role:    AuthorizationServer,
		Allows:  "RFC 7009 section 2.3: the endpoint may offer JSONP by allowing GET requests",
		Summary: "A GET with the parameters of a revocation in its query revokes the token.",
		Tempts:  ids{"rfc7009-2.1/post"},
		Departs: ids{"rfc7009-2.1/post"},
		Request: getAsPost("/oauth/revoke"),
	},
	{
		Name:    "no-revocation-endpoint",
		Role:    AuthorizationServer,
		Allows:  "RFC 8414 section 2: revocation_endpoint is optional",
		Summary: "The server has no revocation endpoint.",
		Tempts:  ids{"rfc8414-2/required-members", "rfc8414-2/signing-algorithms"},
		Without: []string{"revocation"},
		Answer:  without("/oauth/revoke", "revocation_endpoint", "revocation_endpoint_auth_methods_supported", "revocation_endpoint_auth_signing_alg_values_supported"),
	},
	{
		Name:    "no-introspection-endpoint",
		Role:    AuthorizationServer,
		Allows:  "RFC 8414 section 2: introspection_endpoint is optional",
		Summary: "Clients find no introspection endpoint; the protected resources of the server know theirs.",
		Tempts:  ids{"rfc8414-2/required-members", "rfc8414-2/signing-algorithms"},
		Without: []string{"introspection"},
		Answer: onEveryMetadata(seam.Without("introspection_endpoint"), seam.Without("introspection_endpoint_auth_methods_supported"),
			seam.Without("introspection_endpoint_auth_signing_alg_values_supported")),
	},
})

// without takes an endpoint away, and what the metadata says of it.
func without(path string, members ...string) func(*http.Request, *seam.Response) {
	return func(r *http.Request, response *seam.Response) {
		seam.On("*", path, seam.As(http.StatusNotFound, `{"error":"not_found"}`))(r, response)
		for _, member := range members {
			onEveryMetadata(seam.Without(member))(r, response)
		}
	}
}

// getAsPost takes the query of a GET request for the form of a POST request.
func getAsPost(path string) func(*http.Request) {
	return func(r *http.Request) {
		if r.URL.Path != path || r.Method != http.MethodGet {
			return
		}
		form := r.URL.RawQuery
		r.Method, r.URL.RawQuery = http.MethodPost, ""
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.Body, r.ContentLength = io.NopCloser(strings.NewReader(form)), int64(len(form))
	}
}
