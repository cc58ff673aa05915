package impl_test

import (
	"net/http"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store/storetest"
)

// Both servers are ready while their store answers.
func TestReady(t *testing.T) {
	f := start(t, realm.Policy{Documented: true})
	for _, server := range []string{f.Issuer, f.Resource} {
		if status, _, body := send(t, "GET", server+"/ready", "", ""); status != 200 || !strings.Contains(body, `"ready"`) {
			t.Errorf("%s/ready: %d %s", server, status, body)
		}
	}
	root := f.Realms.Root()
	policy := root.Policy()
	policy.StoreDown = true
	root.SetPolicy(policy)
	for _, server := range []string{f.Issuer, f.Resource} {
		status, header, _ := send(t, "GET", server+"/ready", "", "")
		if status != 503 || header.Get("Retry-After") == "" {
			t.Errorf("without its store %s/ready answers with %d", server, status)
		}
		if status, _, _ := send(t, "GET", server+"/health", "", ""); status != 200 {
			t.Errorf("without its store %s/health answers with %d", server, status)
		}
	}
}

// A server that is told to stop says first that it is not ready, and answers
// meanwhile.
func TestDrain(t *testing.T) {
	f, err := impl.Start(impl.Config{AuthServer: "127.0.0.1:0", Policy: realm.Policy{Documented: true}, Drain: 500 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	stopped := make(chan error, 1)
	go func() { stopped <- f.Shutdown() }()
	for deadline := time.Now().Add(400 * time.Millisecond); ; time.Sleep(time.Millisecond) {
		if status, _, _ := send(t, "GET", f.Issuer+"/ready", "", ""); status == 503 {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("it is ready though it stops")
		}
	}
	demoToken(t, f)
	if err := <-stopped; err != nil {
		t.Error(err)
	}
	if _, err := http.Get(f.Issuer + "/health"); err == nil {
		t.Error("it runs on")
	}
}

// The numbers are on a listener of their own.
func TestMetrics(t *testing.T) {
	f, err := impl.Start(impl.Config{
		AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", Metrics: "127.0.0.1:0", Policy: realm.Policy{Documented: true},
		Store: "sqlite:" + filepath.Join(t.TempDir(), "store.db"), StoreKey: storetest.Key,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	demoToken(t, f)
	send(t, "POST", f.Issuer+"/oauth/token", form, "grant_type=client_credentials&client_id=web-app&client_secret=wrong")
	send(t, "GET", f.Resource+"/api/tasks/task-1", "", "")
	_, _, page := send(t, "GET", f.MetricsURL+"/metrics", "", "")
	for _, want := range []string{
		`grantproof_tokens_issued_total{grant_type="client_credentials"} 1`,
		`grantproof_events_total{error="invalid_client",event="token-refused"} 1`,
		`{endpoint="/oauth/token",method="POST",server="authorization-server",status="2xx"} 1`,
		`server="resource-server",status="4xx"`, "grantproof_store_errors_total 0",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	for _, public := range []string{f.Issuer, f.Resource} {
		if status, _, _ := send(t, "GET", public+"/metrics", "", ""); status != 404 {
			t.Errorf("%s/metrics answers with %d", public, status)
		}
	}
}

// A new password ends the sessions of before.
func TestPasswordEndsSessions(t *testing.T) {
	f := start(t, realm.Policy{Documented: true})
	_, cookie := consentForm(t, f)
	if status, _, _ := send(t, "GET", f.Issuer+"/account/grants", "", "", "Cookie", cookie); status != 200 {
		t.Fatalf("who is signed in gets %d", status)
	}
	users := f.Realms.Root().Store()
	user, err := users.UserByName(t.Context(), "demo-user")
	if err != nil {
		t.Fatal(err)
	}
	user.PasswordAt = time.Now().Add(2 * time.Second)
	if err := users.PutUser(t.Context(), user); err != nil {
		t.Fatal(err)
	}
	if status, header, _ := send(t, "GET", f.Issuer+"/account/grants", "", "", "Cookie", cookie); !strings.HasSuffix(header.Get("Location"), "/sign-in") {
		t.Errorf("who was signed in before gets %d, %s", status, header.Get("Location"))
	}
}
