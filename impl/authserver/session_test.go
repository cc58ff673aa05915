package authserver

import (
	"testing"

	"github.com/grantproof/grantproof/impl/realm"
)

func TestCookieOf(t *testing.T) {
	for issuer, want := range map[string][3]any{
		"http://localhost:4000":            {"grantproof", "/", false},
		"http://localhost:4000/r/abc":      {"grantproof", "/r/abc/", false},
		"https://as.example.com":           {"__Host-grantproof", "/", true},
		"https://as.example.com/tenant":    {"__Secure-grantproof", "/tenant/", true},
		"https://as.example.com:8443/a/b/": {"__Secure-grantproof", "/a/b/", true},
	} {
		name, path, secure := cookieOf(issuer)
		if got := [3]any{name, path, secure}; got != want {
			t.Errorf("the cookie of %s is %v, want %v", issuer, got, want)
		}
	}
}

// The device cookie is out of reach of scripts and other sites, as that of the
// session is, and stays when the browser is closed.
func TestDeviceCookie(t *testing.T) {
	for issuer, want := range map[string]string{
		"http://localhost:4000/r/abc":   "grantproof-device=x; Path=/r/abc/; Max-Age=2592000; HttpOnly; SameSite=Lax",
		"https://as.example.com":        "__Host-grantproof-device=x; Path=/; Max-Age=2592000; HttpOnly; Secure; SameSite=Lax",
		"https://as.example.com/tenant": "__Secure-grantproof-device=x; Path=/tenant/; Max-Age=2592000; HttpOnly; Secure; SameSite=Lax",
	} {
		cookie := deviceCookie(&realm.Realm{Issuer: issuer})
		cookie.Value = "x"
		if got := cookie.String(); got != want {
			t.Errorf("the device cookie of %s is %s, want %s", issuer, got, want)
		}
	}
}

func TestLeads(t *testing.T) {
	for uri, want := range map[string]string{
		"https://app.example.com/callback": "https:",
		"com.example.app:/oauth2redirect":  "com.example.app:",
		"cursor://anysphere.mcp/callback":  "cursor:",
	} {
		if got := leads(uri); len(got) != 1 || got[0] != want {
			t.Errorf("%s leads to %v, want %s", uri, got, want)
		}
	}
}
