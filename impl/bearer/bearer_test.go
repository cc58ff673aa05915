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
	"github.com/grantproof/grantproof/impl/wire"
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
	return signed(t, at, map[string]any{"typ": token.Type})
}

// signed is a right access token but for its header.
func signed(t testing.TB, at Resource, header map[string]any) string {
	t.Helper()
	now := at.Clock.Now()
	access := token.Access{Issuer: asIdentifier, Subject: "user", Audience: []string{identifier}, ClientID: "client", ID: token.NewID(), IssuedAt: now, Expires: now.Add(time.Hour)}
	raw, err := at.Keys.Sign("ES256", now, header, access.Claims())
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
	if raw, ok := read("Bearer AZ09az"); !ok || raw != "AZ09az" {
		t.Errorf("letters and digits are read as %q, %v", raw, ok)
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

// A token in the URL is refused, beside one in the header and alone (RFC 6750 section 2:
// "Clients MUST NOT use more than one method to transmit the token in each request").
func TestTokenInTheURL(t *testing.T) {
	at, _ := aResource(t)
	for name, test := range map[string]struct {
		url   string
		lines []string
		code  string
	}{
		"in both":        {"/tasks?access_token=a", []string{"Bearer a"}, "invalid_request"},
		"in the URL":     {"/tasks?access_token=a", nil, "invalid_request"},
		"nowhere":        {"/tasks?access=a", nil, "unauthorized"},
		"with two lines": {"/tasks", []string{"Bearer a", "Bearer a"}, "invalid_request"},
		"in the header":  {"/tasks", []string{"Bearer a"}, ""},
	} {
		r := httptest.NewRequest(http.MethodGet, test.url, nil)
		r.Header["Authorization"] = test.lines
		raw, refused := read(r, at)
		if code := codeOf(refused); code != test.code || (raw == "a") != (code == "") {
			t.Errorf("%s: it is read as %q, %q", name, raw, code)
		}
	}
}

func codeOf(refused *wire.Error) string {
	if refused == nil {
		return ""
	}
	return refused.Code
}

// A JWT is an access token by its typ, in any case and with or without "application/",
// and with no extension that has to be understood.
func TestHeader(t *testing.T) {
	at, of := aResource(t)
	for name, test := range map[string]struct {
		header map[string]any
		ok     bool
	}{
		"at+jwt":             {map[string]any{"typ": "at+jwt"}, true},
		"AT+JWT":             {map[string]any{"typ": "AT+JWT"}, true},
		"application/at+jwt": {map[string]any{"typ": "application/at+jwt"}, true},
		"JWT":                {map[string]any{"typ": "JWT"}, false},
		"none":               {map[string]any{}, false},
		"no text":            {map[string]any{"typ": 1}, false},
		"critical":           {map[string]any{"typ": "at+jwt", "crit": []string{"exp"}, "exp": 1}, false},
		"critical, none":     {map[string]any{"typ": "at+jwt", "crit": []string{}}, false},
	} {
		if _, err := of.verifyJWT(t.Context(), at, signed(t, at, test.header)); (err == nil) != test.ok {
			t.Errorf("%s: %v, want it accepted: %v", name, err, test.ok)
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
