package authserver

import (
	"context"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// maxActors is how many may act one after the other for the same subject: a
// chain ends, and so does a circle.
const maxActors = 4

// SubjectToken reads the token that is exchanged (RFC 8693 section 2.1,
// https://www.rfc-editor.org/rfc/rfc8693#section-2.1).
var SubjectToken = rule.New(validToken)

// ActorToken reads the token of the client that is to act.
var ActorToken = rule.New(validToken)

// validToken tells whether a token is an access token of this issuer, live and not
// revoked.
func validToken(ctx context.Context, r *realm.Realm, raw string) (access token.Access, valid bool, err error) {
	access, err = r.Keys.Own(raw, r.Clock.Now)
	if err != nil {
		return token.Access{}, false, nil
	}
	ended, err := AccessTokenEnded.In(r)(ctx, r, access)
	return access, err == nil && !ended, err
}

// subjectToken verifies the token for whose subject the client wants to act.
func subjectToken(ctx context.Context, r *realm.Realm, client store.Client, raw string) (token.Access, error) {
	subject, valid, err := SubjectToken.In(r)(ctx, r, raw)
	if err != nil {
		return subject, err
	}
	if id := token.GrantOf(subject); id != "" {
		audit.About(ctx).GrantID, audit.About(ctx).UserID = id, subject.Subject
	}
	switch {
	// What is wrong with it, the client does not learn; and it is no
	// invalid_grant (RFC 8693 section 2.2.2,
	// https://www.rfc-editor.org/rfc/rfc8693#section-2.2.2).
	case !valid:
		return subject, wire.InvalidRequest("the subject token is not valid")
	case !EntitledToSubject.In(r)(client, subject):
		return subject, wire.InvalidRequest("the subject token is not meant for a resource that this client serves")
	}
	return subject, nil
}

// EntitledToSubject tells whether a client may exchange a token: one that was sent to
// the resource that it serves. A token that it found elsewhere was not given to it
// (RFC 8693 section 2.1, https://www.rfc-editor.org/rfc/rfc8693#section-2.1).
var EntitledToSubject = rule.New(func(client store.Client, subject token.Access) bool {
	return client.ServesAny(subject.Audience)
})

// actorFor is who will act for the subject: the client, or the one whose token
// it presents. Those who acted before follow (RFC 8693 section 4.1,
// https://www.rfc-editor.org/rfc/rfc8693#section-4.1).
func actorFor(ctx context.Context, r *realm.Realm, client store.Client, request oauthRequest, subject token.Access) (*token.Actor, error) {
	actor := &token.Actor{Subject: client.ID, Before: subject.Actor}
	if request.ActorToken != nil {
		acting, err := actorToken(ctx, r, client, *request.ActorToken)
		if err != nil {
			return nil, err
		}
		actor.Subject = acting.Subject
	}
	// Where the subject token names who may act, nobody else may (RFC 8693 section
	// 4.4, https://www.rfc-editor.org/rfc/rfc8693#section-4.4).
	if may := subject.MayAct; may != nil && !same(r, *may, *actor) {
		return nil, wire.InvalidRequest("the may_act of the subject token names another actor")
	}
	if actor.Length() > maxActors {
		return nil, wire.InvalidRequest("too many have acted for this subject one after the other")
	}
	return actor, nil
}

// actorToken verifies the token of a client that is to act: its own one, for
// itself, which the client that presents it holds rightly.
func actorToken(ctx context.Context, r *realm.Realm, client store.Client, raw string) (token.Access, error) {
	acting, valid, err := ActorToken.In(r)(ctx, r, raw)
	switch {
	case err != nil:
		return acting, err
	case !valid || !acting.ForClient():
		return acting, wire.InvalidRequest("the actor token is not a valid one that a client has for itself")
	case !EntitledToActor.In(r)(client, acting):
		return acting, wire.InvalidRequest("the actor token is neither this client's nor meant for a resource that it serves")
	}
	return acting, nil
}

// EntitledToActor tells whether a client may name an actor by a token: by the token
// that it has for itself, or by one that was sent to the resource that it serves.
var EntitledToActor = rule.New(func(client store.Client, acting token.Access) bool {
	return acting.ClientID == client.ID || client.ServesAny(acting.Audience)
})

// same tells whether two claims name one actor of this issuer.
func same(r *realm.Realm, may, actor token.Actor) bool {
	return may.Subject == actor.Subject && (may.Issuer == "" || may.Issuer == r.Issuer)
}
