package realm_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/password"
	"github.com/grantproof/grantproof/impl/realm"
)

func TestAttempts(t *testing.T) {
	attempts := realm.Attempts{FromAddress: 3, FromAnywhere: 5}
	now := time.Unix(1000, 0)
	for i := range 3 {
		if wait := attempts.Wait("ada", "192.0.2.1", now); wait != 0 {
			t.Fatalf("after %d wrong guesses one waits %v", i, wait)
		}
		attempts.Wrong("ada", "192.0.2.1", now)
	}
	waits := func(name, address string, after, want time.Duration) {
		t.Helper()
		if wait := attempts.Wait(name, address, now.Add(after)); wait != want {
			t.Errorf("at %s from %s one waits %v, want %v", name, address, wait, want)
		}
	}
	waits("ada", "192.0.2.1", 5*time.Minute, 10*time.Minute)
	waits("ada", "192.0.2.1", 15*time.Minute, 0)
	waits("bob", "192.0.2.1", 0, 0)
	waits("ada", "192.0.2.2", 0, 0)
	for range 2 {
		attempts.Wrong("ada", "192.0.2.2", now)
	}
	waits("ada", "192.0.2.3", 0, 15*time.Minute)
	waits("from 192.0.2.1 ada", "", 0, 0)
}

// Who knows the secret has all guesses again.
func TestAttemptsRight(t *testing.T) {
	attempts := realm.Attempts{FromAddress: 2, FromAnywhere: 100}
	now := time.Unix(1000, 0)
	attempts.Wrong("ada", "192.0.2.1", now)
	attempts.Right("ada", "192.0.2.1")
	attempts.Wrong("ada", "192.0.2.1", now)
	if wait := attempts.Wait("ada", "192.0.2.1", now); wait != 0 {
		t.Errorf("after a right guess and a wrong one it waits %v", wait)
	}
}

// Somebody who makes names up does not fill the memory.
func TestAttemptsAreBounded(t *testing.T) {
	attempts := realm.Attempts{FromAddress: 1, FromAnywhere: 1}
	now := time.Unix(1000, 0)
	for i := range 50_000 {
		attempts.Wrong(strconv.Itoa(i), "192.0.2.1", now)
	}
	if wait := attempts.Wait("49999", "192.0.2.1", now); wait == 0 {
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
