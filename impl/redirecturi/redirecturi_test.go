package redirecturi

import (
	"net/url"
	"strings"
	"testing"
)

// Redirect URIs by kind, and for which type of application each is sound.
func TestFlaw(t *testing.T) {
	for _, test := range []struct {
		uri         string
		native, web bool // Whether it is sound.
	}{
		{"https://app.example/callback", true, true},
		{"https://app.example:8443/callback?tenant=one", true, true},
		{"http://127.0.0.1/callback", true, false},
		{"http://127.0.0.1:8765/callback", true, false},
		{"http://[::1]:8765/callback", true, false},
		{"http://localhost:8765/callback", true, false},
		{"com.example.app:/callback", true, false},
		{"com.example.app://host/callback", true, false},

		{"http://app.example/callback", false, false},
		{"http://127.0.0.1.attacker.example/callback", false, false},
		{"http://localhost.attacker.example/callback", false, false},
		{"http://0.0.0.0/callback", false, false},
		{"https://user@app.example/callback", false, false},
		{"https://user:secret@app.example/callback", false, false},
		{"http://127.0.0.1@attacker.example/callback", false, false},
		{"https://app.example/callback#fragment", false, false},
		{"https://app.example", false, false},
		{"https:///callback", false, false},
		{"https:callback", false, false},
		{"/callback", false, false},
		{"", false, false},
		{"javascript:alert(1)", false, false},
		{"JavaScript:alert(1)", false, false},
		{"javascript://app.example/%0aalert(1)", false, false},
		{"data:text/html,hello", false, false},
		{"vbscript:x", false, false},
		{"file:///callback", false, false},
		{"blob:https://app.example/1", false, false},
		{"about:blank", false, false},
		{"myapp:/callback", false, false},
		{"https://app.example/call back", false, false},
		{`https://app.example\@attacker.example/`, false, false},
		{"https://app.example/\tcallback", false, false},
		{"java\nscript:alert(1)", false, false},
		{"https://аpp.example/callback", false, false}, // A Cyrillic а.
	} {
		for kind, sound := range map[string]bool{Native: test.native, Web: test.web} {
			if flaw := Flaw.Sound(test.uri, kind); (flaw == "") != sound {
				t.Errorf("%q of a %s client: flaw %q; want it sound: %t", test.uri, kind, flaw, sound)
			}
		}
	}
}

// Every sound redirect URI can be led to, and nothing that a browser carries
// out is ever led to, however it came into the store.
func FuzzLeadable(f *testing.F) {
	for _, seed := range []string{
		"https://app.example/callback", "http://[::1]:1/cb", "com.example.app:/callback", "javascript:alert(1)", "JAVASCRIPT:x",
		" javascript:x", "java\tscript:x", "data:,x", "view-source:x", "//host/path", "https:javascript:x", "a.b:x",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, uri string) {
		leadable := Leadable(uri)
		if Flaw.Sound(uri, Native) == "" && !leadable {
			t.Errorf("%q is registered and not led to", uri)
		}
		if !leadable {
			return
		}
		parsed, err := url.Parse(uri)
		if err != nil {
			t.Fatalf("%q is led to and is no URI", uri)
		}
		for _, scheme := range append([]string{""}, dangerous...) {
			if parsed.Scheme == scheme || scheme != "" && strings.HasPrefix(strings.ToLower(uri), scheme+":") {
				t.Errorf("%q is led to", uri)
			}
		}
	})
}
