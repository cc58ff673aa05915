package oauthclient_test

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/oauthclient"
)

// Registered beforehand goes before a document, and that before registering.
func TestRegistrationPriority(t *testing.T) {
	const document = "https://client.example/oauth.json"
	for name, test := range map[string]struct {
		known     bool
		documents any
		document  string
		want      string
	}{
		"registered beforehand":      {true, true, document, "known"},
		"a document":                 {false, true, document, document},
		"no support for documents":   {false, nil, document, "registered-1"},
		"documents said to be wrong": {false, false, document, "registered-1"},
		"no document":                {false, true, "", "registered-1"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSystem(t)
			s.metadata = object{"client_id_metadata_document_supported": test.documents}
			config := s.handlerConfig()
			config.MetadataURL = test.document
			if test.known {
				config.Credentials = []oauthclient.Credentials{{Issuer: s.AS.URL, ClientID: "known"}}
			}
			mustCall(t, newHandler(t, config), s)
			if got := s.authorizations[0].Get("client_id"); got != test.want || s.requests[0].Get("client_id") != test.want || s.requests[0].authorization != "" {
				t.Errorf("the client is %q, want %q", got, test.want)
			}
		})
	}
}

// Without a way to register, a person learns what to do.
func TestNoWayToRegister(t *testing.T) {
	s := newSystem(t)
	config := s.handlerConfig()
	config.Registration = nil
	wants(t, mustFail(t, newHandler(t, config), s), oauthclient.StepRegistration, "register a client there, and give its client_id and its issuer")
	config.MetadataURL = "https://client.example/oauth.json"
	wants(t, mustFail(t, newHandler(t, config), s), oauthclient.StepRegistration, "does not support client ID metadata documents")
	s.untouched(t)
}

// A refusal that other metadata may help against is answered with those, once.
func TestRefusedRegistration(t *testing.T) {
	for code, test := range map[string]struct {
		attempts int
		adjusted func(metadata object) bool
	}{
		"invalid_redirect_uri": {2, func(m object) bool {
			return strings.HasPrefix(m["redirect_uris"].([]any)[0].(string), "http://localhost:")
		}},
		"invalid_client_metadata": {2, func(m object) bool { return len(m["grant_types"].([]any)) == 1 }},
		"access_denied":           {1, func(object) bool { return true }},
	} {
		for _, helps := range []bool{true, false} {
			s := newSystem(t)
			attempts := 0
			s.answers["/register"] = func(w http.ResponseWriter, r *http.Request) {
				if attempts++; attempts > 1 && helps {
					s.serveRegistration(w, r)
					return
				}
				writeJSON(w, 400, object{"error": code, "error_description": "no"})
			}
			h := newHandler(t, s.handlerConfig())
			if helps && test.attempts > 1 {
				mustCall(t, h, s)
				if !test.adjusted(s.registered[0]) || s.registered[0]["application_type"] != "native" || s.authorizations[0].Get("redirect_uri") != s.registered[0]["redirect_uris"].([]any)[0] {
					t.Errorf("%s: it registers with %v", code, s.registered[0])
				}
			} else {
				failed := mustFail(t, h, s)
				wants(t, failed, oauthclient.StepRegistration, "refuses with "+code+" (no); register a client there by hand")
			}
			if attempts != test.attempts {
				t.Errorf("%s: %d attempts", code, attempts)
			}
		}
	}
}

func TestBrokenRegistrations(t *testing.T) {
	for name, answer := range map[string]http.HandlerFunc{
		"HTML": page, "huge": huge, "redirect": away, "aborted": abort,
		"no secret": func(w http.ResponseWriter, _ *http.Request) {
			writeJSON(w, 201, object{"client_id": "x", "token_endpoint_auth_method": "client_secret_basic"})
		},
		"other URIs": func(w http.ResponseWriter, _ *http.Request) {
			writeJSON(w, 201, object{"client_id": "x", "redirect_uris": []string{"https://evil.example/"}})
		},
		"no client": func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, 201, object{"client_name": "x"}) },
	} {
		s := newSystem(t)
		s.answers["/register"] = answer
		if failed := mustFail(t, newHandler(t, s.handlerConfig()), s); failed.Step != oauthclient.StepRegistration || len(s.authorizations) != 0 {
			t.Errorf("%s: %v", name, failed)
		}
	}
}

