package impl_test

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"net/http"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/certificate"
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

// With a certificate both servers speak https, and the resource server believes
// the issuer's.
func TestTLS(t *testing.T) {
	files, err := certificate.Development(t.TempDir(), []string{"127.0.0.1"})
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(files.Leaf())
	f, err := impl.Start(impl.Config{
		AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", Policy: realm.Policy{Documented: true, Verify: realm.ByJWT}, TLS: files.Config(), Roots: roots,
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}, ForceAttemptHTTP2: true}}
	response, err := client.PostForm(f.Issuer+"/oauth/token", url.Values{"grant_type": {"client_credentials"}, "client_id": {"mcp-task-manager"}, "client_secret": {"mcp-secret-12345"}})
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var token struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.NewDecoder(response.Body).Decode(&token); err != nil || response.ProtoMajor != 2 || !strings.HasPrefix(f.Issuer, "https://") {
		t.Fatalf("%s by %s: %v", f.Issuer, response.Proto, err)
	}
	request, err := http.NewRequestWithContext(t.Context(), "GET", f.Resource+"/api/tasks", nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+token.AccessToken)
	if answer, err := client.Do(request); err != nil || answer.StatusCode != 200 {
		t.Errorf("the protected resource: %v, %v", answer, err)
	} else {
		answer.Body.Close()
	}
	if _, err := http.Get(f.Issuer + "/health"); err == nil {
		t.Error("whoever does not know the certificate believes it")
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
	later := time.Now().Add(2 * time.Second)
	if err := realm.SetPassword(t.Context(), f.Realms.Root().Store(), "demo-user", "another-long-password", later); err != nil {
		t.Fatal(err)
	}
	if status, header, _ := send(t, "GET", f.Issuer+"/account/grants", "", "", "Cookie", cookie); !strings.HasSuffix(header.Get("Location"), "/sign-in") {
		t.Errorf("who was signed in before gets %d, %s", status, header.Get("Location"))
	}
}

// What a server without the demo's data and contract does not have.
func TestBare(t *testing.T) {
	config := impl.Config{AuthServer: address(t), Issuer: "https://as.example.com", Resource: "https://api.example.com",
		Store: "sqlite:" + filepath.Join(t.TempDir(), "store.db"), StoreKey: storetest.Key}
	if problems := config.Harden(t.Context()); len(problems) != 1 || !strings.Contains(problems[0], "nobody encrypts") {
		t.Fatalf("in the way are %q", problems)
	}
	config.Front.HTTPS = false // As if behind a proxy that says https.
	f, err := impl.Start(config)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { f.Close() })
	root := f.Realms.Root()
	clients, err := root.Store().Clients(t.Context())
	users, usersErr := root.Store().Users(t.Context())
	if err != nil || usersErr != nil || len(clients) != 0 || len(users) != 0 {
		t.Errorf("there are clients %v and users %v (%v, %v)", clients, users, err, usersErr)
	}
	base := "http://" + config.AuthServer
	if status, _, body := send(t, "POST", base+"/oauth/token", "application/json", `{"grant_type":"client_credentials"}`); status != 400 || !strings.Contains(body, "invalid_request") {
		t.Errorf("a JSON request: %d %s", status, body)
	}
	if status, _, _ := send(t, "GET", base+"/debug/clients", "", ""); status != 404 {
		t.Errorf("the list of clients: %d", status)
	}
	if _, header, _ := send(t, "GET", base+"/sign-in", "", ""); !strings.HasPrefix(header.Get("Set-Cookie"), "__Host-") || !strings.Contains(header.Get("Set-Cookie"), "Secure") {
		t.Errorf("the cookie is %s", header.Get("Set-Cookie"))
	}
}

// A store that the demo used is not one to run in earnest on.
func TestHardenFindsDemo(t *testing.T) {
	location := "sqlite:" + filepath.Join(t.TempDir(), "store.db")
	demo := stored(t, impl.Config{AuthServer: "127.0.0.1:0", Store: location})
	if err := demo.Close(); err != nil {
		t.Fatal(err)
	}
	config := impl.Config{Issuer: "https://as.example.com/path", Resource: "http://api.example.com", Store: location, StoreKey: storetest.Key, ResourceSecret: "short", TLS: &tls.Config{}}
	problems := strings.Join(config.Harden(t.Context()), "\n")
	for _, want := range []string{"clients remove web-app", "users remove demo-user", "it has a path", "--resource: name the public https URL", "32 characters"} {
		if !strings.Contains(problems, want) {
			t.Errorf("the list lacks %q:\n%s", want, problems)
		}
	}
	if config = (impl.Config{Store: location, StoreKey: "nonsense"}); !strings.Contains(strings.Join(config.Harden(t.Context()), "\n"), "GRANTPROOF_STORE_KEY") {
		t.Error("a wrong key is not noticed")
	}
}
