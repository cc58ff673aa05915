package authserver

import (
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"time"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// interactionLifetime is how long an authorization request waits for a person.
const interactionLifetime = 30 * time.Minute

// interaction is an authorization request that waits for a person. The pages
// name it by an id that nobody can guess; what was asked for is never read
// from a form again.
type interaction struct {
	Request  authserver.AuthorizationRequest
	Refused  *wire.Error // What was wrong with it before it was judged.
	SignedIn bool        // The person signed in after it came.
	Session  string      // The session that may decide about it.

	id string
}

func interactionHash(id string) token.Hash { return token.HashOf("request " + id) }

// keep remembers an interaction and gives it an id, if it has none yet.
func (i *interaction) keep(ctx context.Context) error {
	if i.id == "" {
		i.id = token.NewSecret()
	}
	data, err := json.Marshal(i)
	if err != nil {
		return err
	}
	r := realm.From(ctx)
	return r.Store().PutSession(ctx, store.Session{
		Hash: interactionHash(i.id), Data: data, ExpiresAt: r.Clock.Now().Add(interactionLifetime),
	})
}

// waiting finds the interaction with an id. What is unknown, expired or
// answered is a page, not an error of ours.
func waiting(ctx context.Context, id string) (interaction, error) {
	r := realm.From(ctx)
	found, err := r.Store().Session(ctx, interactionHash(id))
	if errors.Is(err, store.ErrNotFound) || err == nil && !r.Clock.Now().Before(found.ExpiresAt) {
		return interaction{}, gone()
	}
	if err != nil {
		return interaction{}, err
	}
	i := interaction{id: id}
	if err := json.Unmarshal(found.Data, &i); err != nil {
		return interaction{}, err
	}
	return i, nil
}

// finish lets an interaction be answered once, of two who try at once too.
func (i *interaction) finish(ctx context.Context) error {
	r := realm.From(ctx)
	if r.Faults().Has(fault.ConsentFormReusable) {
		return nil
	}
	err := r.Store().Mark(ctx, "answered "+i.id, r.Clock.Now().Add(interactionLifetime))
	if errors.Is(err, store.ErrUsed) {
		return gone()
	}
	if err != nil {
		return err
	}
	return r.Store().DeleteSession(ctx, interactionHash(i.id))
}

// turnTo sends the person to a page of ours, on which the request waits.
func (i *interaction) turnTo(ctx context.Context, path string) (response, error) {
	if err := i.keep(ctx); err != nil {
		return nil, err
	}
	return ownPage(ctx, path+"?"+url.Values{"request": {i.id}}.Encode()), nil
}

// ownPage sends the person to a page of ours.
func ownPage(ctx context.Context, path string) response {
	return redirect{basePath(realm.From(ctx).Issuer) + path}
}
