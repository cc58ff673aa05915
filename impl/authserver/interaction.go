package authserver

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"time"

	"github.com/grantproof/grantproof/generated/authserver"
	"github.com/grantproof/grantproof/impl/audit"
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

// maxInteraction is the most bytes that are kept of one request: maxRequest,
// with each character in two.
const maxInteraction = 2 * maxRequest

var errTooLarge = errors.New("the request is too large to be kept")

// keep remembers an interaction and gives it an id, if it has none yet.
func (i *interaction) keep(ctx context.Context) error {
	if i.id == "" {
		if refused := waitsForPerson(ctx); refused != nil {
			return refused
		}
		i.id = token.NewSecret()
	}
	var data bytes.Buffer
	encoder := json.NewEncoder(&data)
	encoder.SetEscapeHTML(false) // That makes six characters of one.
	if err := encoder.Encode(i); err != nil {
		return err
	}
	if data.Len() > maxInteraction {
		return errTooLarge
	}
	r := realm.From(ctx)
	return r.Store().PutSession(ctx, store.Session{
		Hash: interactionHash(i.id), Data: data.Bytes(), ExpiresAt: r.Clock.Now().Add(interactionLifetime),
	})
}

// waitsForPerson counts what is remembered for a visitor who has not signed in,
// and refuses it where too much from their network waits already. The limit fills
// up again in interactionLifetime, when what waits is forgotten.
func waitsForPerson(ctx context.Context) *wire.Error {
	r, address := realm.From(ctx), audit.About(ctx).Address
	most := r.Policy().Rates.Waiting
	if most == 0 || spared(r, address) {
		return nil
	}
	from, allowed := wire.Network(address), wire.Rate{PerSecond: float64(most) / interactionLifetime.Seconds(), Burst: most}
	if wait := r.Waiting.Take(from, allowed, r.Clock.Now()); wait > 0 {
		return wire.TooManyRequests(wait, "Too many sign-ins from your network wait to be finished. Try again later.")
	}
	return nil
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
	err := i.keep(ctx)
	if errors.Is(err, errTooLarge) {
		return mistake(ctx, tooLong("the request", maxRequest)), nil
	}
	if err != nil {
		return nil, err
	}
	return ownPage(ctx, path+"?"+url.Values{"request": {i.id}}.Encode()), nil
}

// ownPage sends the person to a page of ours.
func ownPage(ctx context.Context, path string) response {
	return redirect{basePath(realm.From(ctx).Issuer) + path}
}
