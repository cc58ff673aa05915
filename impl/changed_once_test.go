package impl_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"path/filepath"
	"sync"
	"testing"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/store/storetest"
)

// A registration access token that an update replaces is used up by it: of ten
// updates at the same time one succeeds. None brings a client back that was
// deleted at the same time.
func TestRegistrationChangesOnce(t *testing.T) {
	for name, location := range map[string]string{"memory": "memory", "SQLite": "sqlite:" + filepath.Join(t.TempDir(), "store.db")} {
		t.Run(name, func(t *testing.T) {
			f, err := impl.Start(impl.Config{AuthServer: "127.0.0.1:0", Policy: openRegistration, Store: location, StoreKey: storetest.Key})
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { f.Close() })
			for range 10 {
				_, _, registered := register(t, f, `{"redirect_uris":["https://a.example/cb"]}`)
				if updated := updatesAtOnce(t, registered, false); updated != 1 {
					t.Fatalf("%d updates with one token succeeded, want 1", updated)
				}
				_, _, registered = register(t, f, `{"redirect_uris":["https://a.example/cb"]}`)
				updatesAtOnce(t, registered, true)
				if _, err := f.Realms.Root().Store().Client(t.Context(), text(registered["client_id"])); !errors.Is(err, store.ErrNotFound) {
					t.Fatalf("a deleted client is there after an update: %v", err)
				}
			}
		})
	}
}

// updatesAtOnce sends ten updates at the same time, and a deletion among them if
// wanted, which comes to pass unless an update was first. It then deletes.
func updatesAtOnce(t *testing.T, registered map[string]any, deletes bool) (updated int) {
	t.Helper()
	address, bearer := text(registered["registration_client_uri"]), "Bearer "+text(registered["registration_access_token"])
	body, err := json.Marshal(map[string]any{"client_id": registered["client_id"], "redirect_uris": []string{"https://a.example/cb"}})
	if err != nil {
		t.Fatal(err)
	}
	var mu sync.Mutex
	var group sync.WaitGroup
	newest := bearer
	for i := range 10 {
		group.Go(func() {
			if deletes && i == 5 {
				send(t, "DELETE", address, "", "", "Authorization", bearer)
				return
			}
			status, _, content := send(t, "PUT", address, "application/json", string(body), "Authorization", bearer)
			mu.Lock()
			defer mu.Unlock()
			if status == http.StatusOK {
				updated++
				newest = "Bearer " + text(object(t, content)["registration_access_token"])
			} else if status != http.StatusUnauthorized {
				t.Errorf("an update: status %d, %s", status, content)
			}
		})
	}
	group.Wait()
	if deletes {
		send(t, "DELETE", address, "", "", "Authorization", newest)
	}
	return updated
}

// A change of the profile writes nothing but the profile: a password that changes
// at the same time stays changed.
func TestProfileKeepsPassword(t *testing.T) {
	f := start(t, realm.Policy{Documented: true})
	users := f.Realms.Root().Store()
	client, err := users.Client(t.Context(), "mcp-task-manager")
	client.Scope = realm.Scopes // The documented client may not write the profile.
	if err := errors.Join(err, users.PutClient(t.Context(), client)); err != nil {
		t.Fatal(err)
	}
	access := demoToken(t, f)
	user, err := users.UserByName(t.Context(), "demo-user")
	if err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			if status, _, body := send(t, "PUT", f.Resource+"/api/user", "application/json", `{"preferences":{"theme":"dark"}}`, "Authorization", "Bearer "+access); status != http.StatusOK {
				t.Errorf("status %d, %s", status, body)
			}
		})
	}
	if err := users.ChangeUser(t.Context(), user.ID, func(u *store.User) error { u.PasswordHash = "new"; return nil }); err != nil {
		t.Fatal(err)
	}
	group.Wait()
	if user, err = users.UserByName(t.Context(), "demo-user"); err != nil || user.PasswordHash != "new" || user.Preferences["theme"] != "dark" {
		t.Errorf("%+v, %v", user, err)
	}
}
