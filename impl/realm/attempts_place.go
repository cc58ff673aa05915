package realm

import (
	"context"
	"time"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/turns"
)

// place is one place that a guess holds while it is judged: in the store, for
// all replicas, and in the line of this process, so that no crowd of guesses
// asks the store again and again.
type place struct {
	store.Attempt
	reserved store.Reserved
	leave    func()
}

type places []place

func (p places) leave() {
	for _, one := range p {
		one.leave()
	}
}

// take adds a place under key to those that a guess holds already, or gives
// these back.
func (a *Attempts) take(ctx context.Context, held places, key token.Hash, line *turns.Line) (places, error) {
	leave, err := line.Take(ctx, string(key[:]))
	if err == nil {
		var taken place
		if taken, err = a.wait(ctx, store.Attempt{Key: key, Most: line.AtOnce, Lease: a.judging + settling}); err == nil {
			taken.leave = leave
			return append(held, taken), nil
		}
		leave()
	}
	defer held.leave()
	if unsettled := a.settle(ctx, held, Unjudged); unsettled != nil {
		return nil, unsettled
	}
	return nil, err
}

// wait reserves an attempt as soon as another replica gives a place back. Where
// wrong guesses hold all places it is Locked at once.
func (a *Attempts) wait(ctx context.Context, attempt store.Attempt) (place, error) {
	for {
		attempt.At = a.realm.Clock.Now()
		reserved, err := a.realm.Store().Reserve(ctx, attempt)
		switch {
		case err != nil, reserved.Allowed:
			return place{Attempt: attempt, reserved: reserved}, err
		case reserved.Wrong >= attempt.Most:
			return place{}, &Locked{For: reserved.WrongUntil.Sub(attempt.At)}
		}
		select {
		case <-ctx.Done():
			return place{}, ctx.Err()
		case <-time.After(pollEvery):
		}
	}
}
