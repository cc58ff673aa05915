package authserver

import (
	"testing"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// A consent is for the client as the person saw it: one that registered itself and
// takes another name, or leads elsewhere, is asked about again, and keeps nothing
// of what it was allowed before.
func TestConsentIsForWhatWasSeen(t *testing.T) {
	realms, err := realm.New(realm.Options{Issuer: "https://as.example.com", Resource: "https://api.example.com"})
	if err != nil {
		t.Fatal(err)
	}
	ctx, who := realm.With(t.Context(), realms.Root()), Person{User: store.User{ID: "u"}}
	client := store.Client{ID: "c", AuthMethod: "none", SelfRegistered: true, ClientMetadata: store.ClientMetadata{Name: "Notes"}}
	to := destination{client: client, redirectURI: "https://notes.example/cb"}
	given := asked{scope: token.Scope{"tasks:read", "tasks:write"}}
	if err := (decidable{to: to, who: who, asked: given}).remember(ctx, given.scope); err != nil {
		t.Fatal(err)
	}
	renamed, moved, vouched := to, to, to
	renamed.client.Name = "Bank"
	moved.redirectURI = "https://attacker.example/cb"
	vouched.client.SelfRegistered = false
	for name, test := range map[string]struct {
		to   destination
		asks bool
	}{
		"as it was":              {to, false},
		"at another path":        {destination{client: client, redirectURI: "https://notes.example/other"}, false},
		"with another name":      {renamed, true},
		"at another host":        {moved, true},
		"vouched for by someone": {vouched, true},
	} {
		asks, err := mustConsent(ctx, who, test.to, given)
		if err != nil || asks != test.asks {
			t.Errorf("%s: the person is asked: %v (%v), want %v", name, asks, err, test.asks)
		}
	}
	less := asked{scope: token.Scope{"tasks:read"}}
	if err := (decidable{to: moved, who: who, asked: less}).remember(ctx, less.scope); err != nil {
		t.Fatal(err)
	}
	if asks, err := mustConsent(ctx, who, moved, given); err != nil || !asks {
		t.Errorf("what was allowed at the host before is allowed at the other one (%v)", err)
	}
}
