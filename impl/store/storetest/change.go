package storetest

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/grantproof/grantproof/impl/store"
)

// changedInOneStep: of many changes at once none is lost, one that fails changes
// nothing, and none brings back what was deleted.
func changedInOneStep(t *testing.T, s store.Store) {
	ctx := context.Background()
	must(t, s.PutClient(ctx, store.Client{ID: "c", AuthMethod: "none"}))
	must(t, s.PutUser(ctx, store.User{ID: "u", Username: "ada", PasswordHash: "hash"}))
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() {
			err := errors.Join(
				s.ChangeClient(ctx, "c", func(c *store.Client) error {
					c.Contacts = append(c.Contacts, fmt.Sprint(i))
					return nil
				}),
				s.ChangeUser(ctx, "u", func(u *store.User) error {
					u.Email += "x"
					return nil
				}))
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
	failed := errors.New("failed")
	if err := s.ChangeUser(ctx, "u", func(u *store.User) error { u.Email = ""; return failed }); !errors.Is(err, failed) {
		t.Errorf("a change that fails: %v", err)
	}
	client, clientErr := s.Client(ctx, "c")
	user, userErr := s.UserByName(ctx, "ada")
	if err := errors.Join(clientErr, userErr); err != nil || len(client.Contacts) != 20 || len(user.Email) != 20 || user.PasswordHash != "hash" || client.AuthMethod != "none" {
		t.Errorf("after twenty changes at once: %+v, %+v, %v", client, user, err)
	}
	must(t, errors.Join(s.DeleteClient(ctx, "c"), s.DeleteUser(ctx, "u")))
	for id, err := range map[string]error{
		"client": s.ChangeClient(ctx, "c", func(*store.Client) error { return nil }),
		"user":   s.ChangeUser(ctx, "u", func(*store.User) error { return nil }),
		"text":   s.ChangeUser(ctx, "a\x00b", func(*store.User) error { return nil }),
	} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("a change of a deleted %s: %v, want ErrNotFound", id, err)
		}
	}
	if _, err := s.Client(ctx, "c"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a deleted client after a change: %v", err)
	}
}
