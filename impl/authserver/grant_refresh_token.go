package authserver

import (
	"context"
	"errors"
	"time"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// refreshToken exchanges a refresh token for fresh tokens (RFC 6749 section 6,
// https://www.rfc-editor.org/rfc/rfc6749#section-6). Each works once, and the
// next one takes its place.
func refreshToken(ctx context.Context, client store.Client, request oauthRequest) (granted, error) {
	r := realm.From(ctx)
	if request.RefreshToken == nil {
		return granted{}, wire.InvalidRequest("refresh_token is missing")
	}
	hash := token.HashOf(*request.RefreshToken)
	found, grant, err := knownRefreshToken(ctx, r, hash)
	if err != nil {
		return granted{}, err
	}
	isAbout(ctx, grant)
	if refused := RefreshTokenFits.In(r)(r.Clock.Now(), found, grant, client); refused != nil {
		return granted{}, refused
	}
	// The token is taken last, when the next one is kept: neither a mistake of the
	// client nor a store that fails in between costs the client its token. One that
	// was used before is judged at once, whatever else is wrong with the request.
	spend := func(ctx context.Context) error { return takeRefreshToken(ctx, r, hash) }
	if !found.UsedAt.IsZero() {
		if err := spend(ctx); err != nil {
			return granted{}, err
		}
		spend = nil
	}
	scope, refused := RefreshedScope.In(r)(client, grant.Scope, request.Scope)
	if refused != nil {
		return granted{}, refused
	}
	resources, refused := resourcesOfGrant(ctx, RefreshedResources.In(r)(r, grant))
	if refused != nil {
		return granted{}, refused
	}
	return granted{subject: grant.UserID, scope: scope, resources: resources, grant: grant, spend: spend}, nil
}

// knownRefreshToken finds a refresh token, used or not, and its grant.
func knownRefreshToken(ctx context.Context, r *realm.Realm, hash token.Hash) (store.RefreshToken, store.Grant, error) {
	found, err := r.Store().RefreshToken(ctx, hash)
	if errors.Is(err, store.ErrNotFound) {
		err = invalidGrant("the refresh token is unknown or expired")
	}
	if err != nil {
		return store.RefreshToken{}, store.Grant{}, err
	}
	grant, err := r.Store().Grant(ctx, found.GrantID)
	return found, grant, err
}

// RefreshTokenFits holds a refresh against what its token is bound to: the client
// that it was issued to, and a grant that lives (RFC 6749 section 6,
// https://www.rfc-editor.org/rfc/rfc6749#section-6).
var RefreshTokenFits = rule.New(func(now time.Time, found store.RefreshToken, grant store.Grant, client store.Client) *wire.Error {
	switch {
	case grant.ClientID != client.ID:
		return invalidGrant("the refresh token was issued to another client")
	case grant.Revoked:
		return invalidGrant("the refresh token was revoked")
	case !now.Before(found.ExpiresAt), !now.Before(grant.ExpiresAt):
		return invalidGrant("the refresh token expired")
	}
	return nil
})

// RefreshedScope is the scope of a refresh, which may ask for less than was granted,
// and never for more (RFC 6749 section 6,
// https://www.rfc-editor.org/rfc/rfc6749#section-6).
var RefreshedScope = rule.New(func(_ store.Client, granted token.Scope, requested *string) (token.Scope, *wire.Error) {
	if requested == nil {
		return granted, nil
	}
	scope, ok := token.ParseScope(*requested)
	if !ok || len(scope.Within(granted)) < len(scope) {
		return nil, invalidScope("a refresh cannot ask for more than was granted: " + granted.String())
	}
	return scope, nil
})

// RefreshedResources are those that a refresh may ask for: what was granted (RFC 8707
// section 2.2, https://www.rfc-editor.org/rfc/rfc8707#section-2.2).
var RefreshedResources = rule.New(func(_ *realm.Realm, grant store.Grant) []string { return grant.Resources })

// takeRefreshToken uses a token up. One that was used before is in two hands,
// and nobody knows in whose: the whole family ends, but for the moment that
// the policy grants a client whose answer was lost (RFC 9700 section 4.14.2,
// https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2).
func takeRefreshToken(ctx context.Context, r *realm.Realm, hash token.Hash) error {
	now, grace := r.Clock.Now(), r.Policy().RefreshGrace
	taken, err := r.Store().TakeRefreshToken(ctx, hash, now)
	if !errors.Is(err, store.ErrUsed) {
		return err
	}
	// Without a grace nothing is forgiven, even where the other use was a moment
	// later by the clock.
	if grace > 0 && now.Sub(taken.UsedAt) < grace {
		return nil
	}
	if err := RefreshTokenReused.In(r)(ctx, r, taken.GrantID); err != nil {
		return err
	}
	return invalidGrant("the refresh token was used before")
}

// RefreshTokenReused ends the family of a refresh token that came a second time.
var RefreshTokenReused = rule.New(func(ctx context.Context, r *realm.Realm, grantID string) error {
	err := r.Store().RevokeGrant(ctx, grantID)
	if err == nil {
		r.Audit.Tell(ctx, audit.RefreshReused, "")
	}
	return err
})

// ignoring returns err unless it is the one that does not matter.
func ignoring(err, harmless error) error {
	if errors.Is(err, harmless) {
		return nil
	}
	return err
}

// newRefreshToken returns the next refresh token of a grant.
func newRefreshToken(ctx context.Context, r *realm.Realm, grant store.Grant) (string, error) {
	secret, now := NewRefreshToken.In(r)(ctx), r.Clock.Now()
	return secret, r.Store().PutRefreshToken(ctx, store.RefreshToken{
		Hash: token.HashOf(secret), GrantID: grant.ID, IssuedAt: now, ExpiresAt: now.Add(r.Policy().RefreshIdle()),
	})
}

// NewRefreshToken makes the text of a refresh token, which nobody can guess (RFC 6749
// section 10.10, https://www.rfc-editor.org/rfc/rfc6749#section-10.10).
var NewRefreshToken = rule.New(func(context.Context) string { return token.NewSecret() })

// mayRefresh tells whether a grant brings a refresh token: only what a
// resource owner allowed (RFC 6749 section 4.4.3,
// https://www.rfc-editor.org/rfc/rfc6749#section-4.4.3), for more than once, and
// only to a client that is registered to use it.
func mayRefresh(client store.Client, grant store.Grant) bool {
	once := grant.ExpiresAt.Sub(grant.CreatedAt) < 2*onceLifetime
	return grant.ID != "" && !once && client.MayUse("refresh_token")
}
