package proof

import (
	"strings"
	"testing"
)

// A key of an unknown type does not spoil the others, and what is no key set is none.
func TestVerifiedBy(t *testing.T) {
	const raw = "eyJhbGciOiJFUzI1NiIsImtpZCI6ImEifQ.e30.c2lnbmF0dXJl"
	for name, test := range map[string]struct {
		keySet, want string
	}{
		"no JSON":               {`no`, "not a JSON Web Key Set"},
		"no keys":               {`{}`, "not a JSON Web Key Set"},
		"keys that are no list": {`{"keys":{}}`, "not a JSON Web Key Set"},
		"an unknown type":       {`{"keys":[{"kty":"AKP","kid":"a","alg":"ML-DSA-44","pub":"AAEC"}]}`, "key not found"},
		"a broken known type":   {`{"keys":[{"kty":"EC","kid":"a","crv":"P-256"}]}`, "not a JSON Web Key Set"},
	} {
		if err := VerifiedBy([]byte(test.keySet), raw); err == nil || !strings.Contains(err.Error(), test.want) {
			t.Errorf("%s: %v, want %q", name, err, test.want)
		}
	}
}
