package nearmiss_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/nearmiss"
)

// rights has a right value of each kind, some of its near misses by name, and names of
// what a conforming party may take for the right one.
var rights = []struct {
	kind      nearmiss.Kind
	right     string
	misses    map[string]string
	tolerated []string
}{
	{nearmiss.RedirectURI, "https://app.example.com/callback?tenant=one", map[string]string{
		"its first part":                   "https://app.example.c",
		"its last character missing":       "https://app.example.com/callback?tenant=on",
		"in other case":                    "HTTPS://APP.EXAMPLE.COM/CALLBACK?TENANT=ONE",
		"a letter for a dot of its host":   "https://appxexample.com/callback?tenant=one",
		"its scheme in capitals":           "HTTPS://app.example.com/callback?tenant=one",
		"its host in capitals":             "https://APP.EXAMPLE.COM/callback?tenant=one",
		"another scheme":                   "http://app.example.com/callback?tenant=one",
		"another port":                     "https://app.example.com:8443/callback?tenant=one",
		"its default port":                 "https://app.example.com:443/callback?tenant=one",
		"a user before its host":           "https://user@app.example.com/callback?tenant=one",
		"its host as the user of another":  "https://app.example.com@attacker.example/callback?tenant=one",
		"a longer host":                    "https://app.example.com.attacker.example/callback?tenant=one",
		"a host that ends like its own":    "https://attacker-app.example.com/callback?tenant=one",
		"a subdomain":                      "https://sub.app.example.com/callback?tenant=one",
		"the parent domain":                "https://example.com/callback?tenant=one",
		"a dot after its host":             "https://app.example.com./callback?tenant=one",
		"a slash at its end":               "https://app.example.com/callback/?tenant=one",
		"a longer path":                    "https://app.example.com/callback/extra?tenant=one",
		"a shorter path":                   "https://app.example.com?tenant=one",
		"its path in other case":           "https://app.example.com/CALLBACK?tenant=one",
		"two slashes in its path":          "https://app.example.com//callback?tenant=one",
		"dot segments in its path":         "https://app.example.com/other/../callback?tenant=one",
		"encoded dot segments in its path": "https://app.example.com/other/%2E%2E/callback?tenant=one",
		"an encoded slash in its path":     "https://app.example.com/%2Fcallback?tenant=one",
		"an encoded letter in its path":    "https://app.example.com/callbac%6B?tenant=one",
		"a backslash before its path":      `https://app.example.com/\callback?tenant=one`,
		"parameters in its path":           "https://app.example.com/callback;x=y?tenant=one",
		"a query":                          "https://app.example.com/callback?tenant=one&extra=1",
		"no query":                         "https://app.example.com/callback",
		"a fragment":                       "https://app.example.com/callback?tenant=one#extra",
		"a Unicode look-alike":             "https://app.example.com/callback?tenant=onе",
		"a NUL and more after it":          "https://app.example.com/callback?tenant=one\x00x",
		"a blank after it":                 "https://app.example.com/callback?tenant=one ",
		"a blank before it":                " https://app.example.com/callback?tenant=one",
		"two with a comma":                 "https://app.example.com/callback?tenant=one,https://app.example.com/callback?tenant=one",
	}, nil},
	{nearmiss.RedirectURI, "http://127.0.0.1:8765/callback", map[string]string{
		"a letter for a dot of its host": "http://127x0.0.1:8765/callback",
		"a longer host":                  "http://127.0.0.1.attacker.example:8765/callback",
	}, []string{"another port", "its default port", "no port"}},
	{nearmiss.RedirectURI, "com.example.app:/callback", map[string]string{"a letter for a dot": "comxexample.app:/callback"}, nil},
	{nearmiss.SentURI, "http://127.0.0.1:8765/callback", map[string]string{"another port": "http://127.0.0.1:8443/callback"}, nil},
	{nearmiss.Issuer, "https://as.example/tenant", map[string]string{
		"a slash at its end": "https://as.example/tenant/", "its host in capitals": "https://AS.EXAMPLE/tenant", "a shorter path": "https://as.example",
	}, nil},
	{nearmiss.Audience, "https://api.example/tasks", map[string]string{
		"its last character missing": "https://api.example/task", "a letter more at its end": "https://api.example/tasksx",
		"its path in other case": "https://api.example/TASKS", "a longer path": "https://api.example/tasks/extra",
	}, []string{"its host in capitals", "its scheme in capitals", "its default port", "a slash at its end", "a shorter path", "dot segments in its path", "an encoded letter in its path"}},
	{nearmiss.Resource, "https://api.example/tasks", map[string]string{"a letter more at its end": "https://api.example/tasksx"},
		[]string{"a longer path", "a query", "its host in capitals"}},
	{nearmiss.Scope, "tasks:read tasks:write", map[string]string{
		"a name longer at its end": "tasks:read tasks:writex", "the first part of a name": "tasks:read tasks", "a name in other case": "tasks:read TASKS:WRITE",
		"commas between the names": "tasks:read,tasks:write", "its last character missing": "tasks:read tasks:writ",
	}, []string{"a blank after it", "a blank before it", "tabs between the names"}},
	{nearmiss.NeededScope, "tasks:read", map[string]string{"a name longer at its end": "tasks:readx", "a name in other case": "TASKS:READ", "the last part of a name": ":read"},
		[]string{"the first part of a name", "a wildcard for a name", "a blank after it"}},
	{nearmiss.Identifier, "Client.1", map[string]string{"in other case": "cLIENT.1", "a letter for a dot": "Clientx1", "percent-encoded": "Clien%74.1"}, nil},
	{nearmiss.Secret, "a%2Fb-Secret", map[string]string{"decoded": "a/b-Secret", "twice in a row": "a%2Fb-Secreta%2Fb-Secret"}, nil},
	{nearmiss.Code, "SplxlOBeZQQYbYS6WxSbIA", map[string]string{"its first part": "SplxlOBeZQQ", "its last part": "YbYS6WxSbIA", "a part within": "OBeZQQYbYS6"}, nil},
	{nearmiss.Verifier, "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk", map[string]string{"one letter in other case": "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXK", "a letter within in other case": "dBjftJeZ4CVP-mB92K27uHbUJU1p1r_wW1gFWFOEjXk"}, nil},
	{nearmiss.JWT, "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl", map[string]string{
		"its signature missing": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.", "a part missing": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0",
		"a part more": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl.e30",
	}, nil},
	{nearmiss.Path, "/api/tasks", map[string]string{
		"in other case": "/API/TASKS", "a slash at its end": "/api/tasks/", "two slashes before it": "//api/tasks", "dot segments before it": "/other/../api/tasks",
		"an encoded letter": "/api/task%73", "an encoded slash": "/api%2Ftasks", "an encoded NUL at its end": "/api/tasks%00",
	}, nil},
	{nearmiss.Name, "redirect_uri", map[string]string{"in other case": "REDIRECT_URI", "one letter in other case": "redirect_urI"}, nil},
	{nearmiss.Header, "Authorization", map[string]string{"its last character missing": "Authorizatio"}, []string{"in other case", "one letter in other case"}},
	{nearmiss.Time, "1700000000", map[string]string{"in milliseconds": "1700000000000", "negative": "-1700000000", "as a date": "2023-11-14T22:13:20Z"},
		[]string{"a second less", "a second more"}},
}

