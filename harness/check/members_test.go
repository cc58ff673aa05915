package check_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/check"
)

// Each comparison of a member accepts what fits, and nothing that almost fits.
func TestMember(t *testing.T) {
	for _, test := range []struct {
		path, want string
		fits, not  []string // Values as JSON; "" is no member at all.
	}{
		{"scope", "tasks:read", texts("tasks:read"), append(texts("tasks:Read", "tasks:read ", " tasks:read", "tasks:reader", "tasks", "", "tasks:read user:read"), ``, `null`, `["tasks:read","user:read"]`, `{}`, `1`)},
		{"token_type", "Bearer or DPoP", texts("Bearer", "DPoP"), append(texts("Bearer or DPo", "bearer", "Bearer DPoP", "or", ""), ``, `null`)},
		{"expires_in", "3600", []string{`3600`, `3600.0`, `3.6e3`}, []string{``, `null`, `"3600"`, `"3600 "`, `3600.5`, `36000`, `-3600`, `[3600]`, `true`}},
		{"software_version", "2.1", texts("2.1"), texts("2.10", "2", "v2.1")},
		{"active", "true", []string{`true`}, []string{``, `null`, `"true"`, `"True"`, `1`, `false`, `[true]`}},
		{"active", "false", []string{`false`}, []string{``, `null`, `"false"`, `0`, `true`}},
		{"aud", "client", []string{`"client"`, `["client"]`}, []string{``, `null`, `"Client"`, `"client-2"`, `"clien"`, `["client","other"]`, `["other"]`, `[]`, `[["client"]]`, `{"client":1}`}},
		{"azp", "client", []string{`"client"`}, []string{``, `"other"`}},
		{"sub", "(absent)", []string{``, `null`}, []string{`""`, `"user"`, `0`, `false`, `[]`}},
		{"sub", "(present)", []string{`""`, `"user"`, `0`, `false`, `[]`}, []string{``, `null`}},
		{"exp", "(a JSON number)", []string{`0`, `1.5`, `-1`}, []string{``, `null`, `"0"`, `true`, `[0]`}},
		{"expires_in", "(at most) 60", []string{`60`, `59.5`, `0`}, []string{``, `null`, `61`, `60.01`, `"60"`, `[60]`}},
		{"expires_in", "(more than) 60", []string{`61`, `60.01`}, []string{``, `null`, `60`, `0`, `"61"`, `[61]`}},
		{"code", "(at most 4 characters)", texts("", "abcd", "a ~"), append(texts("abcde", "é", "\u007f"), ``)},
		{"jwks_uri", "(by TLS alone)", append(texts("https://as.example/keys", "HTTPS://as.example", "http://localhost:1/keys", "http://127.0.0.1/keys", "http://[::1]/", "https://a.example https://b.example"), `["https://a.example","https://b.example"]`),
			append(texts("http://as.example/keys", "http://localhost.evil.example/", "http://127.0.0.1.evil.example/", "ftp://as.example", "as.example", "", " ", "https://", "//as.example", "https://a.example http://b.example", "http://user@as.example/#localhost"), ``, `null`, `["https://a.example","http://b.example"]`, `[]`, `5`)},
		{"client_id", "(no https URL)", texts("client", "http://client.example", "client https://x", ""), append(texts("https://client.example", "HTTPS://client.example"), ``)},
		{"alg", "(asymmetric)", texts("RS256", "PS512", "ES256", "ES256K", "EdDSA", "Ed25519"), append(texts("none", "HS256", "es256", "", " ES256", "dir", "RSA1_5"), ``, `null`, `5`)},
		{"redirect_uri", "(without a fragment)", texts("https://a.example/cb", "https://a.example/cb?x=%23"), append(texts("https://a.example/cb#", "https://a.example/cb#x", "/cb", "", "https:"), ``, `null`)},
		{"issuer", "(without query and fragment)", texts("https://a.example", "https://a.example/t"), append(texts("https://a.example?", "https://a.example/?x=y", "https://a.example#", "a.example", ""), ``, `null`)},
		{"scope", "(contains) tasks:read user:read", texts("tasks:read user:read", "user:read tasks:read", "a user:read b tasks:read c"), append(texts("tasks:read", "tasks:reader user:read", "xtasks:read user:read", "tasks:read user:reader", "Tasks:read user:read", ""), ``, `null`, `5`)},
		{"scopes_supported", "(contains) openid", []string{`["openid"]`, `["a","openid","b"]`}, []string{``, `null`, `[]`, `["openid2"]`, `["Openid"]`, `["open","id"]`, `[["openid"]]`, `["openid email"]`}},
		{"scope", "(contains) tasks:read", []string{`["tasks:read"]`, `"tasks:read"`}, []string{`["tasks:reader"]`, `["tasks:read x"]`, `"tasks:reader"`}},
		{"message", "(contains) not found", texts("not found", "it was not found here"), append(texts("not  found", "Not found", "found not", ""), ``)},
		{"keys.0.kty", "EC", nil, []string{``}},
	} {
		for _, value := range test.fits {
			if err := check.Member(objectWith(t, test.path, value), test.path, test.want); err != nil {
				t.Errorf("%s: %s does not fit %q: %v", test.path, value, test.want, err)
			}
		}
		for _, value := range test.not {
			if err := check.Member(objectWith(t, test.path, value), test.path, test.want); err == nil {
				t.Errorf("%s: %q fits %q", test.path, value, test.want)
			}
		}
	}
}

// A path leads to one member alone.
func TestMemberPath(t *testing.T) {
	document := objectWith(t, "keys", `[{"kty":"EC","x.y":"dotted","Kid":"a"},{"kty":"RSA"}]`)
	for path, want := range map[string]string{
		"keys.0.kty": "EC", "keys.1.kty": "RSA", "keys.2.kty": "(absent)", "keys.-1.kty": "(absent)", "keys.00.kty": "EC", "keys.x.kty": "(absent)",
		"keys.kty": "(absent)", "keys.0.KTY": "(absent)", "keys.0.kid": "(absent)", "keys.0.kty.x": "(absent)", "Keys": "(absent)", "": "(absent)", "keys.": "(absent)",
	} {
		if err := check.Member(document, path, want); err != nil {
			t.Errorf("%s: %v", path, err)
		}
	}
}

// A limit that is no number is a mistake of the feature, and no failure of the
// server.
func TestMemberWithoutALimit(t *testing.T) {
	for _, want := range []string{"(at most) soon", "(more than) ", "(at most x characters)"} {
		err := check.Member(map[string]any{"a": 1.0}, "a", want)
		if failure := (*check.Failure)(nil); err == nil || errorsAs(err, &failure) {
			t.Errorf("%q: %v", want, err)
		}
	}
}

func texts(values ...string) []string {
	var all []string
	for _, value := range values {
		text, _ := json.Marshal(value)
		all = append(all, string(text))
	}
	return all
}

func objectWith(t *testing.T, path, value string) map[string]any {
	t.Helper()
	object := map[string]any{"other": "x"}
	if value == "" {
		return object
	}
	var decoded any
	if err := json.NewDecoder(strings.NewReader(value)).Decode(&decoded); err != nil {
		t.Fatal(err)
	}
	object[path] = decoded
	return object
}
