package token_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/token"
)

// A key that was kept verifies what it signed before.
func TestKeptKeys(t *testing.T) {
	for _, algorithm := range token.Algorithms {
		kept, err := token.NewKeptKey(algorithm)
		if err != nil {
			t.Fatal(err)
		}
		var rings []*token.Keyring
		for range 2 { // Two replicas.
			key, err := kept.Key()
			if err != nil {
				t.Fatal(err)
			}
			ring, err := token.Load([]token.Key{key}, nil)
			if err != nil {
				t.Fatal(err)
			}
			rings = append(rings, ring)
		}
		access := token.Access{Issuer: "i", Subject: "s", ClientID: "c", ID: token.NewID(), IssuedAt: time.Now(), Expires: time.Now().Add(time.Hour)}
		raw, err := rings[0].Sign(algorithm, time.Now(), map[string]any{"typ": token.Type}, access.Claims())
		if err != nil {
			t.Fatal(err)
		}
		if own, err := rings[1].Own(raw, time.Now); err != nil || own.ID != access.ID {
			t.Errorf("%s: %+v, %v", algorithm, own, err)
		}
	}
	if _, err := (token.KeptKey{Private: []byte("no key")}).Key(); err == nil {
		t.Error("what is no key was read as one")
	}
}

func TestHashText(t *testing.T) {
	hash := token.HashOf("secret")
	text, err := json.Marshal(hash)
	if err != nil {
		t.Fatal(err)
	}
	var read token.Hash
	if err := json.Unmarshal(text, &read); err != nil || read != hash || len(text) != 45 {
		t.Errorf("%s is read as %v, %v", text, read, err)
	}
	for _, wrong := range []string{`"short"`, `"%"`, `""`, `1`} {
		if err := json.Unmarshal([]byte(wrong), &read); err == nil {
			t.Errorf("%s is read as a hash", wrong)
		}
	}
}
