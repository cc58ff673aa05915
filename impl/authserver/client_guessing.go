package authserver

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/fault/faultname"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// guessOf is what a client presents that could be guessed, if anything. A signature
// cannot: strangers who send wrong ones lock no client out that signs.
func guessOf(ctx context.Context, p presented) (guess realm.Guess, presents bool) {
	guess = realm.Guess{Name: p.id, Address: audit.About(ctx).Address}
	if realm.From(ctx).Faults().Has(faultname.GuessingLocksEverybody) {
		guess.Name = "everybody"
	}
	return guess, p.secret != "" || p.assertion != nil && strings.HasPrefix(p.assertion.algorithm, "HS")
}

// judged finds the client and checks what it presents, within the limits of
// guessing (RFC 6749 section 2.3.1,
// https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1).
func judged(ctx context.Context, r *realm.Realm, p presented) (client store.Client, err error) {
	guess, presents := guessOf(ctx, p)
	if !presents || r.Faults().Has(faultname.ClientGuessingUnlimited) {
		return proven(ctx, r, p)
	}
	err = r.ClientGuesses.Judge(ctx, guess, func(ctx context.Context, _ bool) (realm.Verdict, error) {
		client, err = proven(ctx, r, p)
		return verdictOf(err), err
	})
	locked := new(realm.Locked)
	switch {
	case errors.As(err, &locked):
		return store.Client{}, tooManyGuesses(locked.For)
	case errors.Is(err, realm.ErrBusy):
		return store.Client{}, wire.Unavailable()
	}
	return client, err
}

func verdictOf(err error) realm.Verdict {
	refused := new(wire.Error)
	switch {
	case err == nil:
		return realm.Right
	case errors.As(err, &refused) && refused.Code == "invalid_client":
		return realm.Wrong
	}
	return realm.Unjudged
}

// tooManyGuesses slows guessing down, for clients that exist and for others.
func tooManyGuesses(wait time.Duration) *wire.Error {
	return wire.TooManyRequests(wait, fmt.Sprintf("there were too many wrong secrets; try again in %d minutes", minutes(wait)))
}

// minutes are those that a wait lasts, begun ones included.
func minutes(wait time.Duration) int { return int(math.Ceil(wait.Minutes())) }
