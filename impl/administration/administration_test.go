package administration_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/administration"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store/sql"
)

func openRealm(t *testing.T) *realm.Realm {
	t.Helper()
	db, err := sql.Open(t.Context(), "sqlite:"+filepath.Join(t.TempDir(), "store.db"), sql.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = db.Close() })
	root, err := realm.Open(db)
	if err != nil {
		t.Fatal(err)
	}
	return root
}

func giving(text string) administration.Password {
	return func() (string, error) { return text, nil }
}

const good, better = "four words in a row", "five other words in a row"

// A user is added once, changes the password and is removed, and each is recorded.
func TestUsers(t *testing.T) {
	r, ctx := openRealm(t), t.Context()
	unasked := func() (string, error) { t.Error("a password is asked for in vain"); return "", nil }
	if err := administration.AddUser(ctx, r, "ada", "ada@example.com", giving(good)); err != nil {
		t.Fatal(err)
	}
	before, err := r.Store().UserByName(ctx, "ada")
	if err != nil || before.Email != "ada@example.com" || strings.Contains(before.PasswordHash, good) {
		t.Errorf("%+v, %v", before, err)
	}
	if err := administration.AddUser(ctx, r, "ada", "", unasked); !errors.Is(err, administration.ErrUserExists) {
		t.Error(err)
	}
	if err := administration.ChangePassword(ctx, r, "ada", giving(better)); err != nil {
		t.Fatal(err)
	}
	after, err := r.Store().UserByName(ctx, "ada")
	if err != nil || after.PasswordHash == before.PasswordHash || !after.PasswordAt.After(before.PasswordAt) || after.Email != before.Email {
		t.Errorf("%+v, %v", after, err)
	}
	var list bytes.Buffer
	if err := administration.WriteUsers(ctx, &list, r); err != nil || !strings.HasPrefix(list.String(), "ada ") || strings.Count(list.String(), "\n") != 1 {
		t.Errorf("%s %v", list.String(), err)
	}
	if err := administration.RemoveUser(ctx, r, "ada"); err != nil {
		t.Fatal(err)
	}
	for _, err := range []error{administration.RemoveUser(ctx, r, "ada"), administration.ChangePassword(ctx, r, "Ada", unasked)} {
		if err == nil || !strings.Contains(err.Error(), "users list") {
			t.Errorf("an unknown user: %v", err)
		}
	}
	events, err := r.Store().Events(ctx, time.Now().Add(-time.Hour))
	if err != nil || len(events) != 3 {
		t.Errorf("%d events, %v", len(events), err)
	}
}

// What is no name or no password is refused, and nothing is stored.
func TestUserRefused(t *testing.T) {
	r := openRealm(t)
	for name, test := range map[string][3]string{
		"an empty name": {"", "", good}, "a name of two lines": {"a\nb", "", good}, "an escape": {"ada", "\x1b[2J", good},
		"a short password": {"ada", "", "four words"}, "a long password": {"ada", "", strings.Repeat("x", 5000)}, "no password": {"ada", "", ""},
	} {
		if err := administration.AddUser(t.Context(), r, test[0], test[1], giving(test[2])); err == nil {
			t.Errorf("%s is taken", name)
		}
	}
	if err := administration.AddUser(t.Context(), r, "ada", "", func() (string, error) { return good, errors.New("the terminal closed") }); err == nil {
		t.Error("an error is taken for a password")
	}
	if users, err := r.Store().Users(t.Context()); err != nil || len(users) != 0 {
		t.Errorf("%v, %v", users, err)
	}
}

// A client is added with its secret shown once, listed without it, and removed.
func TestClients(t *testing.T) {
	r, ctx := openRealm(t), t.Context()
	metadata, err := administration.ReadMetadata([]byte(`{"client_name":"Notes","redirect_uris":["https://notes.example/cb"],"serves":["https://mcp.example"]}`))
	if err != nil {
		t.Fatal(err)
	}
	var added, list bytes.Buffer
	if err := administration.AddClient(ctx, &added, r, metadata); err != nil {
		t.Fatal(err)
	}
	var shown map[string]any
	if err := json.Unmarshal(added.Bytes(), &shown); err != nil || shown["client_secret"] == nil || shown["serves"] == nil || shown["registration_access_token"] != nil {
		t.Errorf("%s, %v", added.String(), err)
	}
	id, secret := shown["client_id"].(string), shown["client_secret"].(string)
	if err := administration.WriteClients(ctx, &list, r); err != nil || !strings.Contains(list.String(), id) || !strings.Contains(list.String(), "added here") || strings.Contains(list.String(), secret) {
		t.Errorf("%s, %v", list.String(), err)
	}
	if err := administration.RemoveClient(ctx, r, id); err != nil {
		t.Fatal(err)
	}
	if err := administration.RemoveClient(ctx, r, id); err == nil || !strings.Contains(err.Error(), "clients list") {
		t.Errorf("an unknown client: %v", err)
	}
	for _, text := range []string{"", "[]", `{"redirect_uris":1}`, `{"client_name":`} {
		if _, err := administration.ReadMetadata([]byte(text)); err == nil || !strings.Contains(err.Error(), "give a JSON object") {
			t.Errorf("%q is read: %v", text, err)
		}
	}
}
