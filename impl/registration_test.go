package impl_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/token"
)

var openRegistration = realm.Policy{Registration: realm.RegistrationOpen}

func register(t *testing.T, f *impl.Fixture, body string, headers ...string) (int, http.Header, map[string]any) {
	t.Helper()
	status, header, content := send(t, "POST", f.Issuer+"/oauth/register", "application/json", body, headers...)
	return status, header, object(t, content)
}

func object(t *testing.T, content string) map[string]any {
	t.Helper()
	var found map[string]any
	if err := json.Unmarshal([]byte(content), &found); err != nil {
		t.Fatalf("no JSON object: %q", content)
	}
	return found
}

func text(value any) string {
	s, _ := value.(string)
	return s
}

// What is registered depends on the kind of application, and what is left out
// follows from the rest.
func TestRegistrationRules(t *testing.T) {
	fixture := start(t, openRegistration)
	for name, test := range map[string]struct{ body, refused string }{
		"an application_type that nobody knows": {`{"application_type":"robot","redirect_uris":["https://a.example/cb"]}`, "invalid_client_metadata"},
		"a web client on localhost":             {`{"application_type":"web","redirect_uris":["http://localhost/cb"]}`, "invalid_redirect_uri"},
		"a web client with a private scheme":    {`{"application_type":"web","redirect_uris":["com.example.app:/cb"]}`, "invalid_redirect_uri"},
		"a native client with https":            {`{"application_type":"native","redirect_uris":["https://a.example/cb"]}`, ""},
		"a native client of both kinds":         {`{"redirect_uris":["https://a.example/cb","http://127.0.0.1/cb"]}`, ""},
		"a user before the host":                {`{"redirect_uris":["https://me@a.example/cb"]}`, "invalid_redirect_uri"},
		"a private scheme without a path":       {`{"redirect_uris":["com.example.app:cb"]}`, "invalid_redirect_uri"},
		"https without a host":                  {`{"redirect_uris":["https:///cb"]}`, "invalid_redirect_uri"},
		"redirect URIs that are a text":         {`{"redirect_uris":"https://a.example/cb"}`, "invalid_redirect_uri"},
		"33 redirect URIs":                      {`{"redirect_uris":["https://a.example/cb"` + strings.Repeat(`,"https://a.example/cb"`, 32) + `]}`, "invalid_redirect_uri"},
		"a public client of its own":            {`{"grant_types":["client_credentials"],"token_endpoint_auth_method":"none"}`, "invalid_client_metadata"},
		"no grant type":                         {`{"grant_types":[],"redirect_uris":["https://a.example/cb"]}`, "invalid_client_metadata"},
		"a scope that nobody knows":             {`{"redirect_uris":["https://a.example/cb"],"scope":"everything"}`, "invalid_client_metadata"},
		"keys that are none":                    {`{"redirect_uris":["https://a.example/cb"],"jwks":{"kty":"EC"}}`, "invalid_client_metadata"},
		"keys without TLS":                      {`{"redirect_uris":["https://a.example/cb"],"jwks_uri":"http://a.example/keys"}`, "invalid_client_metadata"},
		"a logo that is a script":               {`{"redirect_uris":["http://127.0.0.1/cb"],"logo_uri":"javascript:alert(1)"}`, "invalid_client_metadata"},
		"an unknown member that is null":        {`{"redirect_uris":["https://a.example/cb"],"x":null,"y":{"z":null}}`, ""},
		"a known member that is null":           {`{"redirect_uris":["https://a.example/cb"],"logo_uri":null}`, ""},
		"a member in other letters":             {`{"redirect_uris":["https://a.example/cb"],"Scope":"everything"}`, ""},
		"a member twice":                        {`{"redirect_uris":["https://a.example/cb"],"scope":"user:read","scope":"tasks:read"}`, "invalid_request"},
		"text after the object":                 {`{"redirect_uris":["https://a.example/cb"]} x`, "invalid_request"},
		"too long":                              {`{"client_name":"` + strings.Repeat("a", 70_000) + `"}`, "invalid_request"},
		"a body that is null":                   {`null`, "invalid_request"},
	} {
		t.Run(name, func(t *testing.T) {
			status, header, answer := register(t, fixture, test.body)
			if text(answer["error"]) != test.refused || (test.refused == "") != (status == http.StatusCreated) || status >= 500 {
				t.Errorf("%d %v, want error %q", status, answer, test.refused)
			}
			if header.Get("Cache-Control") != "no-store" {
				t.Errorf("Cache-Control: %q", header.Get("Cache-Control"))
			}
		})
	}
	if status, _, _ := send(t, "POST", fixture.Issuer+"/oauth/register", "text/json", `{}`); status != http.StatusBadRequest {
		t.Errorf("text/json: %d, want 400", status)
	}
	_, _, web := register(t, fixture, `{"redirect_uris":["https://a.example/cb"],"client_name":"A","client_name#de":"Ä","client_name#":"x","unknown#de":"x","scope":"user:read"}`)
	if web["application_type"] != "web" || web["client_name#de"] != "Ä" || web["unknown#de"] != nil || web["client_name#"] != nil || web["scope"] != "user:read" {
		t.Errorf("registered %v", web)
	}
	if _, _, local := register(t, fixture, `{"redirect_uris":["http://127.0.0.1/cb"]}`); local["application_type"] != "native" || local["scope"] != realm.Scopes.String() {
		t.Errorf("registered %v", local)
	}
}

