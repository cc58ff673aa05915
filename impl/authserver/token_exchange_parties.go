package authserver

import (
	"context"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// maxActors is how many may act one after the other for the same subject: a
// chain ends, and so does a circle.
const maxActors = 4

// laxity is what a faulty server does not look at in a token; the zero value
// looks at all.
type laxity struct {
	unverified, expired, over bool
}

// valid tells whether a token is an access token of this issuer, live and not
// revoked (RFC 8693 section 2.1,
// https://www.rfc-editor.org/rfc/rfc8693#section-2.1).
func valid(ctx context.Context, r *realm.Realm, raw string, lax laxity) (token.Access, bool, error) {
	now := r.Clock.Now
	if lax.expired {
		now = func() time.Time { return time.Unix(0, 0) }
	}
	access, err := r.Keys.Own(raw, now)
	if err != nil && lax.unverified {
		access, err = token.Believe(raw)
	}
	if err != nil {
		return token.Access{}, false, nil
	}
	ended, err := ended(ctx, r, access)
	return access, err == nil && (!ended || lax.over), err
}

// subjectToken verifies the token for whose subject the client wants to act.
func subjectToken(ctx context.Context, r *realm.Realm, client store.Client, raw string) (token.Access, error) {
	faults := r.Faults()
	subject, sound, err := valid(ctx, r, raw, laxity{
		unverified: faults.Has(faultname.SubjectTokenNotVerified), expired: faults.Has(faultname.ExpiredSubjectTokenExchanged),
		over: faults.Has(faultname.RevokedSubjectTokenExchanged),
	})
	if err != nil {
		return subject, err
	}
	if id := token.GrantOf(subject); id != "" {
		audit.About(ctx).GrantID, audit.About(ctx).UserID = id, subject.Subject
	}
	switch {
	case !sound && faults.Has(faultname.BadSubjectTokenMisreported):
		return subject, invalidGrant("the subject token is not valid")
	// What is wrong with it, the client does not learn; and it is no
	// invalid_grant (RFC 8693 section 2.2.2,
	// https://www.rfc-editor.org/rfc/rfc8693#section-2.2.2).
	case !sound:
		return subject, wire.InvalidRequest("the subject token is not valid")
	// A client exchanges what was sent to the resource that it serves: a token
	// that it found elsewhere was not given to it (RFC 8693 section 2.1,
	// https://www.rfc-editor.org/rfc/rfc8693#section-2.1).
	case !client.ServesAny(subject.Audience) && !faults.Has(faultname.TokenOfOthersExchanged):
		return subject, wire.InvalidRequest("the subject token is not meant for a resource that this client serves")
	}
	return subject, nil
}

// actorFor is who will act for the subject: the client, or the one whose token
// it presents. Those who acted before follow (RFC 8693 section 4.1,
// https://www.rfc-editor.org/rfc/rfc8693#section-4.1).
func actorFor(ctx context.Context, r *realm.Realm, client store.Client, request oauthRequest, subject token.Access) (*token.Actor, error) {
	faults, actor := r.Faults(), &token.Actor{Subject: client.ID, Before: subject.Actor}
	if request.ActorToken != nil {
		acting, err := actorToken(ctx, r, client, *request.ActorToken)
		if err != nil {
			return nil, err
		}
		actor.Subject = acting.Subject
	}
	// Where the subject token names who may act, nobody else may (RFC 8693 section
	// 4.4, https://www.rfc-editor.org/rfc/rfc8693#section-4.4).
	if may := subject.MayAct; may != nil && !same(r, *may, *actor) && !faults.Has(faultname.MayActIgnored) {
		return nil, wire.InvalidRequest("the may_act of the subject token names another actor")
	}
	if actor.Length() > maxActors {
		return nil, wire.InvalidRequest("too many have acted for this subject one after the other")
	}
	switch {
	case faults.Has(faultname.EarlierActorsForgotten):
		actor.Before = nil
	case faults.Has(faultname.ActorsInReverse):
		actor = reversed(actor)
	}
	return actor, nil
}

// actorToken verifies the token of a client that is to act: its own one, for
// itself, which the client that presents it holds rightly.
func actorToken(ctx context.Context, r *realm.Realm, client store.Client, raw string) (token.Access, error) {
	faults := r.Faults()
	acting, sound, err := valid(ctx, r, raw, laxity{unverified: faults.Has(faultname.ActorTokenNotVerified)})
	switch {
	case err != nil:
		return acting, err
	case !sound && faults.Has(faultname.BadActorTokenMisreported):
		return acting, invalidGrant("the actor token is not valid")
	case !sound || !acting.ForClient():
		return acting, wire.InvalidRequest("the actor token is not a valid one that a client has for itself")
	case acting.ClientID != client.ID && !client.ServesAny(acting.Audience) && !faults.Has(faultname.ActorTokenOfOthersAccepted):
		return acting, wire.InvalidRequest("the actor token is neither this client's nor meant for a resource that it serves")
	}
	return acting, nil
}

// same tells whether two claims name one actor of this issuer.
func same(r *realm.Realm, may, actor token.Actor) bool {
	return may.Subject == actor.Subject && (may.Issuer == "" || may.Issuer == r.Issuer)
}

// reversed is a chain of actors the wrong way round.
func reversed(actor *token.Actor) *token.Actor {
	var first *token.Actor
	for ; actor != nil; actor = actor.Before {
		first = &token.Actor{Subject: actor.Subject, Before: first}
	}
	return first
}

// misstate changes the claims of an exchanged token as faults have it.
func misstate(claims jwt.MapClaims, access token.Access, faults faultname.Set) {
	if faults.Has(faultname.ExchangedScopeAsList) {
		claims["scope"] = access.Scope
	}
	if faults.Has(faultname.ActorWithExpiry) {
		claims["act"] = map[string]any{"sub": access.Actor.Subject, "exp": access.Expires.Unix()}
	}
}
