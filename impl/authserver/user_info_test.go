package authserver_test

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// UserInfo answers the one access token of a user that is for the scope openid (OpenID
// Connect Core section 5.3, https://openid.net/specs/openid-connect-core-1_0.html#UserInfo).
func TestUserInfo(t *testing.T) {
	a := askingFor(t, realm.Policy{})
	if err := a.root.Store().PutUser(t.Context(), store.User{ID: "u", Username: "alice"}); err != nil {
		t.Fatal(err)
	}
	issued := func(subject string, scope ...string) string {
		now := a.root.Clock.Now()
		access := token.Access{Issuer: a.root.Issuer, Subject: subject, ClientID: agent, ID: token.NewID(), Scope: scope, IssuedAt: now, Expires: now.Add(time.Hour)}
		raw, err := a.root.Keys.Sign("ES256", now, map[string]any{"typ": token.Type}, access.Claims())
		if err != nil {
			t.Fatal(err)
		}
		return "Bearer " + raw
	}
	right := issued("u", "openid", "profile")
	for name, test := range map[string]struct {
		lines  []string
		status int
	}{
		"right":              {[]string{right}, http.StatusOK},
		"twice":              {[]string{right, right}, http.StatusBadRequest},
		"another scheme":     {[]string{"Basic" + right[len("Bearer"):]}, http.StatusBadRequest},
		"missing":            {nil, http.StatusUnauthorized},
		"changed":            {[]string{right + "x"}, http.StatusUnauthorized},
		"without openid":     {[]string{issued("u", "profile")}, http.StatusForbidden},
		"of nobody":          {[]string{issued("gone", "openid")}, http.StatusUnauthorized},
		"of a client itself": {[]string{issued(agent, "openid")}, http.StatusUnauthorized},
	} {
		r := httptest.NewRequest(http.MethodGet, "/oauth/userinfo", nil)
		r.Header["Authorization"] = test.lines
		w := httptest.NewRecorder()
		a.server.ServeHTTP(w, r)
		if w.Code != test.status {
			t.Errorf("%s: %d %s", name, w.Code, w.Body)
		}
	}
}
