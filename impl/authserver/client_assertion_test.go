package authserver

import (
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/impl/realm"
)

const issuer = "https://as.example.com"

func aRealm(t *testing.T, policy realm.Policy) *realm.Realm {
	t.Helper()
	realms, err := realm.New(realm.Options{Issuer: issuer, Resource: "https://api.example.com", Policy: policy})
	if err != nil {
		t.Fatal(err)
	}
	return realms.Root()
}

// The policy says whether the token endpoint may stand for the server.
func TestAssertionAudience(t *testing.T) {
	strict, wide := aRealm(t, realm.Policy{}), aRealm(t, realm.Policy{TokenEndpointAudience: true})
	for _, test := range []struct {
		audience     any
		strict, wide bool
	}{
		{issuer, true, true},
		{[]any{issuer}, true, true},
		{issuer + "/", false, false},
		{issuer + "/oauth/token", false, true},
		{[]any{issuer, issuer + "/oauth/token"}, false, true},
		{[]any{issuer, "https://other.example"}, false, true},
		{"https://other.example", false, false},
		{[]any{}, false, false}, {nil, false, false}, {3.0, false, false}, {[]any{issuer, 3.0}, false, false},
	} {
		a := Assertion{Claims: jwt.MapClaims{"aud": test.audience}}
		if got := a.isFor(strict); got != test.strict {
			t.Errorf("%v is accepted: %v", test.audience, got)
		}
		if got := a.isFor(wide); got != test.wide {
			t.Errorf("with the token endpoint allowed, %v is accepted: %v", test.audience, got)
		}
	}
}

// Clocks may differ by half a minute, and an assertion may live for an hour.
func TestAssertionTimes(t *testing.T) {
	r := aRealm(t, realm.Policy{})
	for claim, tests := range map[string][]struct {
		seconds int64
		want    bool
	}{
		"exp": {{-60, false}, {-20, true}, {60, true}, {3600, true}, {3700, false}},
		"nbf": {{-7200, true}, {8, true}, {20, true}, {61, false}},
		"iat": {{-7200, false}, {-3500, true}, {8, true}, {61, false}},
	} {
		for _, test := range tests {
			at := float64(r.Clock.Now().Add(time.Duration(test.seconds) * time.Second).Unix())
			a := Assertion{Claims: jwt.MapClaims{"exp": float64(r.Clock.Now().Unix() + 60), claim: at}}
			if got := a.isLive(r.Clock.Now()) && a.hasBegun(r.Clock.Now()); got != test.want {
				t.Errorf("%s in %d seconds is accepted: %v", claim, test.seconds, got)
			}
		}
	}
	for _, odd := range []any{"soon", true, map[string]any{}, []any{}} {
		a := Assertion{Claims: jwt.MapClaims{"exp": odd, "nbf": odd}}
		if a.hasExpiry() || a.hasBegun(r.Clock.Now()) {
			t.Errorf("%v passed for a time", odd)
		}
	}
}

func TestReadAssertionRefuses(t *testing.T) {
	for _, raw := range []string{"", "a.b", "a.b.c", "e30.e30.", "bnVsbA.e30.x", "e30.bnVsbA.x", "eyJhbGciOiJFUzI1NiJ9.W10.x", "..", "...."} {
		if read, err := readAssertion(raw); err == nil && len(read.Claims) > 0 {
			t.Errorf("%q was read as %v", raw, read.Claims)
		}
	}
	const right = "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJjbGllbnQifQ.AAAA"
	if read, err := readAssertion(right); err != nil || read.Claims["sub"] != "client" {
		t.Errorf("a right one is read as %v, %v", read, err)
	}
	for _, raw := range []string{right + "=", right + "\n", " " + right, strings.Replace(right, ".", "\n.", 1), strings.Replace(right, ".", "=.", 1), right + "AB"} {
		if _, err := readAssertion(raw); err == nil {
			t.Errorf("%q was read", raw)
		}
	}
}
