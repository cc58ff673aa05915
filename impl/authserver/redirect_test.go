package authserver

import (
	"testing"

	"github.com/grantproof/grantproof/impl/store"
)

// The port of a loopback redirect URI can vary, and nothing else of it.
func TestLoopbackRedirectURIs(t *testing.T) {
	const registered = "http://127.0.0.1:8765/callback?a=b"
	for sent, want := range map[string]bool{
		registered:                                 true,
		"http://127.0.0.1:1/callback?a=b":          true,
		"http://127.0.0.1/callback?a=b":            true,
		"HTTP://127.0.0.1:8765/callback?a=b":       false,
		"https://127.0.0.1:8765/callback?a=b":      false,
		"http://127.0.0.2:8765/callback?a=b":       false,
		"http://127.0.0.1:8765/%63allback?a=b":     false,
		"http://127.0.0.1:8765/x/../callback?a=b":  false,
		"http://user@127.0.0.1:8765/callback?a=b":  false,
		"http://127.0.0.1:8765/callback?a=b#":      false,
		"http://127.0.0.1:8765@a.example/callback": false,
	} {
		if got := SameRedirectURI.Sound(store.Client{}, registered, sent); got != want {
			t.Errorf("%s: got %t", sent, got)
		}
	}
}