// A client manages its registration with the newest token alone, and a secret
// is told once.
func TestRegistrationManagement(t *testing.T) {
	fixture := start(t, openRegistration)
	_, _, registered := register(t, fixture, `{"redirect_uris":["https://a.example/cb"],"client_name":"A"}`)
	id, uri, secret := text(registered["client_id"]), text(registered["registration_client_uri"]), text(registered["client_secret"])
	bearer := "Bearer " + text(registered["registration_access_token"])
	if uri != fixture.Issuer+"/oauth/register/"+id || secret == "" || registered["client_secret_expires_at"] != 0.0 {
		t.Fatalf("registered %v", registered)
	}
	if status, _, content := send(t, "GET", uri, "", "", "Authorization", bearer); status != 200 || strings.Contains(content, secret) {
		t.Errorf("read: %d %s", status, content)
	}
	for name, body := range map[string]string{
		"client_id_issued_at": `{"client_id":"` + id + `","redirect_uris":["https://a.example/cb"],"client_id_issued_at":1}`,
		"a script":            `{"client_id":"` + id + `","redirect_uris":["javascript:alert(1)"]}`,
	} {
		if status, _, content := send(t, "PUT", uri, "application/json", body, "Authorization", bearer); status != 400 {
			t.Errorf("an update with %s: %d %s", name, status, content)
		}
	}
	body := `{"client_id":"` + id + `","client_secret":"` + secret + `","redirect_uris":["https://b.example/cb"]}`
	status, _, content := send(t, "PUT", uri, "application/json", body, "Authorization", bearer)
	updated := object(t, content)
	if status != 200 || updated["client_name"] != nil || updated["client_secret"] != nil || updated["client_id"] != id {
		t.Errorf("updated: %d %v", status, updated)
	}
	if status, header, _ := send(t, "GET", uri, "", "", "Authorization", bearer); status != 401 || !strings.Contains(header.Get("WWW-Authenticate"), "invalid_token") {
		t.Errorf("the earlier token: %d, want 401", status)
	}
	bearer = "Bearer " + text(updated["registration_access_token"])
	body = `{"client_id":"` + id + `","redirect_uris":["https://b.example/cb"],"token_endpoint_auth_method":"none"}`
	if _, _, content = send(t, "PUT", uri, "application/json", body, "Authorization", bearer); object(t, content)["client_secret"] != nil {
		t.Errorf("a public client has a secret: %s", content)
	}
	if status, _, _ := send(t, "GET", fixture.Issuer+"/oauth/register/web-app", "", "", "Authorization", "Bearer x"); status != 401 {
		t.Errorf("a client that did not register itself: %d, want 401", status)
	}
}

