package main

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/store/storetest"
)

// call runs a command and returns what it says.
func call(t *testing.T, input string, args ...string) (out, problems string, code int) {
	t.Helper()
	root := newRoot()
	root.SetIn(strings.NewReader(input))
	var said, complained bytes.Buffer
	code = executeRoot(t.Context(), root, args, &said, &complained)
	return said.String(), complained.String(), code
}

// must runs a command that succeeds.
func must(t *testing.T, input string, args ...string) string {
	t.Helper()
	out, problems, code := call(t, input, args...)
	if code != 0 || problems != "" {
		t.Fatalf("%q: exit code %d, said %s", args, code, problems)
	}
	return out
}

// atLocation is a store for one test, where the commands look for it.
func atLocation(t *testing.T) {
	t.Helper()
	t.Setenv(storeLocation, "sqlite:"+filepath.Join(t.TempDir(), "store.db"))
	t.Setenv(storeKey, storetest.Key)
}

func TestKeysCommand(t *testing.T) {
	atLocation(t)
	must(t, "", "keys", "rotate")
	must(t, "", "keys", "rotate")
	must(t, "", "keys", "rotate", "--algorithm", "EdDSA")
	listed := must(t, "", "keys", "list")
	if lines := strings.Split(strings.TrimSpace(listed), "\n"); len(lines) != 4 {
		t.Errorf("there are %d lines, want a title and three keys:\n%s", len(lines), listed)
	}
	for _, want := range []string{"retired, published until 20", "published, signs from 20", "EdDSA"} {
		if !strings.Contains(listed, want) {
			t.Errorf("the list lacks %q:\n%s", want, listed)
		}
	}
}

