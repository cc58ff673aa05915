package authserver

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/wire"
)

// guess is a secret that somebody presents as a client's. One that this server
// made cannot be guessed; one that somebody brought along can.
type guess struct{ id, address string }

// guessOf is empty where nothing is presented that could be guessed.
func guessOf(ctx context.Context, p presented) guess {
	address := audit.About(ctx).Address
	switch {
	case p.secret == "" && p.assertion == nil:
		return guess{}
	case realm.From(ctx).Faults().Has(fault.GuessingLocksEverybody):
		return guess{"everybody", address}
	}
	return guess{p.id, address}
}

// wait is how long nothing more is judged.
func (g guess) wait(r *realm.Realm) time.Duration {
	if g == (guess{}) || r.Faults().Has(fault.ClientGuessingUnlimited) {
		return 0
	}
	return r.ClientGuesses.Wait(g.id, g.address, r.Clock.Now())
}

// remember counts a wrong guess, and forgets those from here after a right one.
func (g guess) remember(r *realm.Realm, err error) {
	refused := new(wire.Error)
	switch {
	case g == (guess{}):
	case err == nil:
		r.ClientGuesses.Right(g.id, g.address)
	case errors.As(err, &refused) && refused.Code == "invalid_client":
		r.ClientGuesses.Wrong(g.id, g.address, r.Clock.Now())
	}
}

// tooManyGuesses slows guessing down, for clients that exist and for others
// (RFC 6749 section 2.3.1, https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1).
func tooManyGuesses(wait time.Duration) *wire.Error {
	return wire.TooManyRequests(wait, fmt.Sprintf("there were too many wrong secrets; try again in %d minutes", int(wait.Minutes())+1))
}
