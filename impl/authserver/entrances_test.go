package authserver_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/authserver"
	"github.com/grantproof/grantproof/impl/cimd"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
)

// withClients is a server at which clients may register, or have a document on
// this machine.
func withClients(t *testing.T) asking {
	return askingFor(t, realm.Policy{Registration: realm.RegistrationOpen, ClientDocuments: cimd.Rules{Loopback: true}})
}

// sendJSON sends client metadata.
func (a asking) sendJSON(method, path, bearer string, members map[string]any) *httptest.ResponseRecorder {
	body, _ := json.Marshal(members)
	r := httptest.NewRequest(method, path, strings.NewReader(string(body)))
	r.Header.Set("Content-Type", "application/json")
	if bearer != "" {
		r.Header.Set("Authorization", "Bearer "+bearer)
	}
	w := httptest.NewRecorder()
	a.server.ServeHTTP(w, r)
	return w
}

// published serves a metadata document and returns its URL.
func published(t *testing.T, members map[string]any) string {
	t.Helper()
	document := map[string]any{"client_name": "A"}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(document)
	}))
	t.Cleanup(server.Close)
	for name, member := range members {
		document[name] = member
	}
	document["client_id"] = server.URL + "/client.json"
	document["token_endpoint_auth_method"] = "none"
	return server.URL + "/client.json"
}

// places are n redirect URIs.
func places(n int) []string {
	var uris []string
	for i := range n {
		uris = append(uris, "https://app.example/cb/"+strconv.Itoa(i))
	}
	return uris
}

// longPlaces are n redirect URIs with so many characters each.
func longPlaces(n, length int) []string {
	uris := places(n)
	for i := range uris {
		uris[i] += strings.Repeat("a", length)
	}
	return uris
}

// entrances are the ways in which a client comes to be known, each telling
// whether it takes a client with these members.
var entrances = map[string]func(t *testing.T, a asking, members map[string]any) bool{
	"registration": func(_ *testing.T, a asking, members map[string]any) bool {
		return a.sendJSON("POST", "/oauth/register", "", members).Code == http.StatusCreated
	},
	"update": func(t *testing.T, a asking, members map[string]any) bool {
		var registered struct {
			ID    string `json:"client_id"`
			Token string `json:"registration_access_token"`
		}
		answer := a.sendJSON("POST", "/oauth/register", "", map[string]any{"redirect_uris": []string{"https://sound.example/cb"}})
		if err := json.Unmarshal(answer.Body.Bytes(), &registered); err != nil {
			t.Fatal(err)
		}
		update := map[string]any{"client_id": registered.ID}
		for name, member := range members {
			update[name] = member
		}
		return a.sendJSON("PUT", "/oauth/register/"+registered.ID, registered.Token, update).Code == http.StatusOK
	},
	"command": func(t *testing.T, a asking, members map[string]any) bool {
		body, _ := json.Marshal(members)
		var metadata oauth.ClientMetadata
		if err := json.Unmarshal(body, &metadata); err != nil {
			t.Fatal(err)
		}
		_, err := authserver.AddClient(t.Context(), a.root, metadata)
		return err == nil
	},
	"metadata document": func(t *testing.T, a asking, members map[string]any) bool {
		_, err := a.root.Client(t.Context(), published(t, members))
		return err == nil
	},
}

// What one entrance refuses, no other lets in.
func TestEntrancesAlike(t *testing.T) {
	const sound = "https://app.example/cb"
	long := func(n int) string { return strings.Repeat("a", n) }
	a := withClients(t)
	for name, test := range map[string]struct {
		members map[string]any
		sound   bool
	}{
		"https":                       {map[string]any{"redirect_uris": []string{sound}}, true},
		"loopback":                    {map[string]any{"redirect_uris": []string{"http://127.0.0.1:8765/cb", "http://[::1]/cb", "http://localhost/cb"}}, true},
		"an app":                      {map[string]any{"redirect_uris": []string{"com.example.app:/cb"}}, true},
		"web pages":                   {map[string]any{"redirect_uris": []string{sound}, "client_uri": "https://app.example/", "policy_uri": "https://app.example/p"}, true},
		"a script":                    {map[string]any{"redirect_uris": []string{"javascript:alert(1)"}}, false},
		"a script behind a sound one": {map[string]any{"redirect_uris": []string{sound, "javascript:alert(1)"}}, false},
		"a document in a URI":         {map[string]any{"redirect_uris": []string{"data:text/html,hello"}}, false},
		"http on the network":         {map[string]any{"redirect_uris": []string{"http://app.example/cb"}}, false},
		"a user":                      {map[string]any{"redirect_uris": []string{"https://me@app.example/cb"}}, false},
		"a fragment":                  {map[string]any{"redirect_uris": []string{sound + "#a"}}, false},
		"no path":                     {map[string]any{"redirect_uris": []string{"https://app.example"}}, false},
		"no redirect URI":             {map[string]any{"redirect_uris": []string{}}, false},
		"a web client on loopback":    {map[string]any{"redirect_uris": []string{"http://127.0.0.1/cb"}, "application_type": "web"}, false},
		"an unknown application type": {map[string]any{"redirect_uris": []string{sound}, "application_type": "robot"}, false},
		"a page that is a script":     {map[string]any{"redirect_uris": []string{sound}, "client_uri": "javascript:alert(1)"}, false},
		"a logo that is a document":   {map[string]any{"redirect_uris": []string{sound}, "logo_uri": "data:image/svg+xml,x"}, false},
		"terms with a user":           {map[string]any{"redirect_uris": []string{sound}, "tos_uri": "https://me@app.example/"}, false},
		"keys without TLS":            {map[string]any{"redirect_uris": []string{sound}, "jwks_uri": "http://app.example/keys"}, false},
		"keys that are none":          {map[string]any{"redirect_uris": []string{sound}, "jwks": map[string]any{"kty": "EC"}}, false},
		"keys at two places":          {map[string]any{"redirect_uris": []string{sound}, "jwks": map[string]any{"keys": []any{}}, "jwks_uri": "https://app.example/keys"}, false},
		"a long name":                 {map[string]any{"redirect_uris": []string{sound}, "client_name": long(257)}, false},
		"a long redirect URI":         {map[string]any{"redirect_uris": []string{sound + long(2048)}}, false},
		"a long page":                 {map[string]any{"redirect_uris": []string{sound}, "client_uri": sound + long(2048)}, false},
		"many redirect URIs":          {map[string]any{"redirect_uris": places(33)}, false},
		"much altogether":             {map[string]any{"redirect_uris": longPlaces(30, 1500)}, false},
		"large keys":                  {map[string]any{"redirect_uris": []string{sound}, "jwks": map[string]any{"keys": []any{}, "x": long(40_000)}}, false},
	} {
		for entrance, takes := range entrances {
			t.Run(name+" by "+entrance, func(t *testing.T) {
				if takes(t, a, test.members) != test.sound {
					t.Errorf("it is taken: %t; want %t", !test.sound, test.sound)
				}
			})
		}
	}
}

