package authserver

import (
	"context"
	"errors"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// authorizationCode redeems a code (RFC 6749 section 4.1.3,
// https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3).
func authorizationCode(ctx context.Context, client store.Client, request oauthRequest) (granted, error) {
	r := realm.From(ctx)
	if request.Code == nil {
		return granted{}, wire.InvalidRequest("code is missing")
	}
	hash := token.HashOf(*request.Code)
	ended, err := AccessOfCodeEnded.In(r)(ctx, r, hash)
	if err != nil {
		return granted{}, err
	}
	// A code is taken before it is judged: the one who presents it first, rightly
	// or not, is the last to do so.
	code, err := r.Store().TakeCode(ctx, hash)
	if errors.Is(err, store.ErrNotFound) {
		return granted{}, invalidGrant("the authorization code is unknown or expired")
	}
	used := errors.Is(err, store.ErrUsed)
	if err != nil && !used {
		return granted{}, err
	}
	grant, err := r.Store().Grant(ctx, code.GrantID)
	if err != nil {
		return granted{}, err
	}
	isAbout(ctx, grant)
	refused := CodeFits.In(r)(r, code, grant, client, request)
	switch {
	case used:
		return granted{}, usedCode(ctx, r, grant, refused == nil)
	case refused != nil:
		return granted{}, refused
	// A fresh code of a grant that was revoked is refused (RFC 6749 section 5.2,
	// https://www.rfc-editor.org/rfc/rfc6749#section-5.2).
	case ended:
		return granted{}, invalidGrant("the resource owner has ended the access")
	}
	resources, refused := resourcesOfGrant(ctx, grant.Resources)
	if refused != nil {
		return granted{}, refused
	}
	return granted{subject: grant.UserID, scope: grant.Scope, resources: resources, nonce: code.Nonce, grant: grant}, nil
}

// AccessOfCodeEnded tells whether the grant of a code was revoked before the code is
// taken. Afterwards another redemption of the same code may have revoked it, and
// of those exactly one succeeds.
var AccessOfCodeEnded = rule.New(func(ctx context.Context, r *realm.Realm, hash token.Hash) (bool, error) {
	code, err := r.Store().Code(ctx, hash)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	grant, err := r.Store().Grant(ctx, code.GrantID)
	return grant.Revoked, ignoring(err, store.ErrNotFound)
})

// usedCode refuses a code that comes again.
func usedCode(ctx context.Context, r *realm.Realm, grant store.Grant, fits bool) error {
	if err := CodeReused.In(r)(ctx, r, grant, fits); err != nil {
		return err
	}
	return invalidGrant("the authorization code was used before")
}

// CodeReused ends what was issued for a code that comes again with all else right:
// it is in two hands (RFC 6749 section 4.1.2,
// https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2). Who knows nothing but the
// code ends nothing (OAuth 2.1, section "Reuse of Authorization Codes",
// https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1#name-reuse-of-authorization-codes).
var CodeReused = rule.New(func(ctx context.Context, r *realm.Realm, grant store.Grant, fits bool) error {
	if !fits {
		return nil
	}
	err := r.Store().RevokeGrant(ctx, grant.ID)
	if err == nil {
		r.Audit.Tell(ctx, audit.CodeReused, "")
	}
	return err
})

// CodeFits holds a redemption against what its code is bound to (RFC 6749 section
// 4.1.3, https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3).
var CodeFits = rule.New(func(r *realm.Realm, code store.Code, grant store.Grant, client store.Client, request authserver.TokenRequest) *wire.Error {
	switch {
	case !r.Clock.Now().Before(code.ExpiresAt):
		return invalidGrant("the authorization code expired")
	case grant.ClientID != client.ID:
		return invalidGrant("the authorization code was issued to another client")
	case !RedirectURIOfCode.In(r)(r.Policy().RedirectURIRequired, code, request.RedirectURI):
		return invalidGrant("redirect_uri is not the one of the authorization request")
	}
	return CodeVerifier.In(r)(r, code.Challenge, value(request.CodeVerifier))
})

// RedirectURIOfCode tells whether a redemption has the redirect URI of its code.
// Where the authorization request named it, the redemption names the identical one
// (RFC 6749 section 4.1.3, https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3).
// Where a code verifier takes its place, it may be left out (OAuth 2.1, section
// "Redirect URI Parameter in Token Request",
// https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1#name-redirect-uri-parameter-in-token-request),
// unless the policy keeps to the older rule; what is sent is compared anyway.
var RedirectURIOfCode = rule.New(func(required bool, code store.Code, sent *string) bool {
	if sent == nil {
		return !code.RedirectURIGiven || !required && code.Challenge != ""
	}
	return *sent == code.RedirectURI
})
