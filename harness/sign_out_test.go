package harness_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
)

// sessions is a code server that remembers who has signed in.
type sessions struct {
	*codeServer
	endSession http.HandlerFunc
}

func (s *sessions) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, err := r.Cookie("session")
	switch {
	case r.URL.Path == "/end_session":
		s.endSession(w, r)
		return
	case r.URL.Path == "/authorize" && r.Method == http.MethodGet && err == nil:
		r.Method, r.PostForm = http.MethodPost, url.Values{"answer": {"yes"}, "ticket": {s.ticket()}}
	case r.URL.Path == "/authorize" && r.Method == http.MethodPost && r.PostFormValue("password") == s.password:
		http.SetCookie(w, &http.Cookie{Name: "session", Value: "owner", Path: "/"})
		http.SetCookie(w, &http.Cookie{Name: "language", Value: "en", Path: "/"})
	}
	s.codeServer.ServeHTTP(w, r)
}

// A sign-out without id_token_hint may be refused, or ask for a confirmation, or show
// nothing: whether it took place is not known then. A server that deletes a cookie
// says that it did.
func TestSignOutThatIsNotSeen(t *testing.T) {
	page := func(text string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html")
			fmt.Fprint(w, text)
		}
	}
	deletes := func(name string) http.HandlerFunc {
		return func(w http.ResponseWriter, r *http.Request) {
			http.SetCookie(w, &http.Cookie{Name: name, Path: "/", MaxAge: -1})
			page("<p>Good bye.</p>")(w, r)
		}
	}
	for name, test := range map[string]struct {
		endSession http.HandlerFunc
		want       report.Verdict
		says       string
	}{
		"asks in a way of its own": {page(`<p>Wirklich?</p><form method="post"><button name="q" value="1">Ja doch</button></form>`), report.Inconclusive, "nothing shows that the resource owner was signed out"},
		"shows nothing":            {page(""), report.Inconclusive, "nothing shows that the resource owner was signed out"},
		"refuses":                  {func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusBadRequest) }, report.Inconclusive, "the sign-out was refused"},
		"ends the session":         {deletes("session"), report.Passed, ""},
		"ends another cookie":      {deletes("language"), report.Failed, ""},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(&sessions{codeServer: &codeServer{password: "a-long-password-48213", pending: map[string]url.Values{}}, endSession: test.endSession})
			defer server.Close()
			row := oneScenario(t, &target.Target{
				AuthorizationServer: target.AuthorizationServer{Issuer: server.URL, Metadata: map[string]any{"end_session_endpoint": server.URL + "/end_session"}},
				Clients:             map[string]target.Client{"confidential": {ID: "web", Secret: "a-secret-of-the-web-client", RedirectURIs: []string{callback}}},
				ResourceOwner:       target.ResourceOwner{Username: "ann", Password: "a-long-password-48213", Browser: "forms"},
			}, "authorization_server/sign_in#a-resource-owner-who-has-signed-out-is-asked-to-sign-in-again")
			if row.Verdict != test.want || !strings.Contains(reasonOf(row), test.says) {
				t.Errorf("the verdict is %s: %s %s", row.Verdict, value(row.Actual), reasonOf(row))
			}
		})
	}
}
