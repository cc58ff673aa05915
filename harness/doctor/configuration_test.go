package doctor_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/doctor"
	"github.com/grantproof/grantproof/harness/target"
)

// blamed are the names of the findings that are neither fine nor left out.
func blamed(findings []doctor.Finding) string {
	var names []string
	for _, f := range findings {
		if f.Status == doctor.Error || f.Status == doctor.Warning {
			names = append(names, f.Name)
		}
	}
	return strings.Join(names, ", ")
}

// A wrong client secret is blamed on that client and on nothing else.
func TestConfigurationWrongClientSecret(t *testing.T) {
	for name, refused := range map[string]struct {
		status int
		code   string
	}{
		"as RFC 6749 has it":  {http.StatusUnauthorized, "invalid_client"},
		"with 400":            {http.StatusBadRequest, "invalid_client"},
		"with 403":            {http.StatusForbidden, "invalid_client"},
		"with another error":  {http.StatusUnauthorized, "unauthorized_client"},
		"with no known error": {http.StatusUnauthorized, "access_denied"},
	} {
		t.Run(name, func(t *testing.T) {
			s := start(t, nil)
			usual := s.token
			s.replaces = map[string]http.HandlerFunc{"/token": func(w http.ResponseWriter, r *http.Request) {
				_, given, _ := r.BasicAuth()
				switch {
				case r.PostFormValue("client_id") == "app":
					answer(w, http.StatusBadRequest, map[string]any{"error": "invalid_grant"})
				case given != secret:
					answer(w, refused.status, map[string]any{"error": refused.code})
				default:
					usual(w, r)
				}
			}}
			examined := s.target()
			wrong := examined.Clients["confidential"]
			wrong.Secret = "another-secret-77310"
			examined.Clients["confidential"] = wrong
			findings := examine(t, examined)
			if got := blamed(findings); got != "clients.confidential authenticates" {
				t.Errorf("blamed are %s:\n%s", got, printed(findings))
			}
			if f := named(findings, "clients.confidential authenticates"); f.Key != "clients.confidential.client_secret" {
				t.Errorf("found %+v", f)
			}
			// Another client signs in all the same.
			examined.Clients["public"] = target.Client{ID: "app", RedirectURIs: []string{callback}, GrantTypes: []string{"authorization_code"}}
			if f := named(examine(t, examined), "sign-in"); f.Status != doctor.OK {
				t.Errorf("found %+v", f)
			}
		})
	}
}

// registering is a server at which clients register themselves; pages of its are
// shown to them in the place of the usual ones.
func registering(t *testing.T, authorize func(s *server) http.HandlerFunc) *server {
	t.Helper()
	s := start(t, nil)
	deleted := 0
	s.replaces = map[string]http.HandlerFunc{
		"/.well-known/oauth-authorization-server": func(w http.ResponseWriter, _ *http.Request) {
			document := s.metadata()
			document["registration_endpoint"] = s.URL + "/register"
			answer(w, http.StatusOK, document)
		},
		"/register": func(w http.ResponseWriter, r *http.Request) {
			var sent map[string]any
			_ = json.NewDecoder(r.Body).Decode(&sent)
			sent["client_id"], sent["client_secret"] = "self-registered", "the-secret-that-was-made"
			sent["registration_client_uri"], sent["registration_access_token"] = s.URL+"/manage", "the-token-to-manage-it"
			answer(w, http.StatusCreated, sent)
		},
		"/manage":    func(w http.ResponseWriter, _ *http.Request) { deleted++; w.WriteHeader(http.StatusNoContent) },
		"/authorize": authorize(s),
	}
	t.Cleanup(func() {
		if deleted == 0 {
			t.Error("the registration stays")
		}
	})
	return s
}

// The doctor signs in with the parties that the run will use: the client that
// registers itself comes first, and that of the file after it.
func TestConfigurationClientsThatRegisterThemselves(t *testing.T) {
	for name, test := range map[string]struct {
		handler       func(s *server) http.HandlerFunc
		first, second doctor.Status
		says          string
	}{
		"both can": {func(s *server) http.HandlerFunc { return s.authorize }, doctor.OK, doctor.OK, ""},
		"an error for the registered one": {func(s *server) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				if r.FormValue("client_id") == "self-registered" {
					http.Redirect(w, r, callback+"?error=unauthorized_client&state="+r.FormValue("state"), http.StatusFound)
					return
				}
				s.authorize(w, r)
			}
		}, doctor.Error, doctor.OK, "capabilities: {registration: false}"},
		"a page for the registered one": {func(s *server) http.HandlerFunc {
			return func(w http.ResponseWriter, r *http.Request) {
				if r.FormValue("client_id") == "self-registered" {
					page(w, http.StatusForbidden, "An administrator has to approve this application first.")
					return
				}
				s.authorize(w, r)
			}
		}, doctor.Error, doctor.OK, "capabilities: {registration: false}"},
	} {
		t.Run(name, func(t *testing.T) {
			findings := examine(t, registering(t, test.handler).target())
			first, second := named(findings, "sign-in"), named(findings, "sign-in of clients.confidential")
			if first.Status != test.first || second.Status != test.second || !strings.Contains(first.Change, test.says) || !strings.Contains(first.Tried, "self-registered") {
				t.Errorf("found\n%s", printed(findings))
			}
		})
	}
}