// The method that the server wrote down is the one that is used.
func TestMethodOfTheRegistration(t *testing.T) {
	for method, test := range map[string]struct {
		supported any
		basic     bool
		posted    string
	}{
		"none":                {[]string{"none"}, false, ""},
		"client_secret_basic": {[]string{"client_secret_basic"}, true, ""},
		"client_secret_post":  {[]string{"client_secret_post"}, false, "secret-" + canary},
	} {
		s := newSystem(t)
		s.metadata = object{"token_endpoint_auth_methods_supported": test.supported}
		s.registration = object{"client_secret": "secret-" + canary, "token_endpoint_auth_method": nil}
		mustCall(t, newHandler(t, s.handlerConfig()), s)
		if got := s.requests[0]; s.registered[0]["token_endpoint_auth_method"] != method || (got.authorization != "") != test.basic || got.Get("client_secret") != test.posted {
			t.Errorf("%s: %q and %v", method, got.authorization, got.Values)
		}
	}
}

// A registration is kept for its issuer, with its redirect URI, and used again
// until it is over or forgotten by the server.
func TestKeptRegistration(t *testing.T) {
	s, now := newSystem(t), new(clock)
	s.tokens = object{"refresh_token": nil}
	s.registration = object{"client_secret": "secret-" + canary, "client_secret_expires_at": now.now().Add(2 * time.Hour).Unix()}
	config := s.handlerConfig()
	config.Now, config.Store = now.now, oauthclient.NewFileStore(filepath.Join(t.TempDir(), "folder", "kept.json"))
	run := func() {
		s.revoke()
		mustCall(t, newHandler(t, config), s)
	}
	run()
	run()
	if len(s.registered) != 1 || s.authorizations[0].Get("redirect_uri") != s.authorizations[1].Get("redirect_uri") {
		t.Errorf("%d registrations; redirect URIs %q and %q", len(s.registered), s.authorizations[0].Get("redirect_uri"), s.authorizations[1].Get("redirect_uri"))
	}
	now.advance(3 * time.Hour)
	run()
	if len(s.registered) != 2 {
		t.Errorf("%d registrations after the secret has expired", len(s.registered))
	}
	s.change(func() {
		s.registration = object{}
		s.answers["/token"] = func(w http.ResponseWriter, _ *http.Request) { writeJSON(w, 401, object{"error": "invalid_client"}) }
	})
	s.revoke()
	now.advance(3 * time.Hour)
	wants(t, mustFail(t, newHandler(t, config), s), oauthclient.StepToken, "refuses with invalid_client")
	s.change(func() { s.answers["/token"] = nil })
	before := len(s.registered)
	run()
	if len(s.registered) != before+1 {
		t.Error("a registration that the server does not know is used again")
	}
}

// When the MCP server names another authorization server, that one gets nothing
// of what the first one gave.
func TestChangedAuthorizationServer(t *testing.T) {
	s, next := newSystem(t), newSystem(t)
	next.registration = object{"client_id": "of-the-second"}
	config := s.handlerConfig()
	config.Store = oauthclient.NewMemoryStore()
	h := newHandler(t, config)
	mustCall(t, h, s)
	refresh := s.refresh
	s.change(func() {
		s.resource = object{"authorization_servers": []string{next.AS.URL}}
		s.valid = next.valid
	})
	mustCall(t, h, s)
	for _, request := range next.requests {
		if request.Get("client_id") != "of-the-second" || request.Get("refresh_token") == refresh || request.Get("grant_type") != "authorization_code" {
			t.Errorf("the second server sees %v", request.Values)
		}
	}
	if len(next.registered) != 1 || len(next.authorizations) != 1 || next.authorizations[0].Get("client_id") != "of-the-second" {
		t.Errorf("%d registrations, %d authorizations at the second server", len(next.registered), len(next.authorizations))
	}
	saved, _ := config.Store.Load()
	if len(saved.Registrations) != 2 || saved.Tokens[s.server()].Issuer != next.AS.URL {
		t.Errorf("it keeps %d registrations and tokens of %s", len(saved.Registrations), saved.Tokens[s.server()].Issuer)
	}
}

