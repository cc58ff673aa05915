package token_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/token"
)

// What one replica issued, another that loaded the kept keys knows as its own.
func TestKeptKeys(t *testing.T) {
	made, err := token.NewKeyring()
	if err != nil {
		t.Fatal(err)
	}
	keys, err := made.Keys()
	if err != nil {
		t.Fatal(err)
	}
	loaded, err := token.KeyringOf(keys)
	if err != nil {
		t.Fatal(err)
	}
	if string(made.JWKS()) != string(loaded.JWKS()) {
		t.Errorf("the key sets differ: %s and %s", made.JWKS(), loaded.JWKS())
	}
	access := token.Access{Issuer: "i", Subject: "s", ClientID: "c", ID: token.NewID(), IssuedAt: time.Now(), Expires: time.Now().Add(time.Hour)}
	for _, documented := range []bool{false, true} {
		raw, err := made.Issue(access, documented)
		if err != nil {
			t.Fatal(err)
		}
		if own, err := loaded.Own(raw, time.Now); err != nil || own.ID != access.ID {
			t.Errorf("documented %v: %+v, %v", documented, own, err)
		}
	}
	if _, err := token.KeyringOf(keys[:1]); err == nil {
		t.Error("a keyring without its secret was made")
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
