package storetest

import (
	"context"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// attemptsAt are those under one key, of which two may be wrong or in flight.
type attemptsAt struct {
	*testing.T
	store.Store
	store.Attempt
}

func attemptsOf(t *testing.T, s store.Store) attemptsAt {
	return attemptsAt{t, s, store.Attempt{Key: token.HashOf("key"), Most: 2, At: time.Unix(1000, 0), Lease: 10 * time.Second}}
}

// after is the same some time later.
func (a attemptsAt) after(d time.Duration) attemptsAt {
	a.At = a.At.Add(d)
	return a
}

func (a attemptsAt) reserve(allowed bool, wrong int) store.Reserved {
	a.Helper()
	got, err := a.Reserve(context.Background(), a.Attempt)
	if err != nil || got.Allowed != allowed || got.Wrong != wrong {
		a.Fatalf("reserved at %d: %+v, %v; want allowed %v with %d wrong ones", a.At.Unix(), got, err, allowed, wrong)
	}
	return got
}

func (a attemptsAt) wrong(until time.Time) {
	must(a.T, a.Settle(context.Background(), a.Attempt, until))
}

func (a attemptsAt) notWrong() { a.wrong(time.Time{}) }

func attemptsReserved(t *testing.T, s store.Store) {
	a := attemptsOf(t, s)
	a.reserve(true, 0)
	a.reserve(true, 0)
	a.reserve(false, 0)
	a.notWrong() // A right one gives its place back.
	a.reserve(true, 0)
	until := a.At.Add(time.Hour)
	a.wrong(until)
	a.notWrong()
	a.reserve(true, 1)
	a.wrong(until)
	if refused := a.reserve(false, 2); !refused.WrongUntil.Equal(until) {
		t.Errorf("two wrong ones count until %v, want %v", refused.WrongUntil, until)
	}
	a.after(time.Hour).reserve(true, 0)
	other := a
	other.Key = token.HashOf("another key")
	other.reserve(true, 0)
}

// attemptsLeased: an attempt whose process ended is in flight no longer than its
// lease, and one that was wrong after the window counts alone.
func attemptsLeased(t *testing.T, s store.Store) {
	a := attemptsOf(t, s)
	a.reserve(true, 0)
	a.reserve(true, 0)
	a.after(9*time.Second).reserve(false, 0)
	later := a.after(10 * time.Second)
	later.reserve(true, 0)
	later.wrong(later.At.Add(time.Minute))
	later = later.after(time.Minute)
	later.reserve(true, 0)
	later.wrong(later.At.Add(time.Minute))
	later.reserve(true, 1)
}

func attemptsKnown(t *testing.T, s store.Store) {
	a, ctx := attemptsOf(t, s), context.Background()
	if until, err := s.KnownUntil(ctx, a.Key); err != nil || !until.IsZero() {
		t.Errorf("nothing was proven yet, and is known until %v, %v", until, err)
	}
	a.reserve(true, 0)
	a.wrong(a.At.Add(time.Hour))
	until := a.At.Add(24 * time.Hour)
	must(t, s.Know(ctx, a.Key, until))
	if reserved := a.reserve(true, 0); !reserved.KnownUntil.Equal(until) {
		t.Errorf("known until %v, want %v", reserved.KnownUntil, until)
	}
	must(t, s.Sweep(ctx, a.At.Add(2*time.Hour)))
	if found, err := s.KnownUntil(ctx, a.Key); err != nil || !found.Equal(until) {
		t.Errorf("after a sweep known until %v, %v; want %v", found, err, until)
	}
	must(t, s.Sweep(ctx, until.Add(time.Second)))
	if found, err := s.KnownUntil(ctx, a.Key); err != nil || !found.IsZero() {
		t.Errorf("expired, swept, and known until %v, %v", found, err)
	}
}

// attemptsAtOnce: of many at the same time no more are wrong than there may be.
func attemptsAtOnce(t *testing.T, s store.Store) {
	a, ctx := attemptsOf(t, s), context.Background()
	a.Most = 5
	var judged atomic.Int32
	var group sync.WaitGroup
	for range 40 {
		group.Go(func() {
			for range 3 {
				reserved, err := s.Reserve(ctx, a.Attempt)
				if err != nil {
					t.Error(err)
				}
				if reserved.Allowed {
					judged.Add(1)
					if err := s.Settle(ctx, a.Attempt, a.At.Add(time.Hour)); err != nil {
						t.Error(err)
					}
				}
			}
		})
	}
	group.Wait()
	if judged.Load() != 5 {
		t.Errorf("%d attempts were allowed, want 5", judged.Load())
	}
}
