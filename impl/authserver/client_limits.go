package authserver

import (
	"context"
	"time"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// How many wrong secrets are judged within a minute: for one client from one
// address, and for one client from anywhere.
const (
	secretsFromAddress = 20
	secretsForClient   = 200
)

// authenticate finds the client that sent the request, within the limits. A
// client that proves who it is is counted for itself, and everybody else for
// the address, so that strangers use up nothing of a client's.
func authenticate(ctx context.Context, id, secret *string) (store.Client, error) {
	r := realm.From(ctx)
	address := ofAddress(ctx, r)
	if refused := address.exceeded(ctx, r); refused != nil {
		return store.Client{}, refused
	}
	client, err := identify(ctx, id, secret)
	if err != nil {
		address.count(r)
		event := audit.ClientFailed
		if asksToWait(err) {
			event = audit.ClientLocked
		}
		r.Audit.Tell(ctx, event, audit.Reason(err))
		return store.Client{}, err
	}
	mine := address
	if client.Confidential() {
		mine = ofClient(ctx, r, client)
		if refused := mine.exceeded(ctx, r); refused != nil {
			return store.Client{}, refused
		}
	}
	mine.count(r)
	return client, nil
}

// guess is a secret that somebody presents, by what it is counted by, with the
// limits; nil is none.
type guess map[string]int

// guessed: a secret can be guessed, an id and a signature cannot. A client that
// nobody knows is treated as one with a secret, so that nobody learns which is
// which.
func guessed(ctx context.Context, credentials presented, client store.Client) guess {
	known := client.ID != ""
	if credentials.secret == "" && credentials.assertion == nil || known && client.Secret == nil {
		return nil
	}
	return guess{
		"from " + audit.About(ctx).Address + " " + credentials.id: secretsFromAddress,
		"to " + credentials.id: secretsForClient,
	}
}

// mustWait stops guessing for a while, whether this guess is right or not (RFC
// 6749 section 2.3.1, https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1).
func (g guess) mustWait(r *realm.Realm) *wire.Error {
	now := r.Clock.Now()
	for key, limit := range g {
		if wait := r.Secrets.Wait(key, limit, now); wait > 0 && !r.Faults().Has(fault.SecretGuessingUnlimited) {
			return wire.TooManyRequests(wait, "there were too many wrong client secrets; try again later")
		}
	}
	return nil
}

func (g guess) wrong(r *realm.Realm) {
	now := r.Clock.Now()
	for key := range g {
		r.Secrets.Wrong(key, now)
	}
}

// counted is somebody whose requests are counted; without a limit nobody is.
type counted struct {
	name      string
	perSecond int
}

// ofAddress counts for the address of the request.
func ofAddress(ctx context.Context, r *realm.Realm) counted {
	rates, address := r.Policy().Rates, audit.About(ctx).Address
	if rates.Address == 0 || rates.SpareLoopback && isLoopback(address) {
		return counted{}
	}
	return counted{"address " + wire.Network(address), rates.Address}
}

// ofClient counts for a client that proved who it is.
func ofClient(ctx context.Context, r *realm.Realm, client store.Client) counted {
	rates := r.Policy().Rates
	if rates.Client == 0 || rates.SpareLoopback && isLoopback(audit.About(ctx).Address) {
		return counted{}
	}
	return counted{"client " + client.ID, rates.Client}
}

// exceeded asks to wait where all of the limit is used up, and keeps record of
// that now and then, as whoever floods the server is not to flood the record.
func (c counted) exceeded(ctx context.Context, r *realm.Realm) *wire.Error {
	now := r.Clock.Now()
	wait := r.Requests.Wait(c.name, c.perSecond, now)
	if wait == 0 || r.Faults().Has(fault.RequestsUnlimited) {
		return nil
	}
	refused := wire.TooManyRequests(wait.Round(time.Millisecond), "too many requests; try again later")
	if r.Requests.Notable(c.name, c.perSecond, now) {
		r.Audit.Tell(ctx, audit.RequestLimited, refused.Code)
	}
	return refused
}

func (c counted) count(r *realm.Realm) { r.Requests.Count(c.name, c.perSecond, r.Clock.Now()) }
