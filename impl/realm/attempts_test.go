package realm_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/password"
	"github.com/grantproof/grantproof/impl/realm"
)

func TestAttempts(t *testing.T) {
	var attempts realm.Attempts
	now := time.Unix(1000, 0)
	for i := range 3 {
		if wait := attempts.Wait("ada", 3, now); wait != 0 {
			t.Fatalf("after %d wrong guesses one waits %v", i, wait)
		}
		attempts.Wrong("ada", now)
	}
	if wait := attempts.Wait("ada", 3, now.Add(5*time.Minute)); wait != 10*time.Minute {
		t.Errorf("five minutes after three wrong guesses one waits %v", wait)
	}
	if wait := attempts.Wait("bob", 3, now); wait != 0 {
		t.Errorf("another one waits %v", wait)
	}
	if wait := attempts.Wait("ada", 3, now.Add(15*time.Minute)); wait != 0 {
		t.Errorf("a quarter of an hour later one waits %v", wait)
	}
	attempts.Right("ada")
	if wait := attempts.Wait("ada", 1, now); wait != 0 {
		t.Errorf("after the right password one waits %v", wait)
	}
}

// Whoever is wrong now and then is not shut out.
func TestAttemptsNowAndThen(t *testing.T) {
	attempts := realm.Attempts{Window: time.Minute}
	for now := time.Unix(1000, 0); now.Before(time.Unix(9000, 0)); now = now.Add(25 * time.Second) {
		if wait := attempts.Wait("ada", 4, now); wait != 0 {
			t.Fatalf("with three wrong guesses a minute one waits %v", wait)
		}
		attempts.Wrong("ada", now)
	}
}

// A name of any length counts as itself.
func TestLongNames(t *testing.T) {
	var attempts realm.Attempts
	long, now := strings.Repeat("x", 60_000), time.Unix(1000, 0)
	attempts.Wrong(long, now)
	if attempts.Wait(long, 1, now) == 0 || attempts.Wait(long+"y", 1, now) != 0 {
		t.Error("a long name is not told from another")
	}
}

// Somebody who makes names up does not fill the memory.
func TestAttemptsAreBounded(t *testing.T) {
	var attempts realm.Attempts
	now := time.Unix(1000, 0)
	for i := range 50_000 {
		attempts.Wrong(strconv.Itoa(i), now)
	}
	if wait := attempts.Wait("49999", 1, now); wait == 0 {
		t.Error("the newest guess is forgotten")
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
	if ok, err := password.Matches(t.Context(), realm.DemoPassword, user.PasswordHash); !ok || err != nil {
		t.Errorf("%s is not the demo user's password (%v)", realm.DemoPassword, err)
	}
}
