package impl_test

import (
	"encoding/base64"
	"encoding/json"
	"math/rand/v2"
	"net"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store/storetest"
)

// stored starts the demo servers on a store, as one of many with this issuer.
func stored(t *testing.T, config impl.Config) *impl.Fixture {
	t.Helper()
	config.StoreKey, config.Policy.Documented = storetest.Key, true
	fixture, err := impl.Start(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { fixture.Close() })
	return fixture
}

// address returns a free one, below the ports that connections are given.
func address(t *testing.T) string {
	t.Helper()
	for range 100 {
		listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(10_000+rand.IntN(10_000))))
		if err == nil {
			defer listener.Close()
			return listener.Addr().String()
		}
	}
	t.Fatal("no port is free")
	return ""
}

// The demo is there once however often the servers start, what became of it is
// kept, and tokens outlive the servers that made them.
func TestRestart(t *testing.T) {
	config := impl.Config{AuthServer: address(t), ResourceServer: address(t), Store: "sqlite:" + filepath.Join(t.TempDir(), "store.db")}
	before := stored(t, config)
	access := demoToken(t, before)
	bearer := "Bearer " + access
	if status, _, body := send(t, "DELETE", before.Resource+"/api/tasks/task-1", "", "", "Authorization", bearer); status >= 300 {
		t.Fatalf("%d %s", status, body)
	}
	unredeemed := redemption(code(t, before.Issuer))
	if err := before.Close(); err != nil {
		t.Fatal(err)
	}
	after := stored(t, config)
	for _, want := range []int{200, 400} { // Once, as if nothing had happened.
		if status, _, body := send(t, "POST", after.Issuer+"/oauth/token", form, unredeemed); status != want {
			t.Errorf("%d %s, want %d for the code of before", status, body, want)
		}
	}
	if !active(t, after.Issuer, access) {
		t.Error("the token of before is not known after")
	}
	status, _, tasks := send(t, "GET", after.Resource+"/api/tasks", "", "", "Authorization", bearer)
	if status != 200 || strings.Count(tasks, `"id"`) != 1 || !strings.Contains(tasks, "task-2") {
		t.Errorf("%d %s, want task-2 alone", status, tasks)
	}
	if _, _, created := send(t, "POST", after.Resource+"/api/tasks", "application/json", `{"title":"x"}`, "Authorization", bearer); !strings.Contains(created, "task-3") {
		t.Errorf("the next task is %s, want task-3", created)
	}
}

// active asks an authorization server about a token.
// The key of an algorithm that the policy wants is kept like the others.
func TestRestartWithAlgorithm(t *testing.T) {
	config := impl.Config{AuthServer: address(t), ResourceServer: address(t), Store: "sqlite:" + filepath.Join(t.TempDir(), "store.db"),
		Policy: realm.Policy{SigningAlgorithm: "EdDSA"}}
	before := stored(t, config)
	bearer := "Bearer " + demoToken(t, before)
	if err := before.Close(); err != nil {
		t.Fatal(err)
	}
	after := stored(t, config)
	if status, _, body := send(t, "GET", after.Resource+"/api/tasks", "", "", "Authorization", bearer); status != 200 {
		t.Errorf("a token of before: %d %s", status, body)
	}
}

func active(t *testing.T, server, raw string) bool {
	t.Helper()
	basic := "Basic " + base64.StdEncoding.EncodeToString([]byte("task-api:"+realm.DemoResourceSecret))
	status, _, body := send(t, "POST", server+"/oauth/introspect", form, "token="+raw, "Authorization", basic)
	if status != 200 {
		t.Fatalf("%d %s", status, body)
	}
	return strings.Contains(body, `"active":true`)
}

// members reads a JSON object.
func members(t *testing.T, document string) map[string]any {
	t.Helper()
	var found map[string]any
	if err := json.Unmarshal([]byte(document), &found); err != nil {
		t.Fatalf("%v: %s", err, document)
	}
	return found
}
