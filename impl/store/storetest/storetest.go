// Package storetest holds what every store must do, as tests that each engine
// runs.
package storetest

import (
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
		"a code is taken once by twenty at the same time": codeTakenOnce,
		"tasks come oldest first and only of the users":   tasksOfUsers,
		"a deleted task is gone":                          taskDeleted,
		"what is handed out is a copy":                    userIsCopy,
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
	all, err := s.Clients(ctx)
	if err != nil || len(all) != 2 || all[0].ID != "a" {
		t.Fatalf("the list is %+v, %v; want a, b", all, err)
	}
}

func codeTakenOnce(t *testing.T, s store.Store) {
	ctx := context.Background()
	hash := token.HashOf("code")
	must(t, s.PutCode(ctx, store.Code{Hash: hash, ClientID: "a"}))
	var taken atomic.Int32
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			if code, err := s.TakeCode(ctx, hash); err == nil && code.ClientID == "a" {
				taken.Add(1)
			}
		})
	}
	group.Wait()
	if taken.Load() != 1 {
		t.Fatalf("taken %d times, want once", taken.Load())
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
