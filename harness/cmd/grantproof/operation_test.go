package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl"
)

// call runs a command with input and returns its exit code and all it said.
func call(t *testing.T, input string, args ...string) (int, string) {
	t.Helper()
	root := newRoot()
	var out bytes.Buffer
	root.SetArgs(args)
	root.SetOut(&out)
	root.SetErr(&out)
	root.SetIn(strings.NewReader(input))
	if err := root.ExecuteContext(t.Context()); err != nil {
		return 2, out.String() + err.Error()
	}
	return 0, out.String()
}

// A client, a person and a key are made in a store, shown, and taken away.
func TestStoreCommands(t *testing.T) {
	store := "--store=sqlite:" + filepath.Join(t.TempDir(), "a.db")
	if code, out := call(t, "", "users", "list", store); code != 2 || !strings.Contains(out, "grantproof store init") {
		t.Errorf("on a store that is not there: %d %s", code, out)
	}
	for range 2 { // The second time nothing is left to do.
		if code, out := call(t, "", "store", "init", store); code != 0 || !strings.Contains(out, "ready") {
			t.Fatalf("store init: %d %s", code, out)
		}
	}
	code, out := call(t, `{"client_name":"Notes","redirect_uris":["https://notes.example/cb"]}`, "clients", "add", "--file", "-", store)
	var added struct {
		ID     string `json:"client_id"`
		Secret string `json:"client_secret"`
	}
	if err := json.Unmarshal([]byte(out), &added); err != nil || code != 0 || added.ID == "" || len(added.Secret) < 40 {
		t.Fatalf("clients add: %d %s", code, out)
	}
	for _, test := range []struct {
		input string
		args  []string
		code  int
		says  string
	}{
		{"", []string{"clients", "list"}, 0, "Notes"},
		{"", []string{"clients", "list"}, 0, "added here"},
		{`{"redirect_uris":["http://far.example/cb"]}`, []string{"clients", "add", "--file", "-"}, 2, "redirect_uri"},
		{"no JSON", []string{"clients", "add", "--file", "-"}, 2, "give a JSON object"},
		{"", []string{"clients", "remove", "nobody"}, 2, "clients list"},
		{"", []string{"clients", "remove", added.ID}, 0, ""},
		{"four words in a row\n", []string{"users", "add", "ada", "--email", "ada@example.com"}, 0, ""},
		{"four words in a row\n", []string{"users", "add", "ada"}, 2, "users password ada"},
		{"short\n", []string{"users", "password", "ada"}, 2, "15 to 1024 characters"},
		{"four other words in a row", []string{"users", "password", "ada"}, 0, ""},
		{"another long password", []string{"users", "password", "bob"}, 2, "users list"},
		{"", []string{"users", "list"}, 0, "ada@example.com"},
		{"", []string{"users", "remove", "bob"}, 2, "users list"},
		{"", []string{"users", "remove", "ada"}, 0, ""},
		{"", []string{"audit", "--since", "1m"}, 0, "user-removed"},
		{"", []string{"audit", "--since", "1m"}, 0, "client-deleted"},
		{"", []string{"audit", "--since", "1m", "--json"}, 0, `"event":"password-changed"`},
		{"", []string{"audit", "--since", "0s"}, 0, "looks further back"},
		{"", []string{"keys", "list"}, 0, "ES256"},
		{"", []string{"keys", "rotate"}, 0, "within a second"},
		{"", []string{"keys", "list"}, 0, "signs from"},
		{"", []string{"keys", "list"}, 0, "replaced, published until"},
		{"", []string{"keys", "rotate", "--algorithm", "none"}, 2, "ES256"},
	} {
		code, out := call(t, test.input, append(test.args, store)...)
		if code != test.code || !strings.Contains(out, test.says) || strings.Contains(out, added.Secret) {
			t.Errorf("%v: %d %s; want %d with %q", test.args, code, out, test.code, test.says)
		}
	}
	if code, out := call(t, "", "keys", "list", "--store", "memory"); code != 2 || !strings.Contains(out, "name a database") {
		t.Errorf("keys of a store in memory: %d %s", code, out)
	}
}

// A hardened server says at once all that is missing, and refuses the store of
// a demo.
func TestHardened(t *testing.T) {
	code, out := call(t, "", "serve", "--hardened", "--tls-self-signed", "--control", "127.0.0.1:0", "--fault", "code-accepted-twice", "--chaos", "7", "--store", "memory")
	for _, missing := range []string{"--issuer", "--resource", "--tls-self-signed", "--store memory", storeKey, "INTROSPECTION_CLIENT_SECRET", "--control", "--fault", "--chaos"} {
		if code != 2 || !strings.Contains(out, missing) {
			t.Errorf("%d; %s is not named in\n%s", code, missing, out)
		}
	}
	mistyped := filepath.Join(t.TempDir(), "mistyped.db")
	demo := "sqlite:" + filepath.Join(t.TempDir(), "demo.db")
	t.Setenv(storeKey, base64.StdEncoding.EncodeToString(make([]byte, 32)))
	t.Setenv("INTROSPECTION_CLIENT_SECRET", strings.Repeat("s", minSecret))
	flags := serveFlags{store: demo, authserver: "127.0.0.1:0", resourceserver: "127.0.0.1:0", verify: "jwt", registration: "off"}
	config, err := flags.config(nil, func(string) bool { return false })
	if err != nil {
		t.Fatal(err)
	}
	started, err := impl.Start(config)
	if err != nil {
		t.Fatal(err)
	}
	if err := started.Close(); err != nil {
		t.Fatal(err)
	}
	hardened := []string{"serve", "authserver", "--hardened", "--issuer", "https://as.example.com", "--authserver", "127.0.0.1:0", "--trusted-proxy", "127.0.0.1", "--store"}
	code, out = call(t, "", append(hardened, "sqlite:"+mistyped)...)
	if _, err := os.Stat(mistyped); code != 2 || !strings.Contains(out, mistyped) || !strings.Contains(out, "grantproof store init") || err == nil {
		t.Errorf("on a mistyped store: %d %s, %v", code, out, err)
	}
	if err := os.WriteFile(mistyped, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, out = call(t, "", append(hardened, "sqlite:"+mistyped)...); code != 2 || !strings.Contains(out, "grantproof store init") {
		t.Errorf("on an empty store: %d %s", code, out)
	}
	code, out = call(t, "", append(hardened, demo)...)
	if code != 2 || !strings.Contains(out, "whose secrets are public") {
		t.Errorf("on the store of a demo: %d %s", code, out)
	}
}

// A range that is too wide for proxies is refused, hardened or not.
func TestTrustedProxyTooWide(t *testing.T) {
	for _, network := range []string{"0.0.0.0/0", "0.0.0.0/1", "::/0", "2000::/3", "proxy.example.com"} {
		code, out := call(t, "", "serve", "--store", "memory", "--trusted-proxy", network)
		if code != 2 || !strings.Contains(out, "--trusted-proxy "+network+": ") || !strings.Contains(out, "10.0.0.0/24") {
			t.Errorf("%s: %d %s", network, code, out)
		}
	}
}
