package authserver

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"time"

	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/wire"
)

// A secret that this server made cannot be guessed; one that somebody brought
// along can. From one address few guesses are judged, and in all a few more,
// so that nobody can lock a client out from afar with a handful.
const (
	secretGuessesFromAddress = 10
	secretGuessesForClient   = 100
)

// guesses are what an attempt to authenticate is counted by.
type guesses struct{ here, anywhere string }

// guessesAt is empty where nothing is presented that could be guessed.
func guessesAt(ctx context.Context, p presented) guesses {
	if p.secret == "" && p.assertion == nil {
		return guesses{}
	}
	host, _, _ := net.SplitHostPort(wire.FromContext(ctx).RemoteAddr)
	if realm.From(ctx).Faults().Has(fault.GuessingLocksEverybody) {
		return guesses{here: host, anywhere: host}
	}
	return guesses{here: p.id + "\n" + host, anywhere: p.id}
}

// wait is how long nothing more is judged.
func (g guesses) wait(r *realm.Realm) time.Duration {
	if g.here == "" || r.Faults().Has(fault.ClientGuessingUnlimited) {
		return 0
	}
	now := r.Clock.Now()
	return max(r.ClientGuesses.Wait(g.here, secretGuessesFromAddress, now), r.ClientGuesses.Wait(g.anywhere, secretGuessesForClient, now))
}

// remember counts a wrong guess, and forgets those from here after a right one.
func (g guesses) remember(r *realm.Realm, err error) {
	refused := new(wire.Error)
	switch {
	case g.here == "":
	case err == nil:
		r.ClientGuesses.Right(g.here)
	case errors.As(err, &refused) && refused.Code == "invalid_client":
		r.ClientGuesses.Wrong(g.here, r.Clock.Now())
		r.ClientGuesses.Wrong(g.anywhere, r.Clock.Now())
	}
}

// tooManyGuesses slows guessing down, for clients that exist and for others
// (RFC 6749 section 2.3.1, https://www.rfc-editor.org/rfc/rfc6749#section-2.3.1).
func tooManyGuesses(wait time.Duration) *wire.Error {
	return &wire.Error{Status: http.StatusTooManyRequests, Code: "temporarily_unavailable", RetryAfter: wait,
		Description: fmt.Sprintf("there were too many wrong secrets; try again in %d minutes", int(wait.Minutes())+1)}
}
