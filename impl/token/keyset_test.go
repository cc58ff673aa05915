package token_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/impl/token"
)

const (
	ecKey  = `{"kty":"EC","crv":"P-256","kid":"ec","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}`
	edKey  = `{"kty":"OKP","crv":"Ed25519","kid":"ed","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}`
	keySet = `{"keys":[` + ecKey + `,` + edKey + `]}`
)

func TestParseKeySetRefuses(t *testing.T) {
	for name, raw := range map[string]string{
		"no JSON":        `keys`,
		"no object":      `[]`,
		"no list":        `{"keys":{}}`,
		"no keys":        `{}`,
		"null":           `null`,
		"no key":         `{"keys":["a"]}`,
		"a private key":  `{"keys":[` + strings.Replace(ecKey, `"kid"`, `"d":"AQAB","kid"`, 1) + `]}`,
		"a shared key":   `{"keys":[{"kty":"oct","k":"c2VjcmV0"}]}`,
		"an odd member":  `{"keys":[` + strings.Replace(ecKey, `"f83O`, `3,"z":"f83O`, 1) + `]}`,
		"too many keys":  `{"keys":[` + strings.Repeat(`{},`, 50) + `{}]}`,
		"no set at all":  ``,
		"a text instead": `{"keys":"none"}`,
	} {
		if _, err := token.ParseKeySet(json.RawMessage(raw)); err == nil {
			t.Errorf("%s passed for a key set", name)
		}
	}
}

// What is not known or not for signatures is left out, and the rest is used.
func TestParseKeySetLeavesOut(t *testing.T) {
	for name, key := range map[string]string{
		"another type":    `{"kty":"quantum"}`,
		"for encryption":  strings.Replace(ecKey, `"kid"`, `"use":"enc","kid"`, 1),
		"a short modulus": `{"kty":"RSA","e":"AQAB","n":"` + strings.Repeat("u", 100) + `"}`,
		"off the curve":   strings.Replace(ecKey, "f83O", "f84O", 1),
	} {
		set, err := token.ParseKeySet(json.RawMessage(`{"keys":[` + key + `,` + edKey + `]}`))
		if err != nil || len(set) != 1 {
			t.Errorf("%s: %d keys, %v", name, len(set), err)
		}
	}
}

// A key for signatures is used, be it said or not.
func TestParseKeySetKeeps(t *testing.T) {
	for name, key := range map[string]string{"said": strings.Replace(ecKey, `"kid"`, `"use":"sig","kid"`, 1), "not said": ecKey} {
		if set, err := token.ParseKeySet(json.RawMessage(`{"keys":[` + key + `]}`)); err != nil || len(set) != 1 {
			t.Errorf("%s: %d keys, %v", name, len(set), err)
		}
	}
}

func TestKeysForAlgorithm(t *testing.T) {
	set, err := token.ParseKeySet(json.RawMessage(keySet))
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		algorithm, kid string
		want           int
	}{
		{"ES256", "", 1}, {"ES256", "ec", 1}, {"ES256", "ed", 0}, {"EdDSA", "ed", 1}, {"EdDSA", "", 1},
		{"RS256", "", 0}, {"HS256", "", 0}, {"none", "", 0}, {"", "", 0}, {"ES384", "ec", 0},
	} {
		if got := len(set.For(test.algorithm, test.kid)); got != test.want {
			t.Errorf("%s with the kid %q: %d keys, want %d", test.algorithm, test.kid, got, test.want)
		}
	}
}
