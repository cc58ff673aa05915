package variant

import (
	"context"
	"net/http"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/token"
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