// The policy says who may register, and how often.
func TestRegistrationPolicy(t *testing.T) {
	const body = `{"redirect_uris":["https://a.example/cb"]}`
	off := start(t, realm.Policy{})
	if status, _, _ := register(t, off, body); status != http.StatusNotFound {
		t.Errorf("registration is off: %d, want 404", status)
	}
	if _, _, metadata := send(t, "GET", off.Issuer+"/.well-known/oauth-authorization-server", "", ""); strings.Contains(metadata, "registration_endpoint") {
		t.Error("registration is off and in the metadata")
	}
	admitted := start(t, realm.Policy{Registration: realm.RegistrationToken, InitialAccessToken: token.HashOf("admission-of-the-test")})
	if status, _, _ := register(t, admitted, body, "Authorization", "Bearer admission-of-the-test"); status != http.StatusCreated {
		t.Errorf("with the initial access token: %d, want 201", status)
	}
	if status, header, _ := register(t, admitted, body); status != 401 || header.Get("WWW-Authenticate") != `Bearer realm="grantproof"` {
		t.Errorf("without it: %d %v", status, header)
	}
	nobody := start(t, realm.Policy{Registration: realm.RegistrationToken})
	if status, _, _ := register(t, nobody, body, "Authorization", "Bearer "); status != 401 {
		t.Errorf("an initial access token that is not set: %d, want 401", status)
	}
	limited := start(t, realm.Policy{Registration: realm.RegistrationOpen, RegistrationsPerHour: 1})
	register(t, limited, body)
	status, header, answer := register(t, limited, body)
	if status != http.StatusTooManyRequests || header.Get("Retry-After") != "3600" || text(answer["error"]) == "" {
		t.Errorf("one too many: %d %v %v", status, header, answer)
	}
	limited.Realms.Root().Clock.Advance(3600_000_000_000)
	if status, _, _ := register(t, limited, body); status != http.StatusCreated {
		t.Errorf("an hour later: %d, want 201", status)
	}
}

// A name is what a person sees: one in any script is registered, and one that holds
// what is not seen is not, by every way into the store.
func TestRegisteredNames(t *testing.T) {
	fixture := start(t, openRegistration)
	for name, lawful := range map[string]bool{
		"Notes": true, "مدير المهام": true, "מנהל משימות": true, "می\u200cخواهم": true, "任务": true, "👩\u200d👩\u200d👧 ❤️": true,
		"a\x1b[2Jb": false, "a\nclient-2  forged": false, "a\rb": false, "a\u009bb": false, "a\u202eb": false, "a\u2066b": false, "a\u200bb": false, "a\u2028b": false, "a\x7fb": false, "a\x00b": false,
	} {
		for _, member := range []string{"client_name", "client_name#de"} {
			body, err := json.Marshal(map[string]any{"redirect_uris": []string{"https://a.example/cb"}, "client_name": "A", member: name})
			if err != nil {
				t.Fatal(err)
			}
			status, _, answer := register(t, fixture, string(body))
			if lawful != (status == http.StatusCreated) || lawful != (answer[member] == name) || !lawful && text(answer["error"]) != "invalid_client_metadata" {
				t.Errorf("%s %q: %d %v", member, name, status, answer)
			}
		}
	}
	_, _, made := register(t, fixture, `{"redirect_uris":["https://a.example/cb"],"client_name":"A"}`)
	update := `{"client_id":"` + text(made["client_id"]) + `","redirect_uris":["https://a.example/cb"],"client_name":"` + `a\u001b[2J` + `"}`
	status, _, content := send(t, "PUT", text(made["registration_client_uri"]), "application/json", update, "Authorization", "Bearer "+text(made["registration_access_token"]))
	if status != http.StatusBadRequest || text(object(t, content)["error"]) != "invalid_client_metadata" {
		t.Errorf("an update: %d %s", status, content)
	}
}
