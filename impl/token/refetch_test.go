package token_test

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/grantproof/grantproof/impl/token"
)

// source is something that is fetched slowly: what a fetch brings is what was there
// when it began.
type source struct {
	there, known atomic.Int64
	fetches      atomic.Int64
}

func (s *source) fetch(context.Context) error {
	s.fetches.Add(1)
	found := s.there.Load()
	time.Sleep(200 * time.Millisecond)
	s.known.Store(found)
	return nil
}

func (s *source) knows(what int64) func() bool { return func() bool { return s.known.Load() >= what } }

// All who miss the same share a fetch, and who asks while one runs that began too early
// waits for the one after it.
func TestRefetch(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{}
		again := token.NewRefetch(t.Context(), time.Second, s.fetch)
		var all sync.WaitGroup
		for version := int64(1); version <= 2; version++ {
			s.there.Store(version) // The second while the fetch of the first runs.
			for range 20 {
				all.Go(func() {
					if err := again.Until(t.Context(), s.knows(version)); err != nil || !s.knows(version)() {
						t.Errorf("version %d is not found: %v", version, err)
					}
				})
			}
			time.Sleep(100 * time.Millisecond)
		}
		all.Wait()
		if fetches := s.fetches.Load(); fetches != 2 {
			t.Errorf("%d fetches, want one for each version", fetches)
		}
	})
}

// A fetch that began earlier is enough if it brings what is missed.
func TestRefetchThatRuns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{}
		s.there.Store(1)
		again := token.NewRefetch(t.Context(), time.Second, s.fetch)
		again.Begin()
		time.Sleep(100 * time.Millisecond)
		if err := again.Until(t.Context(), s.knows(1)); err != nil || !s.knows(1)() || s.fetches.Load() != 1 {
			t.Errorf("%v, after %d fetches", err, s.fetches.Load())
		}
	})
}

// However many ask for what is not there, there is one fetch in each interval, and a few
// more at once.
func TestRefetchIsLimited(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := &source{}
		again := token.NewRefetch(t.Context(), time.Second, s.fetch)
		var all sync.WaitGroup
		for range 1000 {
			all.Go(func() { _ = again.Until(t.Context(), s.knows(1)) })
			time.Sleep(10 * time.Millisecond)
		}
		all.Wait()
		if fetches := s.fetches.Load(); fetches > 10+2 || fetches < 10 {
			t.Errorf("%d fetches in 10 seconds, want one a second and 2 more", fetches)
		}
	})
}

// Who hangs up waits no more, and the fetch goes on for the others; the end of the
// owner ends it.
func TestRefetchEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		owner, end := context.WithCancel(t.Context())
		again := token.NewRefetch(owner, time.Second, func(ctx context.Context) error {
			<-ctx.Done()
			return ctx.Err()
		})
		caller, hangUp := context.WithTimeout(t.Context(), time.Second)
		defer hangUp()
		if err := again.Until(caller, func() bool { return false }); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("the caller that hung up got %v", err)
		}
		end()
		if err := again.Until(t.Context(), func() bool { return false }); !errors.Is(err, context.Canceled) {
			t.Errorf("after the end of its owner a fetch gives %v", err)
		}
	})
}
