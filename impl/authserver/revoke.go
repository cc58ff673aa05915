package authserver

import (
	"context"
	"errors"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// RevokeToken implements RFC 7009 section 2
// (https://www.rfc-editor.org/rfc/rfc7009#section-2).
func (s *Server) RevokeToken(ctx context.Context, request authserver.RevokeTokenRequestObject) (authserver.RevokeTokenResponseObject, error) {
	err := revoke(ctx, *request.Body)
	if refused := new(wire.Error); errors.As(err, &refused) && refused.Code == "invalid_grant" && realm.From(ctx).Faults().Has(faultname.ForeignRevocationPretended) {
		err = nil
	}
	if errors.Is(err, store.ErrUnavailable) && realm.From(ctx).Faults().Has(faultname.RevocationNotStored) {
		err = nil
	}
	if err != nil {
		realm.From(ctx).Audit.Tell(ctx, audit.RevokeRefused, audit.Reason(err))
		return nil, err
	}
	return authserver.RevokeToken200Response{Headers: authserver.RevokeToken200ResponseHeaders{CacheControl: "no-store"}}, nil
}

func revoke(ctx context.Context, request authserver.RevocationRequest) error {
	r := realm.From(ctx)
	client, err := authenticate(ctx, request.ClientID, request.ClientSecret)
	if err != nil && r.Faults().Has(faultname.AssertionNotCheckedAtRevocation) {
		client, err = claimed(ctx, r)
	}
	if err != nil && !r.Faults().Has(faultname.RevocationUnauthenticated) {
		return err
	}
	if !client.Confidential() && r.Faults().Has(faultname.RevocationPublicClientsRefused) {
		return invalidClient("a public client cannot revoke")
	}
	if request.Token == nil {
		return missingToken(r)
	}
	if request.TokenTypeHint != nil && r.Faults().Has(faultname.RevocationHintBelieved) {
		return nil
	}
	// The hint is not needed: a refresh token is found by its hash, and an
	// access token by its signature (RFC 7009 section 2.1).
	err = revokeRefreshToken(ctx, r, client, *request.Token)
	if errors.Is(err, store.ErrNotFound) {
		err = revokeAccessToken(ctx, r, client, *request.Token)
	}
	return err
}

func missingToken(r *realm.Realm) error {
	if r.Faults().Has(faultname.RevocationTokenOptional) {
		return nil
	}
	return wire.InvalidRequest("token is missing")
}

// revokeRefreshToken ends the grant, and so every token that came of it.
func revokeRefreshToken(ctx context.Context, r *realm.Realm, client store.Client, raw string) error {
	found, err := r.Store().RefreshToken(ctx, token.HashOf(raw))
	if err != nil {
		return err
	}
	grant, err := r.Store().Grant(ctx, found.GrantID)
	if err != nil {
		return ignoring(err, store.ErrNotFound)
	}
	if refused := ownToken(r, client, grant.ClientID); refused != nil && !r.Faults().Has(faultname.ForeignRefreshTokenRevoked) {
		return refused
	}
	if r.Faults().Has(faultname.RefreshTokenNotRevoked) {
		return nil
	}
	if r.Faults().Has(faultname.AccessTokensSurviveRefreshToken) {
		_, err := r.Store().TakeRefreshToken(ctx, found.Hash, r.Clock.Now())
		return ignoring(err, store.ErrUsed)
	}
	isAbout(ctx, grant)
	return revokedNow(ctx, r, r.Store().RevokeGrant(ctx, grant.ID))
}

// revokeAccessToken ends one access token. What is no token of ours, or is
// none any more, needs no revoking: that is no error (RFC 7009 section 2.2,
// https://www.rfc-editor.org/rfc/rfc7009#section-2.2).
func revokeAccessToken(ctx context.Context, r *realm.Realm, client store.Client, raw string) error {
	access, err := r.Keys.Own(raw, r.Clock.Now)
	if err != nil && r.Faults().Has(faultname.UnknownTokenNotRevocable) {
		return invalidGrant("the token is unknown")
	}
	if err != nil {
		return nil
	}
	if refused := ownToken(r, client, access.ClientID); refused != nil {
		return refused
	}
	if r.Faults().Has(faultname.AccessTokenTypeMisreported) {
		return wire.InvalidRequest("this server revokes refresh tokens only")
	}
	if r.Faults().Has(faultname.AccessTokenNotRevoked) {
		return nil
	}
	audit.About(ctx).GrantID = token.GrantOf(access)
	err = r.Store().Mark(ctx, revoked(access), access.Expires)
	return ignoring(revokedNow(ctx, r, err), store.ErrUsed)
}

// revokedNow keeps record of what was revoked, if it was.
func revokedNow(ctx context.Context, r *realm.Realm, err error) error {
	if err == nil {
		r.Audit.Tell(ctx, audit.TokenRevoked, "")
	}
	return err
}

// ownToken: a client revokes its own tokens only, and is told so (RFC 7009
// section 2.1, https://www.rfc-editor.org/rfc/rfc7009#section-2.1).
func ownToken(r *realm.Realm, client store.Client, owner string) *wire.Error {
	if client.ID == owner || r.Faults().Has(faultname.ForeignTokenRevoked) || r.Faults().Has(faultname.RevocationUnauthenticated) {
		return nil
	}
	if r.Faults().Has(faultname.ForeignRevokedByPublic) && !client.Confidential() {
		return nil
	}
	return invalidGrant("the token was issued to another client")
}

// revoked is the mark of an access token that was revoked.
func revoked(access token.Access) string { return "revoked " + access.ID }

// ended tells whether an access token was revoked, by itself or with the grant
// or the client that it came of.
func ended(ctx context.Context, r *realm.Realm, access token.Access) (bool, error) {
	if r.Faults().Has(faultname.RevokedTokenActive) {
		return false, nil
	}
	marked, err := r.Store().Marked(ctx, revoked(access))
	if marked || err != nil {
		return marked, err
	}
	id := token.GrantOf(access)
	if id == "" || access.Actor != nil {
		if gone, err := clientGone(ctx, r, access.ClientID); gone || err != nil {
			return gone, err
		}
	}
	if id == "" {
		return subjectGone(ctx, r, access)
	}
	grant, err := r.Store().Grant(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return true, nil
	}
	return grant.Revoked, err
}

// subjectGone tells whether somebody acts for a client that was deleted.
func subjectGone(ctx context.Context, r *realm.Realm, access token.Access) (bool, error) {
	if access.Actor == nil || access.ForClient() {
		return false, nil
	}
	_, err := r.Store().User(ctx, access.Subject)
	if errors.Is(err, store.ErrNotFound) {
		return clientGone(ctx, r, access.Subject)
	}
	return false, err
}

// clientGone tells whether a client was deleted. Its grants ended with it; the
// tokens of its own have none, and those that it got by exchange have that of
// another (RFC 7592 section 2.3,
// https://www.rfc-editor.org/rfc/rfc7592#section-2.3).
func clientGone(ctx context.Context, r *realm.Realm, id string) (bool, error) {
	_, err := r.Store().Client(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return !r.Faults().Has(faultname.TokensSurviveClient), nil
	}
	return false, err
}
