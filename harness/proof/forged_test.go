package proof

import "testing"

// A forgery says what the token said, and the issuer's key does not verify it.
func TestForgeries(t *testing.T) {
	key, err := NewKey("ES256", "1")
	if err != nil {
		t.Fatal(err)
	}
	raw, err := key.Sign(map[string]any{"typ": "at+jwt", "kid": "1"}, map[string]any{"sub": "someone"})
	if err != nil {
		t.Fatal(err)
	}
	for way := range Forgeries {
		forgery, err := Spelled(way, raw)
		if err != nil {
			t.Errorf("%s: %v", way, err)
			continue
		}
		parsed, err := Parse(forgery)
		if err != nil || parsed.Claims["sub"] != "someone" || parsed.Header["typ"] != "at+jwt" {
			t.Errorf("%s: %v says %v %v", way, err, parsed.Header, parsed.Claims)
		}
		if forgery == raw {
			t.Errorf("%s: it is the token", way)
		}
	}
}
