package fault

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

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
		Name:     "refresh-up-to-registration",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-6/scope-not-broader"},
		Summary:  "A refresh can request any scope that the client is registered for.",
		Rules: func(in rule.Replaced) {
			held := authserver.RefreshedScope.In(in)
			authserver.RefreshedScope.Replace(in, func(client store.Client, granted token.Scope, requested *string) (token.Scope, *wire.Error) {
				if requested != nil {
					granted = client.Scope
				}
				return held(client, granted, requested)
			})
		},
	},
	{
		Name:     "refresh-checks-first-scope",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-6/scope-not-broader"},
		Summary:  "A refresh compares only its first scope with the grant.",
		Rules: func(in rule.Replaced) {
			held := authserver.RefreshedScope.In(in)
			authserver.RefreshedScope.Replace(in, func(client store.Client, granted token.Scope, requested *string) (token.Scope, *wire.Error) {
				if scope, ok := token.ParseScope(seam.Value(requested)); ok && granted.Has(scope[0]) {
					return scope, nil
				}
				return held(client, granted, requested)
			})
		},
	},
	{
		Name:     "refresh-grants-registration",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-6/scope-omitted"},
		Summary:  "A refresh without a scope gets every scope that the client is registered for.",
		Rules: func(in rule.Replaced) {
			held := authserver.RefreshedScope.In(in)
			authserver.RefreshedScope.Replace(in, func(client store.Client, granted token.Scope, requested *string) (token.Scope, *wire.Error) {
				if requested == nil {
					granted = client.Scope
				}
				return held(client, granted, requested)
			})
		},
	},
	{
		Name:     "refresh-for-any-resource",
		Role:     AuthorizationServer,
		Violates: ids{"rfc8707-2.2/refresh"},
		Summary:  "A refresh issues tokens for resources that were not granted.",
		Rules:    seam.Instead(authserver.RefreshedResources, func(r *realm.Realm, _ store.Grant) []string { return r.Resources() }),
	},
	{
		Name:     "refresh-refused",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-6/access-token", "rfc6749-6/scope-omitted"},
		Summary:  "Every refresh token is refused.",
		Rules: seam.Instead(authserver.RefreshTokenFits, func(time.Time, store.RefreshToken, store.Grant, store.Client) *wire.Error {
			return &wire.Error{Status: http.StatusBadRequest, Code: "invalid_grant", Description: "no refresh token is valid"}
		}),
	},
	{
		Name:     "missing-refresh-token-misreported",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-6/refresh-token-required"},
		Summary:  "A refresh without a refresh token is refused with unsupported_grant_type.",
		Answer:   seam.OnTokenErrors(seam.Renamed("refresh_token is missing", "unsupported_grant_type")),
	},
	{
		Name:     "unknown-refresh-token-misreported",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/refresh-invalid-grant"},
		Summary:  "An unknown refresh token is refused with invalid_request.",
		Answer:   seam.OnTokenErrors(seam.Renamed("the refresh token is unknown", "invalid_request")),
	},
	{
		Name:     "unknown-refresh-token-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-5.2/refresh-invalid-grant", "rfc6749-6/token-validated"},
		Summary:  "An unknown refresh token brings an access token.",
		Answer:   seam.OnTokenErrors(seam.OnDescription("the refresh token is unknown", seam.As(http.StatusOK, `{"access_token":"of-an-unknown-token","token_type":"Bearer"}`))),
	},
	{
		Name:     "refresh-token-accepted-twice",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.14.2/replay-detected", "rfc9700-4.14.2/family-revoked", "oauth-2.1-refresh-token-extension/replay-detected", "oauth-2.1-refresh-token-extension/grant-revoked"},
		Summary:  "A refresh token can be used any number of times.",
		Store:    func(sound store.Store) store.Store { return forgivingRefreshTokens{sound} },
	},
	{
		Name:     "refresh-token-not-rotated",
		Role:     AuthorizationServer,
		Violates: ids{"mcp-2026-07-28-token-theft/refresh-rotation", "oauth-2.1-refresh-token-extension/replay-detected"},
		Summary:  "A refresh issues no new refresh token.",
		Store:    func(sound store.Store) store.Store { return keepingRefreshTokens{sound} },
		Rules: seam.Instead(authserver.NewRefreshToken, func(ctx context.Context) string {
			return cmp.Or(wire.FromContext(ctx).Parameters.Get("refresh_token"), token.NewSecret())
		}),
	},
	{
		Name:     "refresh-family-not-revoked",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.14.2/family-revoked", "rfc6749-10.4/abuse-detected", "oauth-2.1-refresh-token-extension/grant-revoked"},
		Summary:  "A used refresh token is refused, but the newest one stays active.",
		Rules:    seam.Instead(authserver.RefreshTokenReused, func(context.Context, *realm.Realm, string) error { return nil }),
	},
	{
		Name:     "refresh-token-of-another-client-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-6/bound-to-client", "oauth-2.1-refresh-token-extension/client-id-matches", "oidc-core-12.1/client-of-token"},
		Summary:  "Any client can use a refresh token.",
		Rules: func(in rule.Replaced) {
			held := authserver.RefreshTokenFits.In(in)
			authserver.RefreshTokenFits.Replace(in, func(now time.Time, found store.RefreshToken, grant store.Grant, client store.Client) *wire.Error {
				client.ID = grant.ClientID
				return held(now, found, grant, client)
			})
		},
	},
	{
		Name:     "refresh-token-never-expires",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.14.2/idle-expiry"},
		Summary:  "A refresh token is valid until it is used.",
		Rules: func(in rule.Replaced) {
			held := authserver.RefreshTokenFits.In(in)
			authserver.RefreshTokenFits.Replace(in, func(_ time.Time, found store.RefreshToken, grant store.Grant, client store.Client) *wire.Error {
				return held(found.IssuedAt, found, grant, client)
			})
		},
	},
	{
		Name:     "refresh-widens-scope",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-6/scope-not-broader", "rfc9700-4.14.2/bound-to-consent"},
		Summary:  "A refresh grants any scope that is requested.",
		Rules: func(in rule.Replaced) {
			held := authserver.RefreshedScope.In(in)
			authserver.RefreshedScope.Replace(in, func(client store.Client, granted token.Scope, requested *string) (token.Scope, *wire.Error) {
				if scope, ok := token.ParseScope(seam.Value(requested)); ok {
					return scope, nil
				}
				return held(client, granted, requested)
			})
		},
	},
	{
		Name:     "refresh-forgets-scope",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-6/scope-omitted"},
		Summary:  "A refresh without a scope gets only the first scope of the grant.",
		Rules: func(in rule.Replaced) {
			held := authserver.RefreshedScope.In(in)
			authserver.RefreshedScope.Replace(in, func(client store.Client, granted token.Scope, requested *string) (token.Scope, *wire.Error) {
				if requested == nil {
					granted = granted[:1]
				}
				return held(client, granted, requested)
			})
		},
	},
	{
		Name:     "narrowing-sticks",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-6/scope-identical"},
		Summary:  "A refresh with a narrower scope narrows the grant.",
		Answer:   narrowGrant,
	},
	{
		Name:     "revoked-refresh-token-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc7009-2/refresh-tokens", "oauth-2.1-refresh-token-extension/grant-active", "rfc9700-4.14.2/family-revoked"},
		Summary:  "A refresh token is accepted after its grant was revoked.",
		Rules: func(in rule.Replaced) {
			held := authserver.RefreshTokenFits.In(in)
			authserver.RefreshTokenFits.Replace(in, func(now time.Time, found store.RefreshToken, grant store.Grant, client store.Client) *wire.Error {
				grant.Revoked = false
				return held(now, found, grant, client)
			})
		},
	},
	{
		Name:     "grace-never-ends",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.14.2/replay-detected"},
		Summary:  "A server with a grace period for reused refresh tokens accepts them forever.",
		Store:    func(sound store.Store) store.Store { return graciousRefreshTokens{sound} },
	},
	{
		Name:     "refresh-token-guessable",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.4/unforgeable"},
		Summary:  "Refresh tokens are sequential numbers.",
		Rules: func(in rule.Replaced) {
			var made atomic.Int64
			seam.Instead(authserver.NewRefreshToken, func(context.Context) string { return fmt.Sprintf("refresh-%08d", made.Add(1)) })(in)
		},
	},
	{
		Name:     "changed-refresh-token-accepted",
		Role:     AuthorizationServer,
		Violates: ids{"rfc6749-10.4/unforgeable", "rfc9700-4.14.2/integrity"},
		Summary:  "Characters after the refresh token are ignored.",
		Request:  seam.OnForm("/oauth/token", "refresh_token", func(sent string) string { return sent[:min(len(sent), len(token.NewSecret()))] }),
	},
	{
		Name:     "refresh-tokens-race",
		Role:     AuthorizationServer,
		Violates: ids{"rfc9700-4.14.2/replay-detected"},
		Summary:  "A refresh token is looked up first and used up a moment later, so several concurrent refreshes succeed.",
		Store:    func(sound store.Store) store.Store { return &racingRefreshTokens{Store: sound} },
	},
})

