package impl_test

import (
	"context"
	"encoding/json"
	"io"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

const (
	exchangeGrant = "urn:ietf:params:oauth:grant-type:token-exchange"
	gateway       = "https://gateway.example"
	aSecret       = "a-secret-of-a-client-in-a-test"
)

// exchange is a fixture with an agent of the demo's user, and with services that
// serve the resource gateway and the task API.
type exchange struct {
	*testing.T
	f *impl.Fixture
}

func newExchange(t *testing.T, lines io.Writer) exchange {
	f := stored(t, impl.Config{
		AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", Audit: lines,
		Policy: realm.Policy{Registration: realm.RegistrationOpen, Resources: []string{gateway}},
	})
	e := exchange{t, f}
	e.put(store.Client{ID: "agent", GrantTypes: []string{"client_credentials"}, ActsFor: []string{"user-123"}})
	e.put(store.Client{ID: "service", GrantTypes: []string{exchangeGrant}, Serves: []string{gateway}})
	e.put(store.Client{ID: "second", GrantTypes: []string{exchangeGrant}, Serves: []string{gateway}})
	return e
}

func (e exchange) put(client store.Client) {
	e.Helper()
	client.Secret, client.AuthMethod, client.Scope = new(token.HashOf(aSecret)), "client_secret_post", realm.Scopes
	if err := e.f.Realms.Root().Store().PutClient(e.Context(), client); err != nil {
		e.Fatal(err)
	}
}

func (e exchange) request(client string, parameters url.Values) map[string]any {
	e.Helper()
	parameters.Set("client_id", client)
	parameters.Set("client_secret", aSecret)
	_, _, body := send(e.T, "POST", e.f.Issuer+"/oauth/token", form, parameters.Encode())
	return members(e.T, body)
}

func (e exchange) token(client string, parameters url.Values) string {
	e.Helper()
	answer := e.request(client, parameters)
	raw, ok := answer["access_token"].(string)
	if !ok {
		e.Fatalf("no token: %v", answer)
	}
	return raw
}

func (e exchange) ofAgent() string {
	return e.token("agent", url.Values{"grant_type": {"client_credentials"}, "resource": {gateway}})
}

func of(subject, audience string) url.Values {
	return url.Values{"grant_type": {exchangeGrant}, "subject_token": {subject}, "subject_token_type": {"urn:ietf:params:oauth:token-type:access_token"}, "audience": {audience}}
}

// Who acts for an agent reaches what the agent reaches, whichever way the
// resource verifies; the audience is the name of the client that serves it.
func TestExchangedTokenOfAgent(t *testing.T) {
	e := newExchange(t, nil)
	raw := e.token("service", of(e.ofAgent(), "task-api"))
	root := e.f.Realms.Root()
	for _, verify := range []realm.Verify{realm.ByJWT, realm.ByIntrospection} {
		policy := root.Policy()
		policy.Verify = verify
		root.SetPolicy(policy)
		status, _, body := send(t, "GET", e.f.Resource+"/api/user", "", "", "Authorization", "Bearer "+raw)
		if status != 200 || !strings.Contains(body, "user-123") {
			t.Errorf("by %s: %d %s", verify, status, body)
		}
	}
}

// A token that was exchanged ends with each of the clients whose names it has.
func TestExchangedTokenEndsWithClients(t *testing.T) {
	for _, gone := range []string{"agent", "service"} {
		e := newExchange(t, nil)
		raw := e.token("service", of(e.ofAgent(), gateway))
		if refused := e.request("second", of(raw, "task-api"))["error"]; refused != nil {
			t.Fatalf("before %s is gone: %v", gone, refused)
		}
		if err := e.f.Realms.Root().Store().DeleteClient(context.Background(), gone); err != nil {
			t.Fatal(err)
		}
		if refused := e.request("second", of(raw, "task-api"))["error"]; refused != "invalid_request" {
			t.Errorf("after %s is gone: %v", gone, refused)
		}
	}
}

// Two clients that hand a token to and fro come to an end.
func TestCircleOfActors(t *testing.T) {
	e := newExchange(t, nil)
	raw, clients := e.ofAgent(), []string{"service", "second"}
	for i := range 4 {
		raw = e.token(clients[i%2], of(raw, gateway))
	}
	if refused := e.request("service", of(raw, gateway))["error"]; refused != "invalid_request" {
		t.Errorf("a fifth actor: %v", refused)
	}
}

// The record says who exchanged a token, and whose grant it is.
func TestExchangeRecorded(t *testing.T) {
	lines := &written{}
	e := newExchange(t, lines)
	now := time.Now()
	grant := store.Grant{ID: "g", ClientID: "agent", UserID: "user-123", CreatedAt: now, ExpiresAt: now.Add(time.Hour)}
	root := e.f.Realms.Root()
	if err := root.Store().PutGrant(t.Context(), grant); err != nil {
		t.Fatal(err)
	}
	subject, err := root.Keys.Sign("ES256", now, map[string]any{"typ": token.Type}, token.Access{
		Issuer: root.Issuer, Subject: "user-123", Audience: []string{gateway}, ClientID: "agent", Scope: realm.Scopes,
		ID: token.NewTokenID("g"), IssuedAt: now, Expires: now.Add(time.Minute),
	}.Claims())
	if err != nil {
		t.Fatal(err)
	}
	issued := e.request("service", of(subject, "task-api"))
	if lifetime, _ := issued["expires_in"].(float64); lifetime < 50 || lifetime > 60 {
		t.Errorf("the token lives for %v seconds, want those of the subject token", issued["expires_in"])
	}
	want := `"client_id":"service","user_id":"user-123","grant_id":"g","grant_type":"` + exchangeGrant + `"`
	if !strings.Contains(lines.String(), `"event":"`+audit.TokenIssued+`",`+want) {
		t.Errorf("no line of the record has %s:\n%s", want, lines)
	}
}

// What a client serves is said by those who run the server, and by no client.
func TestServing(t *testing.T) {
	e := newExchange(t, nil)
	metadata := `{"client_name":"Gateway","grant_types":["` + exchangeGrant + `"],"response_types":[],"serves":["https://GATEWAY.example"]}`
	status, _, body := send(t, "POST", e.f.Issuer+"/oauth/register", "application/json", metadata)
	if status != 400 || members(t, body)["error"] != "invalid_client_metadata" {
		t.Errorf("a client that registers itself: %d %s", status, body)
	}
	var file oauth.ClientMetadata
	if err := json.Unmarshal([]byte(metadata), &file); err != nil {
		t.Fatal(err)
	}
	root := e.f.Realms.Root()
	added, err := authserver.AddClient(t.Context(), root, file)
	if err != nil {
		t.Fatal(err)
	}
	if client, err := root.Store().Client(t.Context(), added.ClientID); err != nil || !slices.Equal(client.Serves, []string{gateway}) {
		t.Errorf("a client that is added serves %q (%v)", client.Serves, err)
	}
	for _, wrong := range []any{"text", []any{1}, []any{"/relative"}, []any{"https://a.example/#b"}} {
		file.AdditionalProperties["serves"] = wrong
		if _, err := authserver.AddClient(t.Context(), root, file); err == nil {
			t.Errorf("a client serves %v", wrong)
		}
	}
}
