package proof

import (
	"encoding/json"
	"testing"
)

// A lenient decoder takes each spelling for the same token: otherwise a server that
// refuses one shows nothing.
func TestSpelled(t *testing.T) {
	for _, algorithm := range []string{"ES256", "RS256", "EdDSA"} {
		key, err := NewKey(algorithm, "kid")
		if err != nil {
			t.Fatal(err)
		}
		raw, err := key.Sign(map[string]any{"kid": "kid"}, map[string]any{"sub": "user"})
		if err != nil {
			t.Fatal(err)
		}
		set, _ := json.Marshal(JWKS(key))
		for way := range Spellings {
			spelled, err := Spelled(way, raw)
			if way == "with the twin of its signature" && algorithm != "ES256" {
				if err == nil {
					t.Errorf("%s has a twin", algorithm)
				}
				continue
			}
			if err != nil || spelled == raw {
				t.Errorf("%s, %s: %q, %v", algorithm, way, spelled, err)
			}
			if leniently(set, spelled) != nil {
				t.Errorf("%s: %s it is another token: %q", algorithm, way, spelled)
			}
		}
	}
	if _, err := Spelled("in Greek", "a.b.c"); err == nil {
		t.Error("a way that does not exist is known")
	}
	for _, text := range []string{"", ".", "..", "opaque"} {
		for way := range Spellings {
			if spelled, err := Spelled(way, text); err == nil && spelled == text {
				t.Errorf("%s, %q stays as it was", way, text)
			}
		}
	}
}

// leniently verifies a token after a lenient decoder has read it.
func leniently(set []byte, raw string) error {
	canonical := ""
	for _, c := range raw {
		if c != '=' && c != '\n' && c != ' ' {
			canonical += string(c)
		}
	}
	return VerifiedBy(set, canonical)
}
