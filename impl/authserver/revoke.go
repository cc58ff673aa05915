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

// RevokeToken implements RFC 7009 section 2
// (https://www.rfc-editor.org/rfc/rfc7009#section-2).
func (s *Server) RevokeToken(ctx context.Context, request authserver.RevokeTokenRequestObject) (authserver.RevokeTokenResponseObject, error) {
	if err := revoke(ctx, *request.Body); err != nil {
		realm.From(ctx).Audit.Tell(ctx, audit.RevokeRefused, audit.Reason(err))
		return nil, err
	}
	return authserver.RevokeToken200Response{Headers: authserver.RevokeToken200ResponseHeaders{CacheControl: "no-store"}}, nil
}

// RevocationClient is the client that revokes, authenticated as at the token endpoint;
// a public one says who it is (RFC 7009 section 2.1,
// https://www.rfc-editor.org/rfc/rfc7009#section-2.1).
var RevocationClient = rule.New(authenticate)

func revoke(ctx context.Context, request authserver.RevocationRequest) error {
	r := realm.From(ctx)
	client, err := RevocationClient.In(r)(ctx, request.ClientID, request.ClientSecret)
	if err != nil {
		return err
	}
	if request.Token == nil {
		return wire.InvalidRequest("token is missing")
	}
	// The hint is not needed: a refresh token is found by its hash, and an
	// access token by its signature (RFC 7009 section 2.1).
	err = revokeRefreshToken(ctx, r, client, *request.Token)
	if errors.Is(err, store.ErrNotFound) {
		err = revokeAccessToken(ctx, r, client, *request.Token)
	}
	return err
}

func revokeRefreshToken(ctx context.Context, r *realm.Realm, client store.Client, raw string) error {
	found, err := r.Store().RefreshToken(ctx, token.HashOf(raw))
	if err != nil {
		return err
	}
	grant, err := r.Store().Grant(ctx, found.GrantID)
	if err != nil {
		return ignoring(err, store.ErrNotFound)
	}
	if refused := OwnToken.In(r)(client, grant.ClientID); refused != nil {
		return refused
	}
	isAbout(ctx, grant)
	return revokedNow(ctx, r, RevokeRefreshToken.In(r)(ctx, r, found))
}

// RevokeRefreshToken ends the grant, and so every token that came of it (RFC 7009
// section 2.1, https://www.rfc-editor.org/rfc/rfc7009#section-2.1).
var RevokeRefreshToken = rule.New(func(ctx context.Context, r *realm.Realm, found store.RefreshToken) error {
	return r.Store().RevokeGrant(ctx, found.GrantID)
})

// revokeAccessToken ends one access token. What is no token of ours, or is
// none any more, needs no revoking: that is no error (RFC 7009 section 2.2,
// https://www.rfc-editor.org/rfc/rfc7009#section-2.2).
func revokeAccessToken(ctx context.Context, r *realm.Realm, client store.Client, raw string) error {
	access, err := r.Keys.Own(raw, r.Clock.Now)
	if err != nil {
		return nil
	}
	if refused := OwnToken.In(r)(client, access.ClientID); refused != nil {
		return refused
	}
	audit.About(ctx).GrantID = token.GrantOf(access)
	err = RevokeAccessToken.In(r)(ctx, r, access)
	return ignoring(revokedNow(ctx, r, err), store.ErrUsed)
}

// RevokeAccessToken ends an access token at once (RFC 7009 section 2,
// https://www.rfc-editor.org/rfc/rfc7009#section-2); one that was revoked before is
// store.ErrUsed.
var RevokeAccessToken = rule.New(func(ctx context.Context, r *realm.Realm, access token.Access) error {
	return r.Store().Mark(ctx, revoked(access), access.Expires)
})

// revokedNow keeps record of what was revoked, if it was.
func revokedNow(ctx context.Context, r *realm.Realm, err error) error {
	if err == nil {
		r.Audit.Tell(ctx, audit.TokenRevoked, "")
	}
	return err
}

// OwnToken lets a client revoke its own tokens only, and tells it so (RFC 7009
// section 2.1, https://www.rfc-editor.org/rfc/rfc7009#section-2.1).
var OwnToken = rule.New(func(client store.Client, owner string) *wire.Error {
	if client.ID == owner {
		return nil
	}
	return invalidGrant("the token was issued to another client")
})

// revoked is the mark of an access token that was revoked.
func revoked(access token.Access) string { return "revoked " + access.ID }

// AccessTokenEnded tells whether an access token was revoked, by itself or with the
// grant or the client that it came of (RFC 7009 section 2.1,
// https://www.rfc-editor.org/rfc/rfc7009#section-2.1).
var AccessTokenEnded = rule.New(func(ctx context.Context, r *realm.Realm, access token.Access) (bool, error) {
	marked, err := r.Store().Marked(ctx, revoked(access))
	if marked || err != nil {
		return marked, err
	}
	id := token.GrantOf(access)
	if id == "" || access.Actor != nil {
		if gone, err := ClientGone.In(r)(ctx, r, access.ClientID); gone || err != nil {
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
})

// subjectGone tells whether somebody acts for a client that was deleted.
func subjectGone(ctx context.Context, r *realm.Realm, access token.Access) (bool, error) {
	if access.Actor == nil || access.ForClient() {
		return false, nil
	}
	_, err := r.Store().User(ctx, access.Subject)
	if errors.Is(err, store.ErrNotFound) {
		return ClientGone.In(r)(ctx, r, access.Subject)
	}
	return false, err
}

// ClientGone tells whether a client was deleted. Its grants ended with it; the
// tokens that it has for itself have none, and those that it got by exchange have
// that of another (RFC 7592 section 2.3,
// https://www.rfc-editor.org/rfc/rfc7592#section-2.3).
var ClientGone = rule.New(func(ctx context.Context, r *realm.Realm, id string) (bool, error) {
	_, err := r.Store().Client(ctx, id)
	if errors.Is(err, store.ErrNotFound) {
		return true, nil
	}
	return false, err
})
