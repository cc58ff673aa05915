package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

func codePutAgain(t *testing.T, s store.Store) {
	ctx, code := context.Background(), store.Code{Hash: token.HashOf("code"), GrantID: "g", ExpiresAt: time.Unix(1000, 0)}
	for range 2 {
		must(t, s.PutCode(ctx, code))
		if _, err := s.TakeCode(ctx, code.Hash); err != nil {
			t.Fatal(err)
		}
	}
}

// readAsItWas fills every field, so that one that is forgotten is found.
func readAsItWas(t *testing.T, s store.Store) {
	ctx, hash, now := context.Background(), token.HashOf("x"), time.Now().Truncate(time.Millisecond)
	client, user, grant := filled[store.Client](now), filled[store.User](now), filled[store.Grant](now)
	code, refresh, key := filled[store.Code](now), filled[store.RefreshToken](now), filled[store.Key](now)
	code.Hash, refresh.Hash, client.JWKS = hash, hash, json.RawMessage(`{}`)
	task, err := s.CreateTask(ctx, filled[store.Task](now))
	must(t, err)
	must(t, errors.Join(s.PutClient(ctx, client), s.PutUser(ctx, user), s.PutGrant(ctx, grant), s.PutCode(ctx, code),
		s.PutRefreshToken(ctx, refresh), s.PutTask(ctx, task), s.PutKey(ctx, key)))
	same(t, client)(s.Client(ctx, client.ID))
	same(t, user)(s.User(ctx, user.ID))
	same(t, grant)(s.Grant(ctx, grant.ID))
	same(t, code)(s.Code(ctx, hash)) // Looking at it takes nothing.
	same(t, code)(s.TakeCode(ctx, hash))
	same(t, code)(s.Code(ctx, hash))
	same(t, refresh)(s.RefreshToken(ctx, hash))
	same(t, task)(s.Task(ctx, task.ID))
	same(t, []store.Key{key})(s.Keys(ctx))
}

func same[T any](t *testing.T, want T) func(T, error) {
	t.Helper()
	return func(got T, err error) {
		t.Helper()
		if err != nil || !reflect.DeepEqual(fields(got), fields(want)) {
			t.Errorf("got %+v, %v\nwant %+v", got, err, want)
		}
	}
}

func tasksCounted(t *testing.T, s store.Store) {
	ctx := context.Background()
	var ids sync.Map
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			task, err := s.CreateTask(ctx, store.Task{UserID: "u"})
			if err != nil {
				t.Error(err)
			}
			ids.Store(task.ID, true)
		})
	}
	group.Wait()
	for number := 1; number <= 20; number++ {
		if _, ok := ids.Load(fmt.Sprintf("task-%d", number)); !ok {
			t.Errorf("no task has the number %d", number)
		}
	}
	must(t, s.DeleteTask(ctx, "task-20"))
	if task, err := s.CreateTask(ctx, store.Task{UserID: "u"}); err != nil || task.ID != "task-21" {
		t.Errorf("after task-20 was deleted comes %s, %v; want task-21", task.ID, err)
	}
	if none, err := s.TasksOf(ctx, nil); err != nil || len(none) != 0 {
		t.Errorf("nobody's tasks: %+v, %v", none, err)
	}
}

func keyKeptOnce(t *testing.T, s store.Store) {
	ctx := context.Background()
	var first atomic.Int32
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() {
			key := store.Key{KeptKey: token.KeptKey{ID: fmt.Sprint(i), Algorithm: "ES256", Private: []byte{byte(i)}}, Generation: 1}
			err := s.PutKey(ctx, key)
			if err == nil {
				first.Add(1)
			} else if !errors.Is(err, store.ErrUsed) {
				t.Errorf("%v, want ErrUsed", err)
			}
		})
	}
	group.Wait()
	for _, next := range []store.Key{{KeptKey: token.KeptKey{Algorithm: "ES256"}, Generation: 2}, {KeptKey: token.KeptKey{Algorithm: "EdDSA"}, Generation: 1}} {
		must(t, s.PutKey(ctx, next))
	}
	keys, err := s.Keys(ctx)
	if err != nil || first.Load() != 1 || len(keys) != 3 || keys[1].Generation != 2 || keys[2].Algorithm != "EdDSA" {
		t.Fatalf("%d were first; the keys are %+v, %v", first.Load(), keys, err)
	}
}

func noText(t *testing.T, s store.Store) {
	ctx := context.Background()
	for _, id := range []string{"", "a\x00b", "\xff"} {
		_, client := s.Client(ctx, id)
		_, user := s.User(ctx, id)
		_, grant := s.Grant(ctx, id)
		_, task := s.Task(ctx, id)
		marked, err := s.Marked(ctx, id)
		must(t, err)
		for _, err := range []error{client, user, grant, task} {
			if !errors.Is(err, store.ErrNotFound) || marked {
				t.Errorf("%q: %v, marked %v; want ErrNotFound", id, err, marked)
			}
		}
		must(t, s.Mark(ctx, id, time.Unix(1000, 0)))
	}
}
