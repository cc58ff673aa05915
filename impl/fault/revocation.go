package fault

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

var _ = add([]Fault{
	{
		Name:     "foreign-refresh-token-revoked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/own-tokens-only"},
		Summary:  "A client can revoke the refresh tokens of other clients.",
		Rules: func(in rule.Replaced) {
			held := authserver.RevocationClient.In(in)
			authserver.RevocationClient.Replace(in, func(ctx context.Context, id, secret *string) (store.Client, error) {
				client, err := held(ctx, id, secret)
				if grant, known := grantRevoked(ctx); known {
					client.ID = grant.ClientID
				}
				return client, err
			})
		},
	},
	{
		Name:     "foreign-token-revoked-by-public-client",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/own-tokens-only"},
		Summary:  "A public client can revoke the tokens of other clients.",
		Rules: func(in rule.Replaced) {
			held := authserver.OwnToken.In(in)
			authserver.OwnToken.Replace(in, func(client store.Client, owner string) *wire.Error {
				if !client.Confidential() {
					return nil
				}
				return held(client, owner)
			})
		},
	},
	{
		Name:     "foreign-revocation-pretended",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/refusal-told"},
		Summary:  "Revoking the token of another client returns 200 and does nothing.",
		Answer:   seam.On("POST", "/oauth/revoke", seam.OnError("invalid_grant", seam.As(http.StatusOK, ""))),
	},
	{
		Name:     "tokens-survive-client",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7592-2.3/tokens-invalidated"},
		Summary:  "The access tokens of a deleted client stay active.",
		Rules:    seam.Instead(authserver.ClientGone, func(context.Context, *realm.Realm, string) (bool, error) { return false, nil }),
	},
	{
		Name:     "refresh-token-not-revoked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2/refresh-tokens"},
		Summary:  "Revoking a refresh token returns 200 and does nothing.",
		Rules:    seam.Instead(authserver.RevokeRefreshToken, func(context.Context, *realm.Realm, store.RefreshToken) error { return nil }),
	},
	{
		Name:     "access-token-not-revoked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2/access-tokens"},
		Summary:  "Revoking an access token returns 200 and does nothing.",
		Rules:    seam.Instead(authserver.RevokeAccessToken, func(context.Context, *realm.Realm, token.Access) error { return nil }),
	},
	{
		Name:     "revoked-token-active",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2/access-tokens", "rfc7009-2.1/access-tokens-of-grant"},
		Summary:  "Introspection does not check whether a token was revoked.",
		Rules:    seam.Instead(authserver.AccessTokenEnded, func(context.Context, *realm.Realm, token.Access) (bool, error) { return false, nil }),
	},
	{
		Name:     "access-tokens-survive-refresh-token",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/access-tokens-of-grant"},
		Summary:  "Revoking a refresh token leaves the access tokens of its grant active.",
		Rules: seam.Instead(authserver.RevokeRefreshToken, func(ctx context.Context, r *realm.Realm, found store.RefreshToken) error {
			if _, err := r.Store().TakeRefreshToken(ctx, found.Hash, r.Clock.Now()); !errors.Is(err, store.ErrUsed) {
				return err
			}
			return nil
		}),
	},
	{
		Name:     "revocation-unauthenticated",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/authenticated"},
		Summary:  "Revocation requires no client authentication.",
		Rules: seam.Rules(
			func(in rule.Replaced) {
				held := authserver.RevocationClient.In(in)
				authserver.RevocationClient.Replace(in, func(ctx context.Context, id, secret *string) (store.Client, error) {
					client, _ := held(ctx, id, secret)
					return client, nil
				})
			},
			seam.Instead(authserver.OwnToken, func(store.Client, string) *wire.Error { return nil }),
		),
	},
	{
		Name:     "revocation-public-clients-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/public-client"},
		Summary:  "A public client cannot revoke its token.",
		Rules: func(in rule.Replaced) {
			held := authserver.RevocationClient.In(in)
			authserver.RevocationClient.Replace(in, func(ctx context.Context, id, secret *string) (store.Client, error) {
				client, err := held(ctx, id, secret)
				if err == nil && !client.Confidential() {
					err = &wire.Error{Status: http.StatusUnauthorized, Code: "invalid_client", Description: "a public client cannot revoke"}
				}
				return client, err
			})
		},
	},
	{
		Name:     "revocation-token-optional",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/token-required"},
		Summary:  "A revocation request without a token returns 200.",
		Answer:   seam.On("POST", "/oauth/revoke", seam.OnDescription("token is missing", seam.As(http.StatusOK, ""))),
	},
	{
		Name:     "revocation-hint-believed",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/search-all-types"},
		Summary:  "Revocation with a wrong token_type_hint does not find the token.",
		Request:  hiding("/oauth/revoke"),
	},
	{
		Name:     "revocation-by-get",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/post"},
		Summary:  "A GET request revokes a token.",
		Answer:   seam.On("GET", "/oauth/revoke", seam.As(http.StatusOK, "")),
	},
	{
		Name:     "revocation-not-stored",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.2.1/unavailable"},
		Summary:  "A revocation that cannot be stored returns 200.",
		Answer: seam.On("POST", "/oauth/revoke", func(r *seam.Response) {
			if r.Status == http.StatusServiceUnavailable {
				seam.As(http.StatusOK, "")(r)
			}
		}),
	},
	{
		Name:     "foreign-token-revoked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/own-tokens-only"},
		Summary:  "A client can revoke the tokens of other clients.",
		Rules:    seam.Instead(authserver.OwnToken, func(store.Client, string) *wire.Error { return nil }),
	},
	{
		Name:     "unknown-token-not-revocable",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.2/ok"},
		Summary:  "Revoking an unknown token is refused.",
		Answer: func(request *http.Request, r *seam.Response) {
			if !isKnown(request.Context()) {
				seam.On("POST", "/oauth/revoke", seam.Succeeding(seam.As(http.StatusBadRequest, `{"error":"invalid_grant"}`)))(request, r)
			}
		},
	},
	{
		Name:     "revoked-by-text",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2/access-tokens"},
		Summary:  "Revocation remembers a token's text, and a lenient decoder accepts another text for the same token.",
		Edits:    byText(readLeniently),
	},
	{
		Name:     "revoked-by-signature",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2/access-tokens"},
		Summary:  "Revocation remembers a token's signature, and another valid signature passes.",
		Edits:    byText(readStrictly),
	},
	{
		Name:     "access-token-type-misreported",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.2.1/unsupported-type"},
		Summary:  "Revoking an access token is refused with invalid_request.",
		Rules: seam.Instead(authserver.RevokeAccessToken, func(context.Context, *realm.Realm, token.Access) error {
			return wire.InvalidRequest("this server revokes refresh tokens only")
		}),
	},
	{
		Name:     "assertion-not-checked-at-revocation",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/authenticated"},
		Summary:  "The revocation endpoint does not verify client assertions.",
		Rules:    believingAssertions(authserver.RevocationClient),
	},
	{
		Name:     "public-revocation-pretended",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2.1/public-client"},
		Summary:  "A revocation of a public client returns 200 and does nothing.",
		Request: func(r *http.Request) {
			if r.Header.Get("Authorization") != "" {
				return
			}
			seam.OnParameters("/oauth/revoke", func(form url.Values) {
				if !form.Has("client_secret") && !form.Has("client_assertion") && form.Has("token") {
					form.Set("token", "of-nobody")
				}
			})(r)
		},
	},
})

// grantRevoked is the grant of the refresh token that a request names.
func grantRevoked(ctx context.Context) (grant store.Grant, known bool) {
	in := realm.From(ctx).Store()
	found, err := in.RefreshToken(ctx, token.HashOf(wire.FromContext(ctx).Parameters.Get("token")))
	if err != nil {
		return store.Grant{}, false
	}
	grant, err = in.Grant(ctx, found.GrantID)
	return grant, err == nil
}

// isKnown tells whether the token that a request names is one of the realm.
func isKnown(ctx context.Context) bool {
	in := realm.From(ctx)
	_, isRefreshToken := grantRevoked(ctx)
	_, err := in.Keys.Own(wire.FromContext(ctx).Parameters.Get("token"), in.Clock.Now)
	return isRefreshToken || err == nil
}
