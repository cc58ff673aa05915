package authserver

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// refreshToken exchanges a refresh token for fresh tokens (RFC 6749 section 6,
// https://www.rfc-editor.org/rfc/rfc6749#section-6). Each works once, and the
// next one takes its place.
func refreshToken(ctx context.Context, client store.Client, request oauthRequest) (granted, error) {
	r := realm.From(ctx)
	if request.RefreshToken == nil && r.Faults().Has(faultname.MissingRefreshTokenMisreported) {
		return granted{}, unsupportedGrantType()
	}
	if request.RefreshToken == nil {
		return granted{}, wire.InvalidRequest("refresh_token is missing")
	}
	hash := token.HashOf(*request.RefreshToken)
	if r.Faults().Has(faultname.ChangedRefreshTokenAccepted) {
		hash = token.HashOf(firstOf(*request.RefreshToken, len(token.NewSecret())))
	}
	found, err := r.Store().RefreshToken(ctx, hash)
	if errors.Is(err, store.ErrNotFound) && r.Faults().Has(faultname.UnknownRefreshTokenMisreported) {
		return granted{}, wire.InvalidRequest("the refresh token is unknown or expired")
	}
	if errors.Is(err, store.ErrNotFound) {
		return granted{}, invalidGrant("the refresh token is unknown or expired")
	}
	if err != nil {
		return granted{}, err
	}
	grant, err := r.Store().Grant(ctx, found.GrantID)
	if err != nil {
		return granted{}, err
	}
	isAbout(ctx, grant)
	if refused := judgeRefresh(r, found, grant, client); refused != nil {
		return granted{}, refused
	}
	if request.Scope == nil && r.Faults().Has(faultname.RefreshForgetsScope) {
		request.Scope = &grant.Scope[0]
	}
	if r.Faults().Has(faultname.RefreshUpToRegistration) && request.Scope != nil || r.Faults().Has(faultname.RefreshGrantsRegistration) && request.Scope == nil {
		grant.Scope = client.Scope
	}
	scope, refused := narrowed(grant.Scope, request.Scope, r.Faults())
	if refused != nil {
		return granted{}, refused
	}
	allowed := grant.Resources
	if r.Faults().Has(faultname.RefreshForAnyResource) {
		allowed = r.Resources()
	}
	resources, refused := resourcesOfGrant(ctx, allowed)
	if refused != nil {
		return granted{}, refused
	}
	if r.Faults().Has(faultname.NarrowingSticks) {
		grant.Scope = scope
		if err := r.Store().PutGrant(ctx, grant); err != nil {
			return granted{}, err
		}
	}
	// The token is taken last, when the next one is kept: neither a mistake of the
	// client nor a store that fails in between costs the client its token. One that
	// was used before is judged at once, so that nothing is made for it.
	spend := func(ctx context.Context) error { return takeRefreshToken(ctx, r, hash) }
	if !found.UsedAt.IsZero() {
		if err := spend(ctx); err != nil {
			return granted{}, err
		}
		spend = nil
	}
	nonce := ""
	if r.Faults().Has(faultname.IDTokenNonceKept) {
		nonce = "kept"
	}
	return granted{subject: grant.UserID, scope: scope, nonce: nonce, resources: resources, grant: grant, spend: spend}, nil
}

// firstOf is the beginning of a text, as long as it is there.
func firstOf(text string, length int) string { return text[:min(length, len(text))] }

// judgeRefresh holds the refresh against what the token is bound to.
func judgeRefresh(r *realm.Realm, found store.RefreshToken, grant store.Grant, client store.Client) *wire.Error {
	now, faults := r.Clock.Now(), r.Faults()
	expired := !now.Before(found.ExpiresAt) || !now.Before(grant.ExpiresAt)
	switch {
	case faults.Has(faultname.RefreshRefused):
		return invalidGrant("no refresh token is valid")
	case grant.ClientID != client.ID && !faults.Has(faultname.RefreshTokenOfAnotherClientAccepted):
		return invalidGrant("the refresh token was issued to another client")
	case grant.Revoked && !faults.Has(faultname.RevokedRefreshTokenAccepted):
		return invalidGrant("the refresh token was revoked")
	case expired && !faults.Has(faultname.RefreshTokenNeverExpires):
		return invalidGrant("the refresh token expired")
	}
	return nil
}

