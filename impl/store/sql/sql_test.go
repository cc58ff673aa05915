package sql_test

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/store/sql"
	"github.com/grantproof/grantproof/impl/store/storetest"
	"github.com/grantproof/grantproof/impl/token"
)

func open(t testing.TB, location string) *sql.DB {
	t.Helper()
	db, err := sql.Open(t.Context(), location, sql.Options{Key: storetest.Key})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func sqlite(t testing.TB) string {
	return "sqlite:" + filepath.Join(t.TempDir(), "a folder?", "store#1.db")
}

func TestSQLite(t *testing.T) {
	db := open(t, sqlite(t))
	storetest.Run(t, func(*testing.T) store.Store { return db.Realm(token.NewID()) })
	examine(t, sqlite)
}

// examine tests what is more than one store: a database.
func examine(t *testing.T, location func(testing.TB) string) {
	t.Run("realms do not see each other and are forgotten whole", func(t *testing.T) { realmsApart(t, open(t, location(t))) })
	t.Run("what was stored is there after a restart", func(t *testing.T) { restart(t, location(t)) })
	t.Run("many open at the same time", func(t *testing.T) { openedAtOnce(t, location(t)) })
	t.Run("a store that is gone is unavailable", func(t *testing.T) { gone(t, open(t, location(t))) })
	t.Run("a signing key needs its key", func(t *testing.T) { sealed(t, location(t)) })
	t.Run("who asked may be gone", func(t *testing.T) { cancelled(t, open(t, location(t))) })
}

func realmsApart(t *testing.T, db *sql.DB) {
	ctx, one, other := t.Context(), db.Realm("one"), db.Realm("other")
	for _, s := range []store.Store{one, other} {
		if err := errors.Join(s.PutClient(ctx, store.Client{ID: "c"}), s.Mark(ctx, "m", time.Now().Add(time.Hour))); err != nil {
			t.Fatal(err)
		}
		if task, err := s.CreateTask(ctx, store.Task{UserID: "u"}); err != nil || task.ID != "task-1" {
			t.Fatalf("%+v, %v; want task-1 in each realm", task, err)
		}
	}
	if err := db.Forget(ctx, "one"); err != nil {
		t.Fatal(err)
	}
	if _, err := one.Client(ctx, "c"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a client of the realm that was forgotten: %v", err)
	}
	if marked, err := one.Marked(ctx, "m"); marked || err != nil {
		t.Errorf("a mark of the realm that was forgotten: %v, %v", marked, err)
	}
	if _, err := other.Client(ctx, "c"); err != nil {
		t.Errorf("a client of the other realm: %v", err)
	}
}

func restart(t *testing.T, location string) {
	ctx, hash := t.Context(), token.HashOf("refresh")
	db := open(t, location)
	key := store.Key{KeptKey: token.KeptKey{ID: "k", Algorithm: "ES256", Private: []byte("secret")}, Generation: 1}
	if err := errors.Join(db.Realm("").PutKey(ctx, key),
		db.Realm("").PutRefreshToken(ctx, store.RefreshToken{Hash: hash, GrantID: "g"}), db.Close()); err != nil {
		t.Fatal(err)
	}
	again := open(t, location).Realm("")
	if found, err := again.RefreshToken(ctx, hash); err != nil || found.GrantID != "g" {
		t.Errorf("%+v, %v", found, err)
	}
	if keys, err := again.Keys(ctx); err != nil || len(keys) != 1 || string(keys[0].Private) != "secret" {
		t.Errorf("%+v, %v", keys, err)
	}
}

func openedAtOnce(t *testing.T, location string) {
	var group sync.WaitGroup
	for range 5 {
		group.Go(func() {
			db, err := sql.Open(t.Context(), location, sql.Options{Key: storetest.Key})
			if err == nil {
				err = errors.Join(db.Realm("").PutClient(t.Context(), store.Client{ID: "c"}), db.Close())
			}
			if err != nil {
				t.Error(err)
			}
		})
	}
	group.Wait()
}

func gone(t *testing.T, db *sql.DB) {
	ctx, s, hash := t.Context(), db.Realm(""), token.HashOf("x")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	_, client := s.Client(ctx, "c")
	_, clients := s.Clients(ctx)
	_, code := s.TakeCode(ctx, hash)
	_, refresh := s.TakeRefreshToken(ctx, hash, time.Now())
	_, marked := s.Marked(ctx, "m")
	_, task := s.CreateTask(ctx, store.Task{})
	for i, err := range []error{client, clients, code, refresh, marked, task, s.Mark(ctx, "m", time.Now()), s.Sweep(ctx, time.Now()), db.Forget(ctx, "")} {
		if !errors.Is(err, store.ErrUnavailable) {
			t.Errorf("operation %d: %v, want ErrUnavailable", i, err)
		}
	}
}

func sealed(t *testing.T, location string) {
	ctx := t.Context()
	key := store.Key{KeptKey: token.KeptKey{ID: "k", Algorithm: "ES256", Private: []byte("secret")}, Generation: 1}
	if err := open(t, location).Realm("").PutKey(ctx, key); err != nil {
		t.Fatal(err)
	}
	other, err := sql.Open(ctx, location, sql.Options{Key: strings.Replace(storetest.Key, "M", "N", 1)})
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	if keys, err := other.Realm("").Keys(ctx); err == nil || errors.Is(err, store.ErrUnavailable) || !strings.Contains(err.Error(), "GRANTPROOF_STORE_KEY") {
		t.Errorf("with another key: %+v, %v", keys, err)
	}
	if keys, err := other.Realm("another").Keys(ctx); err != nil || len(keys) != 0 {
		t.Errorf("another realm: %+v, %v", keys, err)
	}
}

func cancelled(t *testing.T, db *sql.DB) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := db.Realm("").RevokeGrant(ctx, "g"); err != nil {
		t.Errorf("what follows from a request was stopped by who sent it: %v", err)
	}
}