// Credentials are for the issuer that they name, or for the first that was found.
func TestCredentialsOfAnotherIssuer(t *testing.T) {
	for name, issuer := range map[string]func(s *system) string{"named": func(s *system) string { return s.AS.URL }, "found": func(*system) string { return "" }} {
		t.Run(name, func(t *testing.T) {
			s, next := newSystem(t), newSystem(t)
			config := s.handlerConfig()
			config.Registration = nil
			config.Credentials = []oauthclient.Credentials{{Issuer: issuer(s), ClientID: "known", ClientSecret: "secret-" + canary}}
			h := newHandler(t, config)
			mustCall(t, h, s)
			s.change(func() { s.resource = object{"authorization_servers": []string{next.AS.URL}} })
			s.revoke()
			wants(t, mustFail(t, h, s), oauthclient.StepRegistration, "the credentials are for "+s.AS.URL+", so that they are not shown to it")
			next.untouched(t)
		})
	}
}

// What is kept is for the owner alone, and replaced at once.
func TestFileStore(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b", "kept.json")
	store := oauthclient.NewFileStore(path)
	together(20, func() {
		err := store.Update(func(s *oauthclient.Saved) {
			kept := s.Registrations["https://as"]
			kept.ExpiresAt++
			s.Registrations["https://as"] = kept
		})
		if err != nil {
			t.Error(err)
		}
	})
	saved, err := store.Load()
	if err != nil || saved.Registrations["https://as"].ExpiresAt != 20 {
		t.Errorf("%v; it keeps %v", err, saved)
	}
	file, _ := os.Stat(path)
	folder, _ := os.Stat(filepath.Dir(path))
	entries, _ := os.ReadDir(filepath.Dir(path))
	lock, _ := os.Stat(path + ".lock")
	if file.Mode().Perm() != 0o600 || lock.Mode().Perm() != 0o600 || folder.Mode().Perm() != 0o700 || len(entries) != 2 {
		t.Errorf("modes %v, %v and %v, %d files", file.Mode(), lock.Mode(), folder.Mode(), len(entries))
	}
	if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
		t.Fatal(err)
	}
	s := newSystem(t)
	config := s.handlerConfig()
	config.Store = store
	wants(t, mustFail(t, newHandler(t, config), s), oauthclient.StepToken, "remove the file, and authorize anew")
}

// Tokens in a store are for the client that got them.
func TestTokensOfAnotherClient(t *testing.T) {
	s := newSystem(t)
	config := s.handlerConfig()
	config.Store = oauthclient.NewMemoryStore()
	mustCall(t, newHandler(t, config), s)
	mustCall(t, newHandler(t, config), s)
	if len(s.requests) != 1 {
		t.Errorf("%d token requests of one client", len(s.requests))
	}
	config.Credentials = []oauthclient.Credentials{{ClientID: "known", ClientSecret: "secret-" + canary}}
	mustCall(t, newHandler(t, config), s)
	config.Grant = oauthclient.GrantClientCredentials
	mustCall(t, newHandler(t, config), s)
	if len(s.requests) != 3 || s.requests[1].authorization == "" || s.requests[2].Get("grant_type") != "client_credentials" {
		t.Errorf("%d token requests of three clients: %v", len(s.requests), s.requests)
	}
}

// Where nothing can be kept, the tokens serve until the end of the process.
func TestStoreThatKeepsNothing(t *testing.T) {
	s := newSystem(t)
	config := s.handlerConfig()
	config.Credentials = []oauthclient.Credentials{{Issuer: s.AS.URL, ClientID: "known"}}
	config.Store = unwritable{oauthclient.NewMemoryStore()}
	h := newHandler(t, config)
	mustCall(t, h, s)
	mustCall(t, h, s)
	s.revoke()
	mustCall(t, h, s)
	if len(s.authorizations) != 1 || len(s.requests) != 2 {
		t.Errorf("%d authorizations, %d token requests", len(s.authorizations), len(s.requests))
	}
	config.Credentials = nil
	wants(t, mustFail(t, newHandler(t, config), s), oauthclient.StepRegistration, "registered the client, but the disk is full")
}

type unwritable struct{ oauthclient.Store }

// Update implements oauthclient.Store.
func (unwritable) Update(func(*oauthclient.Saved)) error { return errors.New("the disk is full") }
