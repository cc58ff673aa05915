package token

import (
	"testing"
	"time"
)

// The at_hash is half of the hash of the algorithm that signs (OpenID Connect Core
// section 3.1.3.6, https://openid.net/specs/openid-connect-core-1_0.html#CodeIDToken), and
// a nonce is there if the client sent one.
func TestIdentityClaims(t *testing.T) {
	for algorithm, length := range map[string]int{"ES256": 22, "RS256": 22, "EdDSA": 43} { // 16 and 32 bytes.
		if hash, _ := (Identity{Algorithm: algorithm, AccessToken: "a"}).Claims()["at_hash"].(string); len(hash) != length {
			t.Errorf("%s: the at_hash is %q", algorithm, hash)
		}
	}
	if nonce := (Identity{Nonce: "n"}).Claims()["nonce"]; nonce != "n" {
		t.Errorf("the nonce is %v", nonce)
	}
	if nonce, has := (Identity{}).Claims()["nonce"]; has {
		t.Errorf("without a nonce it is %v", nonce)
	}
}

// An ID token of this ring is known when it has expired, too; an access token is none.
func TestOwnIdentity(t *testing.T) {
	ring, other := newRing(t), newRing(t)
	identity := Identity{Issuer: "https://as.example", Subject: "u", ClientID: "c", IssuedAt: start, Expires: start.Add(time.Hour), Algorithm: "ES256"}
	nameless, endless := identity.Claims(), identity.Claims()
	delete(nameless, "sub")
	delete(endless, "exp")
	for name, test := range map[string]struct {
		ring    *Keyring
		typ     any
		claims  map[string]any
		ok      bool
		expires bool
	}{
		"its own":         {ring, "JWT", identity.Claims(), true, true},
		"without a typ":   {ring, nil, identity.Claims(), true, true},
		"an access token": {ring, Type, identity.Claims(), false, true},
		"of another ring": {other, "JWT", identity.Claims(), false, true},
		"of nobody":       {ring, "JWT", nameless, false, true},
		"without an end":  {ring, "JWT", endless, true, false},
	} {
		raw, err := test.ring.Sign("ES256", start, map[string]any{"typ": test.typ}, test.claims)
		if err != nil {
			t.Fatal(err)
		}
		got, err := ring.OwnIdentity(raw, start.Add(2*time.Hour))
		if (err == nil) != test.ok || got.Expires.Equal(identity.Expires) != test.expires {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}