// narrowGrant leaves a grant of the scope that a refresh asked for.
func narrowGrant(request *http.Request, r *seam.Response) {
	parameters, in := wire.FromContext(request.Context()).Parameters, realm.From(request.Context())
	if !seam.IsTokenEndpoint(request) || r.Status != http.StatusOK || parameters.Get("grant_type") != "refresh_token" || parameters.Get("scope") == "" {
		return
	}
	used, err := in.Store().RefreshToken(request.Context(), token.HashOf(parameters.Get("refresh_token")))
	if err != nil {
		return
	}
	if grant, err := in.Store().Grant(request.Context(), used.GrantID); err == nil {
		grant.Scope, _ = token.ParseScope(parameters.Get("scope"))
		_ = in.Store().PutGrant(request.Context(), grant)
	}
}

// forgivingRefreshTokens takes a refresh token as often as it comes.
type forgivingRefreshTokens struct{ store.Store }

// TakeRefreshToken implements store.RefreshTokens.
func (s forgivingRefreshTokens) TakeRefreshToken(ctx context.Context, hash token.Hash, at time.Time) (store.RefreshToken, error) {
	taken, err := s.Store.TakeRefreshToken(ctx, hash, at)
	if errors.Is(err, store.ErrUsed) {
		err = nil
	}
	return taken, err
}

