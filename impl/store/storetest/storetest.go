// Package storetest holds what every store must do, as tests that each engine
// runs.
package storetest

import (
	"bytes"
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// Run tests the store that open returns.
func Run(t *testing.T, open func(t *testing.T) store.Store) {
	tests := map[string]func(*testing.T, store.Store){
		"a client is found by its id":                     clientFound,
		"a client keeps all of its registration":          clientKept,
		"a client that is never used ends":                clientUnused,
		"a deleted client is gone with its grants":        clientDeleted,
		"a code is taken once by twenty at the same time": codeTakenOnce,
		"a refresh token is taken once and stays known":   refreshTokenTaken,
		"a revoked grant stays revoked":                   grantRevoked,
		"a name is marked once by twenty at once":         markedOnce,
		"what expired is swept, and nothing else":         swept,
		"tasks come oldest first and only of the users":   tasksOfUsers,
		"a deleted task is gone":                          taskDeleted,
		"what is handed out is a copy":                    userIsCopy,
		"a code that is put again is fresh":               codePutAgain,
		"what was stored is read as it was":               readAsItWas,
		"tasks are counted and no id comes twice":         tasksCounted,
		"of twenty first keys one is kept":                keyKeptOnce,
		"nothing is found by what is no text":             noText,
		"a user is found by the exact name":               userByName,
		"a user's live grants come newest first":          grantsOfUser,
		"a session is replaced, deleted and swept":        sessionReplaced,
		"a consent is replaced and deleted":               consentReplaced,
		"a deleted user is gone with consents and grants": userDeleted,
		"events come oldest first and are swept":          eventsKept,
		"an attempt is in flight, and then wrong or not":  attemptsReserved,
		"an attempt that nobody settles ends":             attemptsLeased,
		"what was proven is known until it expires":       attemptsKnown,
		"of many attempts at once a few are allowed":      attemptsAtOnce,
		"a change is one step and brings nothing back":    changedInOneStep,
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) { test(t, open(t)) })
	}
}

func clientFound(t *testing.T, s store.Store) {
	ctx := context.Background()
	if _, err := s.Client(ctx, "a"); !errors.Is(err, store.ErrNotFound) {
		t.Fatalf("an unknown client: %v, want ErrNotFound", err)
	}
	must(t, s.PutClient(ctx, store.Client{ID: "b"}))
	must(t, s.PutClient(ctx, store.Client{ID: "a", GrantTypes: []string{"client_credentials"}}))
	client, err := s.Client(ctx, "a")
	if err != nil || len(client.GrantTypes) != 1 {
		t.Fatalf("got %+v, %v", client, err)
	}
	keys := store.Client{ID: "a", JWKS: []byte(`{"keys":[]}`), JWKSURI: "https://a.example/keys", SealedSecret: []byte{0, 1, 255}}
	must(t, s.PutClient(ctx, keys))
	if client, err := s.Client(ctx, "a"); err != nil || string(client.JWKS) != string(keys.JWKS) || client.JWKSURI != keys.JWKSURI || !bytes.Equal(client.SealedSecret, keys.SealedSecret) {
		t.Fatalf("got %+v, %v; want its keys", client, err)
	}
	all, err := s.Clients(ctx)
	if err != nil || len(all) != 2 || all[0].ID != "a" {
		t.Fatalf("the list is %+v, %v; want a, b", all, err)
	}
}

func codeTakenOnce(t *testing.T, s store.Store) {
	ctx := context.Background()
	hash := token.HashOf("code")
	must(t, s.PutCode(ctx, store.Code{Hash: hash, GrantID: "a", ExpiresAt: time.Unix(1000, 0)}))
	var taken atomic.Int32
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			code, err := s.TakeCode(ctx, hash)
			if code.GrantID != "a" || err != nil && !errors.Is(err, store.ErrUsed) {
				t.Errorf("got %+v, %v; want the code, with ErrUsed for all but one", code, err)
			}
			if err == nil {
				taken.Add(1)
			}
		})
	}
	group.Wait()
	if taken.Load() != 1 {
		t.Fatalf("taken %d times, want once", taken.Load())
	}
}

func refreshTokenTaken(t *testing.T, s store.Store) {
	ctx := context.Background()
	hash, at := token.HashOf("refresh"), time.Unix(500, 0)
	if _, err := s.TakeRefreshToken(ctx, hash, at); !errors.Is(err, store.ErrNotFound) {
		t.Fatalf("an unknown refresh token: %v, want ErrNotFound", err)
	}
	must(t, s.PutRefreshToken(ctx, store.RefreshToken{Hash: hash, GrantID: "g", ExpiresAt: time.Unix(1000, 0)}))
	if found, err := s.RefreshToken(ctx, hash); err != nil || !found.UsedAt.IsZero() || found.GrantID != "g" {
		t.Fatalf("before it is taken: %+v, %v", found, err)
	}
	if taken, err := s.TakeRefreshToken(ctx, hash, at); err != nil || !taken.UsedAt.Equal(at) {
		t.Fatalf("taken: %+v, %v", taken, err)
	}
	again, err := s.TakeRefreshToken(ctx, hash, at.Add(time.Hour))
	if !errors.Is(err, store.ErrUsed) || !again.UsedAt.Equal(at) || again.GrantID != "g" {
		t.Fatalf("taken again: %+v, %v; want it with ErrUsed and the time of its first use", again, err)
	}
}

