package control

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
)

const aKey = `{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}`

// A client gets what its method needs, and cannot be registered without.
func TestCredentials(t *testing.T) {
	realms, err := realm.New(realm.Options{Issuer: "https://as.example.com"})
	if err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("s", 32)
	for name, test := range map[string]struct {
		method, request string
		want            func(client store.Client, secret string) bool // nil: refused.
	}{
		"a secret":  {"client_secret_basic", `{}`, func(c store.Client, s string) bool { return c.Secret.Matches(s) && c.SealedSecret == nil }},
		"no secret": {"none", `{"client_secret":"x"}`, func(c store.Client, s string) bool { return s == "" && c.Secret == nil }},
		"a sealed one": {"client_secret_jwt", `{"client_secret":"` + long + `"}`, func(c store.Client, s string) bool {
			return s == long && c.Secret.Matches(long) && len(c.SealedSecret) > 32
		}},
		"a random one":  {"client_secret_jwt", `{}`, func(_ store.Client, s string) bool { return len(s) >= 32 }},
		"a short one":   {"client_secret_jwt", `{"client_secret":"` + long[1:] + `"}`, nil},
		"keys":          {"private_key_jwt", `{"jwks":{"keys":[` + aKey + `]}}`, func(c store.Client, s string) bool { return s == "" && len(c.JWKS) > 0 && c.Secret == nil }},
		"a place":       {"private_key_jwt", `{"jwks_uri":"https://client.example/keys"}`, func(c store.Client, s string) bool { return s == "" && c.JWKSURI != "" }},
		"both":          {"private_key_jwt", `{"jwks_uri":"https://client.example/keys","jwks":{"keys":[` + aKey + `]}}`, nil},
		"neither":       {"private_key_jwt", `{}`, nil},
		"no key":        {"private_key_jwt", `{"jwks":{"keys":[]}}`, nil},
		"a private key": {"private_key_jwt", `{"jwks":{"keys":[` + strings.Replace(aKey, `"x"`, `"d":"AA","x"`, 1) + `]}}`, nil},
		"a plain place": {"private_key_jwt", `{"jwks_uri":"http://client.example/keys"}`, nil},
	} {
		var request control.ClientRequest
		if err := json.Unmarshal([]byte(test.request), &request); err != nil {
			t.Fatal(err)
		}
		client := store.Client{ID: "client", AuthMethod: test.method}
		secret, err := giveCredentials(realms.Root(), &client, request)
		if (err == nil) != (test.want != nil) || err == nil && !test.want(client, secret) {
			t.Errorf("%s: %+v, %v", name, client, err)
		}
	}
}
