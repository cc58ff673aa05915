package realm_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/password"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
)

// guessing guesses in a realm of its own, at passwords: five from one network,
// fifty from anywhere.
type guessing struct {
	*testing.T
	*realm.Realm
}

func guessingIn(t *testing.T) guessing {
	t.Helper()
	realms, err := realm.New(realm.Options{Bare: true})
	if err != nil {
		t.Fatal(err)
	}
	return guessing{t, realms.Root()}
}

// guess wants a guess to be judged, or to wait for so many minutes.
func (g guessing) guess(guess realm.Guess, verdict realm.Verdict, wait int) {
	g.Helper()
	err := g.SignIns.Judge(g.Context(), guess, func(context.Context, bool) (realm.Verdict, error) { return verdict, nil })
	locked := new(realm.Locked)
	if errors.As(err, &locked) != (wait > 0) || err != nil && !errors.As(err, &locked) || locked.For.Round(time.Minute) != time.Duration(wait)*time.Minute {
		g.Fatalf("%+v: %v, want a wait of %d minutes", guess, err, wait)
	}
}

func from(address string) realm.Guess { return realm.Guess{Name: "ada", Address: address} }

// Wrong guesses from one network count for a quarter of an hour, whichever of
// its addresses they come from.
func TestAttemptsFromNetwork(t *testing.T) {
	for one, same := range map[string]string{"192.0.2.1": "192.0.2.1", "2001:db8::1": "2001:db8::ffff:2"} {
		g := guessingIn(t)
		for range 4 {
			g.guess(from(one), realm.Wrong, 0)
		}
		g.Clock.Advance(5 * time.Minute)
		g.guess(from(same), realm.Wrong, 0)
		g.guess(from(one), realm.Right, 15)
		g.guess(from("192.0.2.2"), realm.Wrong, 0)
		g.guess(realm.Guess{Name: "bob", Address: one}, realm.Wrong, 0)
		g.Clock.Advance(14 * time.Minute)
		g.guess(from(same), realm.Right, 1)
		g.Clock.Advance(time.Minute)
		g.guess(from(same), realm.Right, 0)
	}
}

// A right guess after four wrong ones forgets them.
func TestAttemptsRight(t *testing.T) {
	g := guessingIn(t)
	for range 3 {
		for range 4 {
			g.guess(from("192.0.2.1"), realm.Wrong, 0)
		}
		g.guess(from("192.0.2.1"), realm.Right, 0)
	}
}

// What fails for another reason counts for nothing.
func TestAttemptsUnjudged(t *testing.T) {
	g := guessingIn(t)
	for range 60 {
		g.guess(from("192.0.2.1"), realm.Unjudged, 0)
	}
}

// Strangers use up what all strangers have, and neither that of a network from
// which the secret was proven nor that of a device.
func TestAttemptsOfStrangers(t *testing.T) {
	g := guessingIn(t)
	g.guess(from("192.0.2.1"), realm.Right, 0)
	device, err := g.SignIns.NewDevice(t.Context(), "ada")
	if err != nil {
		t.Fatal(err)
	}
	for i := range 50 {
		g.guess(from(fmt.Sprintf("198.51.100.%d", i)), realm.Wrong, 0)
	}
	g.guess(from("198.51.100.99"), realm.Right, 15)
	g.guess(from("192.0.2.1"), realm.Right, 0)
	known := realm.Guess{Name: "ada", Address: "198.51.100.1", Device: device}
	g.guess(known, realm.Right, 0)
	// The device is that of this name alone, and has as few guesses as a network.
	g.guess(realm.Guess{Name: "ada", Address: "198.51.100.98", Device: "made up"}, realm.Right, 15)
	for range 5 {
		g.guess(known, realm.Wrong, 0)
	}
	g.guess(known, realm.Right, 15)
	g.Clock.Advance(realm.KnownFor + time.Minute)
	for i := range 50 {
		g.guess(from(fmt.Sprintf("198.51.100.%d", i)), realm.Wrong, 0)
	}
	g.guess(from("192.0.2.1"), realm.Right, 15)
	g.guess(known, realm.Right, 15)
}

// A client and a user of one name have nothing to do with each other.
func TestAttemptsOfOneKind(t *testing.T) {
	g := guessingIn(t)
	for range 5 {
		g.guess(from("192.0.2.1"), realm.Wrong, 0)
	}
	judged := false
	err := g.ClientGuesses.Judge(t.Context(), from("192.0.2.1"), func(context.Context, bool) (realm.Verdict, error) {
		judged = true
		return realm.Right, nil
	})
	if err != nil || !judged {
		t.Errorf("a client was locked with the user of its name: %v", err)
	}
}

// Of many guesses at once no more are wrong than there may be, and none of many
// right ones is refused.
func TestAttemptsAtOnce(t *testing.T) {
	for name, test := range map[string]struct {
		verdict realm.Verdict
		judged  int32
	}{"wrong": {realm.Wrong, 5}, "right": {realm.Right, 200}} {
		t.Run(name, func(t *testing.T) {
			g := guessingIn(t)
			var judged atomic.Int32
			var group sync.WaitGroup
			for range 200 {
				group.Go(func() {
					err := g.SignIns.Judge(t.Context(), from("192.0.2.1"), func(context.Context, bool) (realm.Verdict, error) {
						judged.Add(1)
						return test.verdict, nil
					})
					if locked := new(realm.Locked); err != nil && !errors.As(err, &locked) {
						t.Error(err)
					}
				})
			}
			group.Wait()
			if judged.Load() != test.judged {
				t.Errorf("%d guesses were judged, want %d", judged.Load(), test.judged)
			}
		})
	}
}

// A guess that cannot be counted is not answered.
func TestAttemptsWithoutStore(t *testing.T) {
	g := guessingIn(t)
	err := g.SignIns.Judge(t.Context(), from("192.0.2.1"), func(context.Context, bool) (realm.Verdict, error) {
		g.SetPolicy(realm.Policy{StoreDown: true})
		return realm.Right, nil
	})
	if !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("%v, want ErrUnavailable", err)
	}
}

// The demo user's password is the documented one.
func TestDemoPassword(t *testing.T) {
	realms, err := realm.New(realm.Options{Policy: realm.Policy{Documented: true}})
	if err != nil {
		t.Fatal(err)
	}
	user, err := realms.Root().Store().UserByName(t.Context(), "demo-user")
	if err != nil {
		t.Fatal(err)
	}
	if ok, err := password.Matches(t.Context(), password.Asker{}, realm.DemoPassword, user.PasswordHash); !ok || err != nil {
		t.Errorf("%s is not the demo user's password (%v)", realm.DemoPassword, err)
	}
}
