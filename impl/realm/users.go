package realm

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/password"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// shortestPassword is the least length of a password that is all that somebody
// proves who they are with, in characters (NIST SP 800-63B-4 section 3.1.1.2,
// https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver).
const shortestPassword = 15

const longestName = 128 // Bytes.

// AddUser remembers a user, who signs in with a name and a password.
func AddUser(ctx context.Context, s store.Store, user store.User, secret string, now time.Time) (store.User, error) {
	if err := checkName(user.Username); err != nil {
		return user, err
	}
	if _, err := s.UserByName(ctx, user.Username); err == nil {
		return user, fmt.Errorf("there is a user %s already", user.Username)
	} else if !errors.Is(err, store.ErrNotFound) {
		return user, err
	}
	user.ID = "user-" + token.NewID()
	if err := givePassword(ctx, &user, secret, now); err != nil {
		return user, err
	}
	return user, change(ctx, s, audit.UserAdded, user.ID, now, s.PutUser(ctx, user))
}

// SetPassword gives a user another password; sessions from before are over.
func SetPassword(ctx context.Context, s store.Store, name, secret string, now time.Time) error {
	user, err := userNamed(ctx, s, name)
	if err != nil {
		return err
	}
	if err := givePassword(ctx, &user, secret, now); err != nil {
		return err
	}
	return change(ctx, s, audit.PasswordChanged, user.ID, now, s.PutUser(ctx, user))
}

// RemoveUser forgets a user, and ends all that was granted.
func RemoveUser(ctx context.Context, s store.Store, name string, now time.Time) error {
	user, err := userNamed(ctx, s, name)
	if err != nil {
		return err
	}
	return change(ctx, s, audit.UserRemoved, user.ID, now, s.DeleteUser(ctx, user.ID))
}

// change keeps record of what a command did to a user, if it did.
func change(ctx context.Context, s store.Store, name, userID string, now time.Time, err error) error {
	if err != nil {
		return err
	}
	event := audit.ByCommand(name, "", now)
	event.UserID = userID
	return s.PutEvents(ctx, []store.Event{event})
}

func userNamed(ctx context.Context, s store.Store, name string) (store.User, error) {
	user, err := s.UserByName(ctx, name)
	if errors.Is(err, store.ErrNotFound) {
		return user, fmt.Errorf("there is no user %s", name)
	}
	return user, err
}

func givePassword(ctx context.Context, user *store.User, secret string, now time.Time) (err error) {
	if n := utf8.RuneCountInString(secret); n < shortestPassword || len(secret) > password.Longest {
		return fmt.Errorf("the password has %d characters; use %d at least, and %d bytes at most", n, shortestPassword, password.Longest)
	}
	user.PasswordHash, err = password.Hash(ctx, secret)
	user.PasswordAt = now
	return err
}

func checkName(name string) error {
	odd := !utf8.ValidString(name) || strings.ContainsFunc(name, func(c rune) bool { return !unicode.IsPrint(c) }) || strings.TrimSpace(name) != name
	if odd || name == "" || len(name) > longestName {
		return fmt.Errorf("%q cannot be the name of a user: use up to %d bytes that can be printed, without spaces around them", name, longestName)
	}
	return nil
}
