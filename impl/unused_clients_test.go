package impl_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/realm"
)

// A client that registered itself ends when nothing is granted to it for as long
// as the policy says. What a person allowed keeps it for good, a token of its own
// for as long again, and an update as well.
func TestUnusedClients(t *testing.T) {
	const month = 30 * 24 * time.Hour
	fixture := start(t, realm.Policy{Registration: realm.RegistrationOpen, UnusedClients: month, ResourceOwner: realm.Approves})
	root := fixture.Realms.Root()
	const metadata = `{"redirect_uris":["https://a.example/cb"],"grant_types":["authorization_code","client_credentials"]}`
	clients := map[string]map[string]any{}
	for _, name := range []string{"unused", "by a person", "by itself", "updated"} {
		_, _, clients[name] = register(t, fixture, metadata)
	}
	pass := func(d time.Duration) {
		t.Helper()
		root.Clock.Advance(d)
		if err := root.Store().Sweep(t.Context(), root.Clock.Now()); err != nil {
			t.Fatal(err)
		}
	}
	want := func(names ...string) {
		t.Helper()
		for name, client := range clients {
			_, err := root.Client(t.Context(), text(client["client_id"]))
			if known := err == nil; known != strings.Contains(strings.Join(names, ","), name) {
				t.Errorf("the client %s is known: %t", name, known)
			}
		}
	}
	pass(20 * 24 * time.Hour)
	ask := url.Values{"client_id": {text(clients["by a person"]["client_id"])}, "response_type": {"code"}, "code_challenge": {strings.Repeat("c", 43)}, "code_challenge_method": {"S256"}}
	if status, header, _ := send(t, "GET", fixture.Issuer+"/oauth/authorize?"+ask.Encode(), "", ""); status != http.StatusFound || !strings.Contains(header.Get("Location"), "code=") {
		t.Fatalf("no code: %d %v", status, header)
	}
	own := url.Values{"grant_type": {"client_credentials"}}
	request, _ := http.NewRequest("POST", fixture.Issuer+"/oauth/token", strings.NewReader(own.Encode()))
	request.Header.Set("Content-Type", form)
	request.SetBasicAuth(text(clients["by itself"]["client_id"]), text(clients["by itself"]["client_secret"]))
	if answer, err := http.DefaultClient.Do(request); err != nil || answer.StatusCode != 200 {
		t.Fatalf("no token: %v %v", answer, err)
	}
	updated := clients["updated"]
	body := `{"client_id":"` + text(updated["client_id"]) + `","redirect_uris":["https://a.example/cb"]}`
	if status, _, content := send(t, "PUT", text(updated["registration_client_uri"]), "application/json", body, "Authorization", "Bearer "+text(updated["registration_access_token"])); status != 200 {
		t.Fatalf("no update: %d %s", status, content)
	}
	want("unused", "by a person", "by itself", "updated")
	pass(11 * 24 * time.Hour)
	want("by a person", "by itself", "updated")
	gone := clients["unused"]
	if status, _, _ := send(t, "GET", text(gone["registration_client_uri"]), "", "", "Authorization", "Bearer "+text(gone["registration_access_token"])); status != http.StatusUnauthorized {
		t.Errorf("the registration access token of a client that is gone: %d, want 401", status)
	}
	pass(20 * 24 * time.Hour)
	want("by a person")
	pass(10 * 365 * 24 * time.Hour)
	want("by a person")
}
