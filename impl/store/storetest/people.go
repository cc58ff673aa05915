package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

func userByName(t *testing.T, s store.Store) {
	ctx := context.Background()
	must(t, s.PutUser(ctx, store.User{ID: "u", Username: "ada", PasswordHash: "hash"}))
	if user, err := s.UserByName(ctx, "ada"); err != nil || user.ID != "u" || user.PasswordHash != "hash" {
		t.Fatalf("got %+v, %v", user, err)
	}
	must(t, s.PutUser(ctx, store.User{ID: "a", Username: "bob"}))
	if users, err := s.Users(ctx); err != nil || len(users) != 2 || users[0].ID != "u" || users[1].Username != "bob" {
		t.Fatalf("the users are %+v, %v; want ada, bob", users, err)
	}
	for _, name := range []string{"Ada", "", "u"} {
		if _, err := s.UserByName(ctx, name); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("the name %q: %v, want ErrNotFound", name, err)
		}
	}
}

func grantsOfUser(t *testing.T, s store.Store) {
	ctx := context.Background()
	begin, later := time.Unix(1000, 0), time.Unix(9000, 0)
	for i, grant := range []store.Grant{{ID: "old", UserID: "u"}, {ID: "new", UserID: "u"}, {ID: "other", UserID: "v"}, {ID: "revoked", UserID: "u"}} {
		grant.CreatedAt, grant.ExpiresAt = begin.Add(time.Duration(i)*time.Hour), later
		must(t, s.PutGrant(ctx, grant))
	}
	must(t, s.RevokeGrant(ctx, "revoked"))
	grants, err := s.GrantsOf(ctx, "u")
	if err != nil || len(grants) != 2 || grants[0].ID != "new" || grants[1].ID != "old" || !grants[1].CreatedAt.Equal(begin) {
		t.Fatalf("got %+v, %v; want new, old", grants, err)
	}
}

func sessionReplaced(t *testing.T, s store.Store) {
	ctx := context.Background()
	hash, until := token.HashOf("session"), time.Unix(1000, 0)
	if _, err := s.Session(ctx, hash); !errors.Is(err, store.ErrNotFound) {
		t.Fatalf("an unknown session: %v, want ErrNotFound", err)
	}
	for _, data := range []string{"first", "second\x00\xff"} {
		must(t, s.PutSession(ctx, store.Session{Hash: hash, Data: []byte(data), ExpiresAt: until}))
		if found, err := s.Session(ctx, hash); err != nil || string(found.Data) != data || !found.ExpiresAt.Equal(until) {
			t.Fatalf("got %+v, %v; want %q", found, err, data)
		}
	}
	must(t, s.DeleteSession(ctx, hash))
	must(t, s.DeleteSession(ctx, hash))
	if _, err := s.Session(ctx, hash); !errors.Is(err, store.ErrNotFound) {
		t.Fatalf("a deleted session: %v, want ErrNotFound", err)
	}
	must(t, s.PutSession(ctx, store.Session{Hash: hash, ExpiresAt: until}))
	must(t, s.Sweep(ctx, until.Add(time.Second)))
	if _, err := s.Session(ctx, hash); !errors.Is(err, store.ErrNotFound) {
		t.Fatalf("a session that expired: %v, want ErrNotFound", err)
	}
}

func consentReplaced(t *testing.T, s store.Store) {
	ctx := context.Background()
	given := time.Unix(1000, 0)
	for _, scope := range []token.Scope{{"a"}, {"a", "b"}} {
		must(t, s.PutConsent(ctx, store.Consent{UserID: "u", ClientID: "c", Scope: scope, GivenAt: given}))
		if found, err := s.Consent(ctx, "u", "c"); err != nil || found.Scope.String() != scope.String() || !found.GivenAt.Equal(given) {
			t.Fatalf("got %+v, %v; want %v", found, err, scope)
		}
	}
	must(t, s.DeleteConsent(ctx, "u", "c"))
	must(t, s.DeleteConsent(ctx, "u", "c"))
	for _, key := range [][2]string{{"u", "c"}, {"u", "d"}, {"v", "c"}} {
		if _, err := s.Consent(ctx, key[0], key[1]); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("the consent of %v: %v, want ErrNotFound", key, err)
		}
	}
}
