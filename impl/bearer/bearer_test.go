package bearer

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/MicahParks/keyfunc/v3"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/token"
)

const (
	asIdentifier = "https://as.example.com"
	identifier   = "https://api.example.com"
)

// aResource is a protected resource, and its issuer as it knows it.
func aResource(t testing.TB) (Resource, *issuer) {
	t.Helper()
	realms, err := realm.New(realm.Options{Issuer: asIdentifier, Resource: identifier})
	if err != nil {
		t.Fatal(err)
	}
	root := realms.Root()
	published, err := root.Keys.JWKS(root.Clock.Now())
	if err != nil {
		t.Fatal(err)
	}
	keys, err := keyfunc.NewJWKSetJSON(published)
	if err != nil {
		t.Fatal(err)
	}
	return Resource{Realm: root, Name: "api", Identifier: identifier}, &issuer{oauth.AuthorizationServerMetadata{Issuer: asIdentifier}, keys}
}

func issued(t testing.TB, at Resource) string {
	t.Helper()
	now := at.Clock.Now()
	access := token.Access{Issuer: asIdentifier, Subject: "user", Audience: []string{identifier}, ClientID: "client", ID: token.NewID(), IssuedAt: now, Expires: now.Add(time.Hour)}
	raw, err := at.Keys.Sign("ES256", now, map[string]any{"typ": token.Type}, access.Claims())
	if err != nil {
		t.Fatal(err)
	}
	return raw
}

// The credentials are the scheme in any case, one space or more, and one token (RFC
// 6750 section 2.1).
func TestRead(t *testing.T) {
	at, _ := aResource(t)
	read := func(lines ...string) (string, bool) {
		r := httptest.NewRequest(http.MethodGet, "/tasks", nil)
		r.Header["Authorization"] = lines
		raw, refused := read(r, at)
		return raw, refused == nil
	}
	for _, line := range []string{"Bearer a.b-c_d~e+f/g==", "bearer a.b-c_d~e+f/g==", "BEARER   a.b-c_d~e+f/g=="} {
		if raw, ok := read(line); !ok || raw != "a.b-c_d~e+f/g==" {
			t.Errorf("%q is read as %q, %v", line, raw, ok)
		}
	}
	for _, lines := range [][]string{{"Bearer"}, {"Bearer "}, {"Bearer\ta"}, {"Bearer \ta"}, {"Bearer a b"}, {"Bearer a\t"}, {"Bearer a,Bearer b"}, {"Bearer a=b"}, {"Bearer ="},
		{"Bearer a\u00a0"}, {"Bearer \"a\""}, {" Bearer a"}, {"Basic a"}, {"a"}, {""}, {"Bearer a", "Bearer a"}} {
		if raw, ok := read(lines...); ok {
			t.Errorf("%q is read as %q", lines, raw)
		}
	}
}

// Nothing but the very text of a token opens the resource; no text makes it panic.
func FuzzVerifyJWT(f *testing.F) {
	at, of := aResource(f)
	right := issued(f, at)
	if access, err := of.verifyJWT(f.Context(), at, right); err != nil || access.Subject != "user" {
		f.Fatalf("a right token is refused: %v", err)
	}
	f.Add(right)
	for _, extra := range []string{"=", "==", "\n", "\r\n", " ", "."} {
		f.Add(right + extra)
		f.Add(strings.Replace(right, ".", extra+".", 1))
	}
	f.Add(right[:len(right)-1] + "x")
	f.Add("eyJhbGciOiJub25lIn0.e30.")
	f.Add("eyJhbGciOiJFUzI1NiJ9.W10.AAAA")
	f.Fuzz(func(t *testing.T, raw string) {
		access, err := of.verifyJWT(t.Context(), at, raw)
		if err == nil && (access.Subject != "user" || token.CheckEncoding(raw) != nil || !strings.HasPrefix(right, raw[:strings.LastIndexByte(raw, '.')])) {
			t.Errorf("%q opens the resource for %+v", raw, access)
		}
	})
}
