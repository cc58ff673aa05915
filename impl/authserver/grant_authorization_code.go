package authserver

import (
	"context"
	"errors"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// authorizationCode redeems a code (RFC 6749 section 4.1.3,
// https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3).
func authorizationCode(ctx context.Context, client store.Client, request oauthRequest) (granted, error) {
	r := realm.From(ctx)
	if request.Code == nil && r.Faults().Has(faultname.MissingCodeMisreported) {
		return granted{}, unsupportedGrantType()
	}
	if request.Code == nil {
		return granted{}, wire.InvalidRequest("code is missing")
	}
	hash := token.HashOf(*request.Code)
	ended, err := accessEnded(ctx, r, hash)
	if err != nil {
		return granted{}, err
	}
	// A code is taken before it is judged: the one who presents it first, rightly
	// or not, is the last to do so.
	code, err := r.Store().TakeCode(ctx, hash)
	if errors.Is(err, store.ErrNotFound) {
		return granted{}, invalidGrant("the authorization code is unknown or expired")
	}
	used := errors.Is(err, store.ErrUsed) && !r.Faults().Has(faultname.CodeAcceptedTwice)
	if r.Faults().Has(faultname.CodesRace) && takenAMomentAgo(code.Hash) || r.Faults().Has(faultname.PublicCodeAcceptedTwice) && !client.Confidential() {
		used = false
	}
	if err != nil && !errors.Is(err, store.ErrUsed) {
		return granted{}, err
	}
	grant, err := r.Store().Grant(ctx, code.GrantID)
	if err != nil {
		return granted{}, err
	}
	isAbout(ctx, grant)
	refused := judgeCode(r, code, grant, client, request)
	if used {
		return granted{}, usedCode(ctx, r, grant, refused == nil)
	}
	if refused != nil {
		return granted{}, refused
	}
	// A fresh code of a grant that was revoked is refused (RFC 6749 section 5.2,
	// https://www.rfc-editor.org/rfc/rfc6749#section-5.2).
	if ended && !r.Faults().Has(faultname.CodeOutlivesAccess) {
		return granted{}, invalidGrant("the resource owner has ended the access")
	}
	resources, refused := resourcesOfGrant(ctx, grant.Resources)
	if refused != nil {
		return granted{}, refused
	}
	if r.Faults().Has(faultname.SubjectIsTheClient) {
		return granted{subject: client.ID, scope: grant.Scope, resources: resources}, nil
	}
	return granted{subject: grant.UserID, scope: grant.Scope, resources: resources, nonce: code.Nonce, grant: grant}, nil
}

// accessEnded tells whether the grant of a code was revoked before the code is
// taken. Afterwards another redemption of the same code may have revoked it, and
// of those exactly one succeeds.
func accessEnded(ctx context.Context, r *realm.Realm, hash token.Hash) (bool, error) {
	code, err := r.Store().Code(ctx, hash)
	if errors.Is(err, store.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	grant, err := r.Store().Grant(ctx, code.GrantID)
	return grant.Revoked, ignoring(err, store.ErrNotFound)
}

// usedCode refuses a code that comes again. If all else is right, it is in two
// hands, and what was issued for it ends (RFC 6749 section 4.1.2,
// https://www.rfc-editor.org/rfc/rfc6749#section-4.1.2); whoever knows nothing
// but the code ends nothing.
func usedCode(ctx context.Context, r *realm.Realm, grant store.Grant, valid bool) error {
	valid = valid || r.Faults().Has(faultname.BrokenReuseRevokes)
	if valid && !r.Faults().Has(faultname.CodeReuseRevokesNothing) {
		if err := r.Store().RevokeGrant(ctx, grant.ID); err != nil {
			return err
		}
		r.Audit.Tell(ctx, audit.CodeReused, "")
	}
	return invalidGrant("the authorization code was used before")
}

// judgeCode holds the redemption against what the code is bound to.
func judgeCode(r *realm.Realm, code store.Code, grant store.Grant, client store.Client, request oauthRequest) *wire.Error {
	faults := r.Faults()
	switch {
	case faults.Has(faultname.ValidCodeRefused):
		return invalidGrant("no authorization code is valid")
	case !r.Clock.Now().Before(code.ExpiresAt) && !faults.Has(faultname.CodeNeverExpires):
		return invalidGrant("the authorization code expired")
	case grant.ClientID != client.ID && faults.Has(faultname.CodeOfAnotherForPublic) && !client.Confidential():
	case grant.ClientID != client.ID && !faults.Has(faultname.CodeOfAnotherClientAccepted):
		return invalidGrant("the authorization code was issued to another client")
	case !sameRedirectURI(r, code, request.RedirectURI) && !faults.Has(faultname.RedirectURINotCompared):
		return invalidGrant("redirect_uri is not the one of the authorization request")
	case faults.Has(faultname.CodeVerifierNotChecked), faults.Has(faultname.ConfidentialWithoutProof) && request.CodeVerifier == nil && client.Confidential():
		return nil
	}
	return CodeVerifier.In(r)(r, code.Challenge, value(request.CodeVerifier))
}

// sameRedirectURI: where the authorization request named it, the redemption
// names the identical one (RFC 6749 section 4.1.3,
// https://www.rfc-editor.org/rfc/rfc6749#section-4.1.3). Where a code verifier
// takes its place, it may be left out (OAuth 2.1, section "Redirect URI
// Parameter in Token Request",
// https://datatracker.ietf.org/doc/html/draft-ietf-oauth-v2-1#name-redirect-uri-parameter-in-token-request),
// unless the policy keeps to the older rule; what is sent is compared anyway.
func sameRedirectURI(r *realm.Realm, code store.Code, given *string) bool {
	optional, faults := !r.Policy().RedirectURIRequired, r.Faults()
	switch {
	case given == nil:
		replaced := code.Challenge != "" || faults.Has(faultname.RedirectURIOptionalWithoutPKCE)
		return !code.RedirectURIGiven || optional && replaced && !faults.Has(faultname.RedirectURIAlwaysRequired)
	case optional && faults.Has(faultname.RedirectURIAtTokenEndpointRefused):
		return false
	case optional && faults.Has(faultname.OptionalRedirectURINotCompared):
		return true
	}
	return *given == code.RedirectURI
}
