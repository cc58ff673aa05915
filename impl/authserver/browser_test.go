package authserver_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
)

// browser is one of a person, with its cookies and the secret of its last form.
type browser struct {
	asking
	cookies map[string]string
	csrf    string
}

var csrfField = regexp.MustCompile(`name="csrf" value="([^"]+)"`)

func (b *browser) send(method, path string, form url.Values) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "https://as.example.com"+path, strings.NewReader(form.Encode()))
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	for name, value := range b.cookies {
		r.AddCookie(&http.Cookie{Name: name, Value: value})
	}
	w := httptest.NewRecorder()
	b.server.ServeHTTP(w, r)
	for _, cookie := range w.Result().Cookies() {
		b.cookies[cookie.Name] = cookie.Value
	}
	if match := csrfField.FindStringSubmatch(w.Body.String()); match != nil {
		b.csrf = match[1]
	}
	return w
}

// signedIn is the browser of the demo user.
func signedIn(a asking) *browser {
	a.Helper()
	b := &browser{asking: a, cookies: map[string]string{}}
	b.want(http.StatusOK, b.send("GET", "/sign-in", nil))
	b.want(http.StatusSeeOther, b.send("POST", "/sign-in", url.Values{"csrf": {b.csrf}, "username": {"demo-user"}, "password": {realm.DemoPassword}}))
	b.want(http.StatusOK, b.send("GET", "/sign-out", nil))
	return b
}

// A form without the secret of the session does nothing, whoever sends it (RFC 6749
// section 10.12, https://www.rfc-editor.org/rfc/rfc6749#section-10.12).
func TestFormsOfOtherSessions(t *testing.T) {
	a := askingFor(t, realm.Policy{})
	b := signedIn(a)
	right := b.csrf
	for name, csrf := range map[string]string{"without a secret": "", "with another one": right + "x"} {
		for path, form := range map[string]url.Values{
			"/account/grants": {"client_id": {"c"}}, "/sign-out": {}, "/sign-in": {"username": {"demo-user"}, "password": {realm.DemoPassword}},
		} {
			form.Set("csrf", csrf)
			if w := b.send("POST", path, form); w.Code != http.StatusForbidden && w.Code != http.StatusBadRequest {
				t.Errorf("a form %s to %s: %d", name, path, w.Code)
			}
			if w := b.send("GET", "/account/grants", nil); w.Code != http.StatusOK {
				t.Errorf("after a form %s to %s the person is signed out", name, path)
			}
		}
	}
	stranger := &browser{asking: a, cookies: map[string]string{}}
	stranger.want(http.StatusOK, stranger.send("GET", "/sign-in", nil))
	stranger.want(http.StatusForbidden, stranger.send("POST", "/account/grants", url.Values{"csrf": {stranger.csrf}, "client_id": {"c"}}))
	stranger.want(http.StatusSeeOther, stranger.send("GET", "/account/grants", nil))
	b.want(http.StatusSeeOther, b.send("POST", "/account/grants", url.Values{"csrf": {right}, "client_id": {"c"}}))
	b.want(http.StatusSeeOther, b.send("POST", "/sign-out", url.Values{"csrf": {right}}))
	b.want(http.StatusSeeOther, b.send("GET", "/account/grants", nil))
}

// Nobody decides about a request that another session began, signed in or not.
func TestRequestsOfOtherSessions(t *testing.T) {
	a := askingFor(t, realm.Policy{})
	if err := a.root.Store().PutClient(t.Context(), store.Client{ID: "app", AuthMethod: "none", GrantTypes: []string{"authorization_code"}, RedirectURIs: []string{"https://app.example/cb"}, Scope: realm.Scopes}); err != nil {
		t.Fatal(err)
	}
	b, other, stranger := signedIn(a), signedIn(a), &browser{asking: a, cookies: map[string]string{}}
	request := url.Values{"client_id": {"app"}, "response_type": {"code"}, "code_challenge": {strings.Repeat("c", 43)}, "code_challenge_method": {"S256"}, "scope": {"tasks:read"}}
	page := b.send("GET", "/oauth/authorize?"+request.Encode(), nil).Header().Get("Location")
	if page == "" {
		t.Fatal("the request leads to no page")
	}
	at, err := url.Parse(page)
	if err != nil {
		t.Fatal(err)
	}
	stranger.want(http.StatusForbidden, stranger.send("GET", at.RequestURI(), nil))
	other.want(http.StatusForbidden, other.send("GET", at.RequestURI(), nil))
	decision := url.Values{"request": {at.Query().Get("request")}, "csrf": {other.csrf}, "decision": {"approve"}}
	other.want(http.StatusForbidden, other.send("POST", "/consent", decision))
	b.want(http.StatusOK, b.send("GET", at.RequestURI(), nil))
	decision.Set("csrf", b.csrf+"x")
	b.want(http.StatusForbidden, b.send("POST", "/consent", decision))
	decision.Set("csrf", b.csrf)
	if to := b.send("POST", "/consent", decision).Header().Get("Location"); !strings.HasPrefix(to, "https://app.example/cb?") || !strings.Contains(to, "code=") {
		t.Errorf("the person of the session is led to %q", to)
	}
}