// narrowed: a refresh may ask for less than was granted, and never for more
// (RFC 6749 section 6).
func narrowed(granted token.Scope, requested *string, faults faultname.Set) (token.Scope, *wire.Error) {
	if requested == nil {
		return granted, nil
	}
	scope, ok := token.ParseScope(*requested)
	if faults.Has(faultname.RefreshChecksFirstScope) && ok && granted.Has(scope[0]) {
		return scope, nil
	}
	if !ok || len(scope.Within(granted)) < len(scope) && !faults.Has(faultname.RefreshWidensScope) {
		return nil, invalidScope("a refresh cannot ask for more than was granted: " + granted.String())
	}
	return scope, nil
}

// takeRefreshToken uses a token up. One that was used before is in two hands,
// and nobody knows in whose: the whole family ends, but for the moment that
// the policy grants a client whose answer was lost (RFC 9700 section 4.14.2,
// https://www.rfc-editor.org/rfc/rfc9700#section-4.14.2).
func takeRefreshToken(ctx context.Context, r *realm.Realm, hash token.Hash) error {
	now := r.Clock.Now()
	if r.Faults().Has(faultname.RefreshTokenNotRotated) {
		return nil
	}
	late := r.Faults().Has(faultname.RefreshTokensRace) && unusedAMomentAgo(ctx, r, hash)
	taken, err := r.Store().TakeRefreshToken(ctx, hash, now)
	if late {
		return ignoring(err, store.ErrUsed)
	}
	if !errors.Is(err, store.ErrUsed) || r.Faults().Has(faultname.RefreshTokenAcceptedTwice) {
		return ignoring(err, store.ErrUsed)
	}
	// Without a grace nothing is forgiven, even where the other use was a moment
	// later by the clock.
	grace := r.Policy().RefreshGrace
	if grace > 0 && (now.Sub(taken.UsedAt) < grace || r.Faults().Has(faultname.GraceNeverEnds)) {
		return nil
	}
	if !r.Faults().Has(faultname.RefreshFamilyNotRevoked) {
		if err := r.Store().RevokeGrant(ctx, taken.GrantID); err != nil {
			return err
		}
		r.Audit.Tell(ctx, audit.RefreshReused, "")
	}
	return invalidGrant("the refresh token was used before")
}

// unusedAMomentAgo lets another one look in between, as a careless server does.
func unusedAMomentAgo(ctx context.Context, r *realm.Realm, hash token.Hash) bool {
	found, err := r.Store().RefreshToken(ctx, hash)
	if err != nil || !found.UsedAt.IsZero() {
		return false
	}
	another := make(chan struct{}, 1)
	if waiting, others := looking.LoadOrStore(hash, another); others {
		select {
		case waiting.(chan struct{}) <- struct{}{}:
		default: // It was told already.
		}
		return true
	}
	defer looking.Delete(hash)
	select {
	case <-another:
	case <-time.After(10 * aMoment):
	}
	return true
}

// looking are the refresh tokens that a careless server looks at.
var looking sync.Map // token.Hash → chan struct{}

// aMoment is how long a careless server takes between looking and taking.
const aMoment = 20 * time.Millisecond

// ignoring returns err unless it is the one that does not matter.
func ignoring(err, harmless error) error {
	if errors.Is(err, harmless) {
		return nil
	}
	return err
}

// newRefreshToken returns the next refresh token of a grant.
func newRefreshToken(ctx context.Context, r *realm.Realm, grant store.Grant) (string, error) {
	if sent := wire.FromContext(ctx).Parameters.Get("refresh_token"); sent != "" && r.Faults().Has(faultname.RefreshTokenNotRotated) {
		return sent, nil
	}
	secret, now := token.NewSecret(), r.Clock.Now()
	if r.Faults().Has(faultname.RefreshTokenGuessable) {
		secret = fmt.Sprintf("refresh-%08d", numbered.Add(1))
	}
	return secret, r.Store().PutRefreshToken(ctx, store.RefreshToken{
		Hash: token.HashOf(secret), GrantID: grant.ID, IssuedAt: now, ExpiresAt: now.Add(r.Policy().RefreshIdle()),
	})
}

// mayRefresh tells whether a grant brings a refresh token: only what a
// resource owner allowed (RFC 6749 section 4.4.3,
// https://www.rfc-editor.org/rfc/rfc6749#section-4.4.3), for more than once, and
// only to a client that is registered to use it.
func mayRefresh(client store.Client, grant store.Grant) bool {
	once := grant.ExpiresAt.Sub(grant.CreatedAt) < 2*onceLifetime
	return grant.ID != "" && !once && client.MayUse("refresh_token")
}