func grantRevoked(t *testing.T, s store.Store) {
	ctx := context.Background()
	grant := store.Grant{ID: "g", ClientID: "c", UserID: "u", Scope: token.Scope{"a", "b"}, ExpiresAt: time.Unix(1000, 0)}
	must(t, s.PutGrant(ctx, grant))
	must(t, s.RevokeGrant(ctx, "g"))
	must(t, s.RevokeGrant(ctx, "unknown"))
	found, err := s.Grant(ctx, "g")
	if err != nil || !found.Revoked || found.Scope.String() != "a b" || found.UserID != "u" || !found.ExpiresAt.Equal(grant.ExpiresAt) {
		t.Fatalf("got %+v, %v", found, err)
	}
}

func markedOnce(t *testing.T, s store.Store) {
	ctx := context.Background()
	var first atomic.Int32
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			err := s.Mark(ctx, "name", time.Unix(1000, 0))
			if err == nil {
				first.Add(1)
			} else if !errors.Is(err, store.ErrUsed) {
				t.Errorf("%v, want ErrUsed", err)
			}
		})
	}
	group.Wait()
	marked, err := s.Marked(ctx, "name")
	other, otherErr := s.Marked(ctx, "other")
	if first.Load() != 1 || !marked || other || err != nil || otherErr != nil {
		t.Fatalf("%d were first, marked: %v, another: %v (%v, %v)", first.Load(), marked, other, err, otherErr)
	}
}

func swept(t *testing.T, s store.Store) {
	ctx := context.Background()
	past, now, future := time.Unix(1000, 0), time.Unix(2000, 0), time.Unix(3000, 0)
	for name, expires := range map[string]time.Time{"old": past, "new": future} {
		must(t, s.PutGrant(ctx, store.Grant{ID: name, ExpiresAt: expires}))
		must(t, s.PutCode(ctx, store.Code{Hash: token.HashOf(name), ExpiresAt: expires}))
		must(t, s.PutRefreshToken(ctx, store.RefreshToken{Hash: token.HashOf(name), ExpiresAt: expires}))
		must(t, s.Mark(ctx, name, expires))
	}
	must(t, s.Sweep(ctx, now))
	for name, kept := range map[string]bool{"old": false, "new": true} {
		_, grant := s.Grant(ctx, name)
		_, code := s.TakeCode(ctx, token.HashOf(name))
		_, refresh := s.RefreshToken(ctx, token.HashOf(name))
		marked, err := s.Marked(ctx, name)
		must(t, err)
		if (grant == nil) != kept || (code == nil) != kept || (refresh == nil) != kept || marked != kept {
			t.Errorf("%s: grant %v, code %v, refresh token %v, marked %v; kept should be %v", name, grant, code, refresh, marked, kept)
		}
	}
}

func tasksOfUsers(t *testing.T, s store.Store) {
	ctx := context.Background()
	start := time.Unix(1000, 0)
	for i, user := range []string{"u", "v", "u"} {
		_, err := s.CreateTask(ctx, store.Task{UserID: user, Title: user, CreatedAt: start.Add(-time.Duration(i) * time.Hour)})
		must(t, err)
	}
	tasks, err := s.TasksOf(ctx, []string{"u"})
	if err != nil || len(tasks) != 2 || !tasks[0].CreatedAt.Before(tasks[1].CreatedAt) {
		t.Fatalf("got %+v, %v", tasks, err)
	}
	if tasks[0].ID == tasks[1].ID {
		t.Fatal("two tasks have one id")
	}
}

func taskDeleted(t *testing.T, s store.Store) {
	ctx := context.Background()
	task, err := s.CreateTask(ctx, store.Task{UserID: "u"})
	must(t, err)
	must(t, s.DeleteTask(ctx, task.ID))
	for name, err := range map[string]error{
		"DeleteTask": s.DeleteTask(ctx, task.ID), "PutTask": s.PutTask(ctx, task),
	} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s of a deleted task: %v, want ErrNotFound", name, err)
		}
	}
}

func userIsCopy(t *testing.T, s store.Store) {
	ctx := context.Background()
	must(t, s.PutUser(ctx, store.User{ID: "u", Preferences: map[string]string{"theme": "light"}}))
	user, err := s.User(ctx, "u")
	must(t, err)
	user.Preferences["theme"] = "dark"
	again, err := s.User(ctx, "u")
	if err != nil || again.Preferences["theme"] != "light" {
		t.Fatalf("the store was changed through what it handed out: %+v, %v", again, err)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
