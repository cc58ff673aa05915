package authserver

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// ClientGuess is what a client presents that could be guessed, if anything. A signature
// cannot: strangers who send wrong ones lock no client out that signs.
var ClientGuess = rule.New(func(credentials Presented, address string) (guess realm.Guess, presents bool) {
	mac := credentials.Assertion != nil && strings.HasPrefix(credentials.Assertion.Algorithm, "HS")
	return realm.Guess{Name: credentials.ID, Address: address}, credentials.Secret != "" || mac
})

// judged finds the client and checks what it presents, within the limits of
// guessing (RFC 6749 section 2.3.1,
// https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1).
func judged(ctx context.Context, r *realm.Realm, credentials Presented) (client store.Client, err error) {
	guess, presents := ClientGuess.In(r)(credentials, audit.About(ctx).Address)
	if !presents {
		return AuthenticateClient.In(r)(ctx, r, credentials)
	}
	err = r.ClientGuesses.Judge(ctx, guess, func(ctx context.Context, _ bool) (realm.Verdict, error) {
		client, err = AuthenticateClient.In(r)(ctx, r, credentials)
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