// keepingRefreshTokens uses no refresh token up.
type keepingRefreshTokens struct{ store.Store }

// TakeRefreshToken implements store.RefreshTokens.
func (s keepingRefreshTokens) TakeRefreshToken(ctx context.Context, hash token.Hash, _ time.Time) (store.RefreshToken, error) {
	return s.Store.RefreshToken(ctx, hash)
}

// graciousRefreshTokens knows every refresh token as used a moment ago.
type graciousRefreshTokens struct{ store.Store }

// TakeRefreshToken implements store.RefreshTokens.
func (s graciousRefreshTokens) TakeRefreshToken(ctx context.Context, hash token.Hash, at time.Time) (store.RefreshToken, error) {
	taken, err := s.Store.TakeRefreshToken(ctx, hash, at)
	taken.UsedAt = at
	return taken, err
}

// racingRefreshTokens looks a refresh token up first and uses it up a moment later.
type racingRefreshTokens struct {
	store.Store
	looking crossing
}

// TakeRefreshToken implements store.RefreshTokens.
func (s *racingRefreshTokens) TakeRefreshToken(ctx context.Context, hash token.Hash, at time.Time) (store.RefreshToken, error) {
	found, err := s.Store.RefreshToken(ctx, hash)
	if err != nil || !found.UsedAt.IsZero() {
		return s.Store.TakeRefreshToken(ctx, hash, at)
	}
	s.looking.awaitAnother(hash)
	taken, err := s.Store.TakeRefreshToken(ctx, hash, at)
	if errors.Is(err, store.ErrUsed) {
		err = nil
	}
	return taken, err
}