func TestClientsCommand(t *testing.T) {
	atLocation(t)
	file := filepath.Join(t.TempDir(), "client.json")
	if err := os.WriteFile(file, []byte(`{"client_name":"My app","redirect_uris":["https://app.example.com/cb"],"scope":"tasks:read"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	added := must(t, "", "clients", "add", "--file", file, "--id", "my-app")
	if !strings.Contains(added, "client_id      my-app") || !regexp.MustCompile(`client_secret  \S{43}\n`).MatchString(added) {
		t.Errorf("it said %s", added)
	}
	public := must(t, `{"token_endpoint_auth_method":"none","redirect_uris":["http://127.0.0.1/cb"]}`, "clients", "add", "--file", "-")
	if strings.Contains(public, "secret") || !strings.Contains(public, "client_id      client-") {
		t.Errorf("of a public client it said %s", public)
	}
	if listed := must(t, "", "clients", "list"); !strings.Contains(listed, `"My app"`) || strings.Count(listed, "\n") != 3 {
		t.Errorf("the list is %s", listed)
	}
	must(t, "", "clients", "remove", "my-app")
	if listed := must(t, "", "clients", "list"); strings.Contains(listed, "my-app") {
		t.Errorf("a removed client is listed: %s", listed)
	}
}

func TestUsersCommand(t *testing.T) {
	atLocation(t)
	must(t, "a long password of ada\n", "users", "add", "ada", "--email", "ada@example.com")
	must(t, "another long password", "users", "password", "ada")
	if listed := must(t, "", "users", "list"); !strings.Contains(listed, "ada@example.com") {
		t.Errorf("the list is %s", listed)
	}
	must(t, "", "users", "remove", "ada")
	shown := must(t, "", "audit")
	lines := must(t, "", "audit", "--json", "--since", "1m")
	for _, want := range []string{"user-added", "password-changed", "user-removed"} {
		if !strings.Contains(shown, want) || !strings.Contains(lines, `"event":"`+want+`"`) {
			t.Errorf("the record lacks %s:\n%s%s", want, shown, lines)
		}
	}
	if strings.Contains(shown+lines, "long password") {
		t.Error("the record holds a password")
	}
	if none := must(t, "", "audit", "--since", "0s"); strings.Count(none, "\n") != 1 {
		t.Errorf("since now there is %s", none)
	}
}

// What is wrong with these calls is said in one line, too.
func TestWrongOperation(t *testing.T) {
	atLocation(t)
	must(t, "a long password of ada", "users", "add", "ada")
	must(t, `{"grant_types":["client_credentials"]}`, "clients", "add", "--file", "-", "--id", "app")
	for _, test := range []struct{ args, input, want string }{
		{"keys rotate --algorithm HS256", "", "nobody signs with"},
		{"keys list --store memory", "", "belongs to its server"},
		{"keys nonsense", "", "unknown command"},
		{"clients add", "", "required flag"},
		{"clients add --file /nonsense.json", "", "no such file"},
		{"clients add --file -", "nonsense", "JSON"},
		{"clients add --file -", `{"grant_types":["password"]}`, "this server knows"},
		{"clients add --file -", `{"redirect_uris":7}`, "redirect_uris"},
		{"clients add --file - --id app", `{"grant_types":["client_credentials"]}`, "already"},
		{"clients add --file - --id https://a.example/b", `{}`, "cannot be the id"},
		{"clients add --file - --id user-7", `{}`, "cannot be the id"},
		{"clients add --file -", strings.Repeat(" ", 70_000), "64 KiB"},
		{"clients remove nobody", "", "there is no client"},
		{"users add ada", "a long password of ada", "already"},
		{"users add bob", "short", "15 at least"},
		{"users add bob", strings.Repeat("x", 1100), "1024 bytes at most"},
		{"users add \x01", "a long password of ada", "cannot be the name"},
		{"users password nobody", "a long password of ada", "there is no user"},
		{"users remove nobody", "", "there is no user"},
		{"audit --since nonsense", "", "invalid argument"},
		{"serve --tls-cert x", "", "give both"},
		{"serve --tls-cert x --tls-key y", "", "cannot be read"},
		{"serve --trusted-proxy nonsense", "", "use a network"},
		{"serve --metrics 0.0.0.0:9090", "", "not loopback"},
		{"serve --audit /nonsense/audit.log", "", "cannot be written"},
		{"serve --address-rate -1", "", "use 0 or more"},
	} {
		t.Run(test.args, func(t *testing.T) {
			_, said, code := call(t, test.input, strings.Split(test.args, " ")...)
			if code != 2 || !strings.Contains(said, test.want) || strings.Count(said, "\n") != 1 {
				t.Errorf("exit code %d, said %q; want one line with %q", code, said, test.want)
			}
		})
	}
}

// All that is missing or forbidden is said at once.
func TestHardenedRefuses(t *testing.T) {
	t.Setenv("INTROSPECTION_CLIENT_SECRET", "short")
	record := filepath.Join(t.TempDir(), "audit.log")
	_, said, code := call(t, "", "serve", "--hardened", "--fault", "x", "--control", "127.0.0.1:0", "--documented-tokens", "--tls-self-signed",
		"--store", "postgres://me:hunter2@127.0.0.1:1/db", "--trusted-proxy", "0.0.0.0/0", "--registration", "initial-access-token", "--audit", record)
	if code != 2 {
		t.Errorf("exit code %d, want 2", code)
	}
	for _, want := range []string{
		"--fault", "--control", "--documented-tokens", "--tls-self-signed", "--store: everybody", "believes everybody", "GRANTPROOF_INITIAL_ACCESS_TOKEN",
		"--issuer", "--resource", "INTROSPECTION_CLIENT_SECRET: use 32", "GRANTPROOF_STORE_KEY",
	} {
		if !strings.Contains(said, "\n  - "+want) && !strings.Contains(said, want) {
			t.Errorf("the list lacks %q:\n%s", want, said)
		}
	}
	if strings.Contains(said, "hunter2") {
		t.Error("the list holds the password of the store")
	}
	if lines, err := os.ReadFile(record); err != nil || !strings.Contains(string(lines), "configuration-refused") {
		t.Errorf("the record is %s, %v", lines, err)
	}
}

// running is a server that a test has started by the command line.
type running struct {
	mu  sync.Mutex
	out bytes.Buffer
}

func (r *running) Write(p []byte) (int, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out.Write(p)
}

func (r *running) said() string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out.String()
}

// served starts servers, and stops them at the end of the test.
func served(t *testing.T, args ...string) *running {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	out, ended := &running{}, make(chan int, 1)
	go func() { ended <- execute(ctx, append([]string{"serve"}, args...), out, out) }()
	t.Cleanup(func() {
		stop()
		if code := <-ended; code != 0 {
			t.Errorf("it ended with %d: %s", code, out.said())
		}
	})
	for deadline := time.Now().Add(20 * time.Second); !strings.Contains(out.said(), "Stop with"); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("it does not start: %s", out.said())
		}
	}
	return out
}

func unusedAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	return listener.Addr().String()
}

func get(t *testing.T, client *http.Client, address string, headers ...string) (int, string) {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), "GET", address, nil)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	response, err := client.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		t.Fatal(err)
	}
	return response.StatusCode, string(body)
}

// Hardened servers answer by https alone, and follow the commands.
func TestHardened(t *testing.T) {
	atLocation(t)
	address := unusedAddress(t)
	server := served(t, "authserver", "--hardened", "--authserver", address, "--issuer", "https://as.example.com", "--resource", "https://api.example.com",
		"--trusted-proxy", "127.0.0.1/32", "--drain", "0s")
	if strings.Contains(server.said(), "control plane") || strings.Contains(server.said(), "demo") {
		t.Errorf("it said %s", server.said())
	}
	base, client := "http://"+address, &http.Client{Timeout: 10 * time.Second}
	if status, body := get(t, client, base+"/.well-known/jwks.json"); status != 403 {
		t.Errorf("in the clear: %d %s", status, body)
	}
	if status, body := get(t, client, base+"/ready"); status != 200 {
		t.Errorf("it is not ready: %d %s", status, body)
	}
	if status, _ := get(t, client, base+"/oauth/register", "X-Forwarded-Proto", "https"); status/100 == 2 {
		t.Errorf("registration answers with %d", status)
	}
	before := keysOf(t, client, base)
	must(t, "", "keys", "rotate")
	for deadline := time.Now().Add(time.Second); keysOf(t, client, base) != before+1; time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("the new key is not published within a second")
		}
	}
}

func keysOf(t *testing.T, client *http.Client, base string) int {
	t.Helper()
	status, body := get(t, client, base+"/.well-known/jwks.json", "X-Forwarded-Proto", "https", "X-Forwarded-For", "192.0.2.1")
	var set struct{ Keys []any }
	if err := json.Unmarshal([]byte(body), &set); err != nil || status != 200 && status != 429 {
		t.Fatalf("%d %s", status, body)
	}
	return len(set.Keys)
}

// A certificate for development is made on the spot, and its fingerprint said.
func TestSelfSigned(t *testing.T) {
	atLocation(t)
	server := served(t, "authserver", "--authserver", "localhost:0", "--control", "", "--tls-self-signed", "--metrics", "127.0.0.1:0")
	said := server.said()
	issuer := regexp.MustCompile(`https://localhost:\d+`).FindString(said)
	if issuer == "" || !regexp.MustCompile(`SHA-256 [0-9A-F:]{95}`).MatchString(said) || !strings.Contains(said, "/metrics") {
		t.Fatalf("it said %s", said)
	}
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true}}}
	if status, body := get(t, client, issuer+"/.well-known/oauth-authorization-server"); status != 200 || !strings.Contains(body, issuer+"/oauth/token") {
		t.Errorf("%d %s", status, body)
	}
}