// authorize sends an authorization request without a session.
func (a asking) authorize(parameters url.Values) *httptest.ResponseRecorder {
	parameters.Set("response_type", "code")
	parameters.Set("code_challenge", strings.Repeat("c", 43))
	parameters.Set("code_challenge_method", "S256")
	return a.send("192.0.2.1", "GET", "/oauth/authorize?"+parameters.Encode(), "")
}

// However a URI came into the store, a browser is not led to a script by it.
func TestNeverLedToScript(t *testing.T) {
	for _, decision := range []realm.Decision{realm.Asks, realm.Approves, realm.Denies} {
		a := askingFor(t, realm.Policy{ResourceOwner: decision})
		for _, uri := range []string{"javascript:alert(1)", "JavaScript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd", "view-source:https://a.example", "myapp:/cb"} {
			for _, mode := range []string{"query", "form_post"} {
				client := store.Client{ID: "stored", AuthMethod: "none", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{uri}, Scope: realm.Scopes}
				if err := a.root.Store().PutClient(t.Context(), client); err != nil {
					t.Fatal(err)
				}
				answer := a.authorize(url.Values{"client_id": {"stored"}, "response_mode": {mode}, "prompt": {"none"}})
				if answer.Code != http.StatusBadRequest || answer.Header().Get("Location") != "" || strings.Contains(answer.Body.String(), uri) {
					t.Errorf("%s by %s: %d %v %s", uri, mode, answer.Code, answer.Header(), answer.Body)
				}
			}
		}
	}
}

// Without a session, prompt=none sends a browser at once only to a client that
// is vouched for, or that is on the person's own computer. Of the others the
// person decides, by a link or by a form that waits.
func TestSilentRequestOfStranger(t *testing.T) {
	a := askingFor(t, realm.Policy{})
	for name, test := range map[string]struct {
		redirectURI    string
		selfRegistered bool
		mode           string
		atOnce         bool
	}{
		"a client that is vouched for":                {"https://app.example/cb", false, "query", true},
		"a client that is vouched for, by form":       {"https://app.example/cb", false, "form_post", true},
		"a stranger":                                  {"https://app.example/cb", true, "query", false},
		"a stranger by form":                          {"https://app.example/cb", true, "form_post", false},
		"a stranger's app":                            {"com.example.app:/cb", true, "query", false},
		"a stranger's app by form":                    {"com.example.app:/cb", true, "form_post", false},
		"a stranger on the person's computer":         {"http://127.0.0.1:8765/cb", true, "query", true},
		"a stranger on the person's computer by form": {"http://127.0.0.1:8765/cb", true, "form_post", true},
	} {
		for prompt, code := range map[string]string{"none": "login_required", "none login": "invalid_request"} {
			t.Run(name+" with prompt "+prompt, func(t *testing.T) {
				client := store.Client{ID: "c", AuthMethod: "none", GrantTypes: []string{"authorization_code"}, SelfRegistered: test.selfRegistered, RedirectURIs: []string{test.redirectURI}, Scope: realm.Scopes}
				if err := a.root.Store().PutClient(t.Context(), client); err != nil {
					t.Fatal(err)
				}
				answer := a.authorize(url.Values{"client_id": {"c"}, "response_mode": {test.mode}, "prompt": {prompt}, "state": {"the-state"}})
				submits := strings.Contains(answer.Body.String(), "<script>")
				if atOnce := answer.Header().Get("Location") != "" || submits; atOnce != test.atOnce {
					t.Errorf("the browser goes on at once: %t, want %t: %s", atOnce, test.atOnce, answer.Body)
				}
				// The error reaches the client in each case, if the person wants.
				if said := answer.Header().Get("Location") + answer.Body.String(); !strings.Contains(said, code) || !strings.Contains(said, "the-state") || !strings.Contains(said, test.redirectURI) {
					t.Errorf("neither %s nor the state is on the way to the client: %s", code, said)
				}
			})
		}
	}
}