func TestNearMisses(t *testing.T) {
	tried := map[nearmiss.Kind]bool{}
	for _, tt := range rights {
		tried[tt.kind] = true
		values := map[string]string{}
		for _, miss := range nearmiss.Of(tt.kind, tt.right) {
			values[miss.Name] = miss.Value
		}
		for name, want := range tt.misses {
			if values[name] != want {
				t.Errorf("%s %q, %s: got %q, want %q", tt.kind, tt.right, name, values[name], want)
			}
		}
		var tolerated []string
		for _, lawful := range nearmiss.Tolerated(tt.kind, tt.right) {
			tolerated = append(tolerated, lawful.Name)
			if !strings.HasPrefix(lawful.Why, "RFC ") {
				t.Errorf("%s, %s: no sentence allows it: %q", tt.kind, lawful.Name, lawful.Why)
			}
		}
		for _, name := range tt.tolerated {
			if !slices.Contains(tolerated, name) {
				t.Errorf("%s %q: %s is not tolerated; those are %q", tt.kind, tt.right, name, tolerated)
			}
		}
	}
	for _, kind := range nearmiss.Kinds {
		if !tried[kind] {
			t.Errorf("no row has %s", kind)
		}
	}
}

func TestShapesInJSON(t *testing.T) {
	for _, tt := range []struct {
		kind       nearmiss.Kind
		right      string
		name, want string
	}{
		{nearmiss.Issuer, "https://as.example", "a list instead of one", `["https://as.example"]`},
		{nearmiss.Issuer, "https://as.example", "another type", `18`},
		{nearmiss.Issuer, "https://as.example", "null", `null`},
		{nearmiss.Audience, "https://api.example", "a list instead of one", ``},
		{nearmiss.Audience, "https://api.example", "a list of a list", `[["https://api.example"]]`},
		{nearmiss.Time, "1700000000", "another type", `"1700000000"`},
		{nearmiss.Time, "1700000000", "in milliseconds", `1700000000000`},
	} {
		got := ""
		for _, shape := range nearmiss.InJSON(tt.kind, tt.right) {
			if shape.Name == tt.name {
				written, _ := json.Marshal(shape.Value)
				got = string(written)
			}
		}
		if got != tt.want {
			t.Errorf("%s %q, %s: got %s, want %s", tt.kind, tt.right, tt.name, got, tt.want)
		}
	}
}

func TestNothingHasNoNearMiss(t *testing.T) {
	for _, kind := range nearmiss.Kinds {
		if misses, shapes := nearmiss.Of(kind, ""), nearmiss.InJSON(kind, ""); len(misses)+len(shapes) > 0 {
			t.Errorf("%s: an empty value has %d near misses and %d shapes", kind, len(misses), len(shapes))
		}
	}
}