// A password that is wrong is tried once, and not with each client: accounts are
// locked after some wrong ones.
func TestConfigurationWrongPasswordIsTriedOnce(t *testing.T) {
	tried := 0
	s := registering(t, func(s *server) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			if r.Method == http.MethodPost {
				tried++
			}
			s.authorize(w, r)
		}
	})
	examined := s.target()
	examined.ResourceOwner.Password = "a-wrong-password-1"
	if f := named(examine(t, examined), "sign-in"); f.Key != "resource_owner.password" || tried != 1 {
		t.Errorf("tried %d times, found %+v", tried, f)
	}
}

// A server of codes alone, whose resource owner the file names, asks for nobody.
func TestConfigurationCodeOnlyServer(t *testing.T) {
	s := start(t, nil)
	s.replaces = map[string]http.HandlerFunc{"/.well-known/oauth-authorization-server": func(w http.ResponseWriter, _ *http.Request) {
		document := s.metadata()
		document["grant_types_supported"] = []string{"authorization_code"}
		answer(w, http.StatusOK, document)
	}}
	findings := examine(t, s.target())
	if got := blamed(findings); got != "" || named(findings, "sign-in").Status != doctor.OK || !strings.Contains(named(findings, "access token").Tried, "authorization_code") {
		t.Errorf("blamed are %s:\n%s", got, printed(findings))
	}
}

// A client for each grant: each is asked for its own, and the token comes from the
// one that may have it.
func TestConfigurationClientPerGrant(t *testing.T) {
	s := start(t, nil)
	examined := s.target()
	web := examined.Clients["confidential"]
	web.GrantTypes, web.Scope = []string{"authorization_code"}, "other"
	machine := target.Client{ID: "service", Secret: secret, Scope: "read", GrantTypes: []string{"client_credentials"}}
	examined.Clients = map[string]target.Client{"confidential": web, "confidential-machine": machine}
	findings := examine(t, examined)
	if f := named(findings, "probe GET /api"); f.Status != doctor.OK {
		t.Errorf("found %+v\n%s", f, printed(findings))
	}
	if f := named(findings, "clients.confidential-machine authenticates"); !strings.Contains(f.Tried, "client credentials") || f.Status != doctor.OK {
		t.Errorf("found %+v", f)
	}
}

// A scope that the file does not give its clients is blamed on the file.
func TestConfigurationScopesThatClientsLack(t *testing.T) {
	for scope, want := range map[string]doctor.Status{"read": doctor.OK, "fly": doctor.Warning, "write": doctor.Error} {
		examined := start(t, nil).target()
		examined.ResourceServer.Probes[0].Scope = scope
		f := named(examine(t, examined), "probe GET /api")
		if f.Status != want || scope == "fly" && (f.Key != "clients.confidential.scope" || !strings.Contains(f.Change, `scope: "read fly"`)) {
			t.Errorf("%s: found %+v", scope, f)
		}
	}
	s := start(t, map[string]http.HandlerFunc{"/api": func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") == "" {
			w.Header().Set("WWW-Authenticate", "Bearer")
			w.WriteHeader(http.StatusUnauthorized)
		}
	}})
	examined := s.target()
	examined.ResourceServer.Probes[0].Scope = "write"
	if f := named(examine(t, examined), "probe GET /api"); f.Status != doctor.Warning || f.Key != "clients.confidential.scope" {
		t.Errorf("found %+v", f)
	}
}

// A step that names no button of its page is told from a wrong password.
func TestConfigurationUnknownButton(t *testing.T) {
	examined := start(t, nil).target()
	examined.ResourceOwner.Steps = []target.Step{{Page: "/authorize", Fill: map[string]string{"user": "(username)", "password": "(password)"}, Press: "Anmelden"}}
	f := named(examine(t, examined), "sign-in")
	if f.Status != doctor.Error || !strings.Contains(f.CameBack, `no button "Anmelden"`) || !strings.Contains(f.Change, `"Sign in"`) || f.Key != "resource_owner.steps" {
		t.Errorf("found %+v", f)
	}
}

// Two consents in a row are given.
func TestConfigurationTwoConsentsInARow(t *testing.T) {
	s := start(t, nil)
	asks := func(w http.ResponseWriter, what string) {
		page(w, http.StatusOK, what+`<form method="post"><input type="hidden" name="for" value="`+what+`"><button name="answer" value="no">Deny</button><button name="answer" value="yes">Allow</button></form>`)
	}
	s.replaces = map[string]http.HandlerFunc{"/authorize": func(w http.ResponseWriter, r *http.Request) {
		switch _ = r.ParseForm(); {
		case r.PostForm.Get("answer") == "":
			asks(w, "client")
		case r.PostForm.Get("for") == "client":
			asks(w, "scopes")
		default:
			http.Redirect(w, r, fmt.Sprintf("%s?code=code-1&state=%s", callback, r.FormValue("state")), http.StatusFound)
		}
	}}
	if f := named(examine(t, s.target()), "sign-in"); f.Status != doctor.OK {
		t.Errorf("found %+v", f)
	}
}
