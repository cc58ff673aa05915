package administration

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/password"
	"github.com/grantproof/grantproof/impl/printable"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// ErrUserExists says that a user name is taken.
var ErrUserExists = errors.New("the user exists already")

// Password gives the password of a user, once everything else is known to be
// right.
type Password func() (string, error)

// WriteUsers writes a line for each user of r.
func WriteUsers(ctx context.Context, out io.Writer, r *realm.Realm) error {
	users, err := r.Store().Users(ctx)
	for _, user := range users {
		fmt.Fprintf(out, "%-24s %-24s %s\n", printable.Line(user.Username), user.ID, printable.Line(user.Email))
	}
	return err
}

// CheckUser refuses a user name or an email address that cannot be shown as it
// is.
func CheckUser(name, email string) error {
	if !printable.IsName(name) || !printable.Is(email) {
		return errors.New("the user name or the email address is empty or has invisible characters; give printable characters only")
	}
	return nil
}

// AddUser adds a user.
func AddUser(ctx context.Context, r *realm.Realm, name, email string, given Password) error {
	if err := CheckUser(name, email); err != nil {
		return err
	}
	_, err := r.Store().UserByName(ctx, name)
	if err == nil {
		return ErrUserExists
	}
	if !errors.Is(err, store.ErrNotFound) {
		return err
	}
	user := store.User{ID: "user-" + token.NewID(), Username: name, Email: email, PasswordAt: time.Now()}
	if user.PasswordHash, err = hash(ctx, given); err != nil {
		return err
	}
	if err := r.Store().PutUser(ctx, user); err != nil {
		return err
	}
	return record(ctx, r, audit.UserAdded, user.ID)
}

// ChangePassword also ends the sessions that began with the password before. What
// else of the user has changed while the password was typed stays.
func ChangePassword(ctx context.Context, r *realm.Realm, name string, given Password) error {
	user, err := userNamed(ctx, r, name)
	if err != nil {
		return err
	}
	hashed, err := hash(ctx, given)
	if err != nil {
		return err
	}
	err = r.Store().ChangeUser(ctx, user.ID, func(now *store.User) error {
		now.PasswordHash, now.PasswordAt = hashed, time.Now()
		return nil
	})
	if err != nil {
		return err
	}
	return record(ctx, r, audit.PasswordChanged, user.ID)
}

// RemoveUser removes a user and ends all access that the user gave to
// applications.
func RemoveUser(ctx context.Context, r *realm.Realm, name string) error {
	user, err := userNamed(ctx, r, name)
	if err != nil {
		return err
	}
	if err := r.Store().DeleteUser(ctx, user.ID); err != nil {
		return err
	}
	return record(ctx, r, audit.UserRemoved, user.ID)
}

func userNamed(ctx context.Context, r *realm.Realm, name string) (store.User, error) {
	user, err := r.Store().UserByName(ctx, name)
	if err != nil {
		return user, fmt.Errorf("the user %q: %w; \"grantproof users list\" shows them", name, err)
	}
	return user, nil
}

func record(ctx context.Context, r *realm.Realm, event, user string) error {
	return audit.ByCommand(ctx, r.Store(), store.Event{Name: event, UserID: user}, time.Now())
}

// minPassword is that of NIST SP 800-63B section 3.1.1.2 for passwords that
// stand alone (https://pages.nist.gov/800-63-4/sp800-63b.html#passwordver).
const minPassword = 15

func hash(ctx context.Context, given Password) (string, error) {
	text, err := given()
	if err != nil {
		return "", err
	}
	if len(text) < minPassword || len(text) > password.Longest {
		return "", fmt.Errorf("a password has %d to %d characters; several words in a row are easy to remember", minPassword, password.Longest)
	}
	return password.Hash(ctx, text)
}