// Nobody else reads the database or its key file, and the key file stays.
func TestSQLiteFiles(t *testing.T) {
	path := filepath.Join(t.TempDir(), "new", "store.db")
	var before []byte
	for range 2 {
		db, err := sql.Open(t.Context(), "sqlite:"+path, sql.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Realm("").PutClient(t.Context(), store.Client{ID: "c"}); err != nil {
			t.Fatal(err)
		}
		if runtime.GOOS != "windows" {
			for name, mode := range map[string]os.FileMode{filepath.Dir(path): 0o700, path: 0o600, path + "-wal": 0o600, path + ".key": 0o600} {
				if info, err := os.Stat(name); err != nil || info.Mode().Perm() != mode {
					t.Errorf("%s: %v, %v; want %v", name, info.Mode().Perm(), err, mode)
				}
			}
		}
		key, err := os.ReadFile(path + ".key")
		if err != nil || before != nil && string(key) != string(before) {
			t.Errorf("the key file changed, or %v", err)
		}
		before = key
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// What is wrong with a location or a key is said.
func TestWrongLocations(t *testing.T) {
	folder := t.TempDir()
	for location, want := range map[string]string{
		"nonsense":                             "sqlite:PATH",
		"sqlite:":                              "path of a file",
		"sqlite::memory:":                      "path of a file",
		"sqlite:" + folder:                     "cannot be opened",
		"sqlite:/dev/null/store.db":            "folder",
		"postgres://127.0.0.1:1/x":             "cannot be reached",
		"postgres://127.0.0.1:nonsense/x":      "not understood",
		"postgres://x:hunter2@127.0.0.1:1/x?y": "",
	} {
		_, err := sql.Open(t.Context(), location, sql.Options{Key: storetest.Key})
		if err == nil || !strings.Contains(err.Error(), want) || strings.Contains(err.Error(), "hunter2") {
			t.Errorf("%s: %v, want %q", location, err, want)
		}
	}
	for _, key := range []string{"short", "%", "MDEyMzQ1Njc4OWFiY2RlZg=="} {
		if _, err := sql.Open(t.Context(), "sqlite:"+filepath.Join(folder, "x.db"), sql.Options{Key: key}); err == nil || !strings.Contains(err.Error(), "32 bytes") {
			t.Errorf("the key %q: %v", key, err)
		}
	}
}

// A SQLite database that may not grow any more can be read, and does not pass
// for one that takes what it is given.
func TestFullDisk(t *testing.T) {
	folder := t.TempDir()
	if output, err := exec.Command("mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", folder).CombinedOutput(); err != nil {
		t.Skipf("no small disk can be mounted here: %v: %s", err, output)
	}
	t.Cleanup(func() {
		if output, err := exec.Command("umount", folder).CombinedOutput(); err != nil {
			t.Errorf("%v: %s", err, output)
		}
	})
	s := open(t, "sqlite:"+filepath.Join(folder, "store.db")).Realm("")
	if err := s.Probe(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	var err error
	for n := 0; err == nil && n < 10_000; n++ {
		err = s.PutClient(t.Context(), store.Client{ID: token.NewID()})
	}
	if !errors.Is(err, store.ErrUnavailable) {
		t.Fatalf("%v on a full disk, want ErrUnavailable", err)
	}
	err = nil
	// What is left of the log may take one probe, and not one after the other.
	for n := 0; err == nil && n < 10; n++ {
		err = s.Probe(t.Context(), time.Now())
	}
	if !errors.Is(err, store.ErrUnavailable) {
		t.Errorf("the probe says %v on a full disk, want ErrUnavailable", err)
	}
	if _, err := s.Clients(t.Context()); err != nil {
		t.Errorf("a full disk cannot be read: %v", err)
	}
}
