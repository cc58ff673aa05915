package token

import (
	"crypto/elliptic"
	"encoding/base64"
	"math/big"
	"strings"
	"testing"
)

const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

// Of all spellings that a lenient decoder takes for the same, one is right.
func TestDecodeBase64URL(t *testing.T) {
	for length := range 70 {
		bytes := make([]byte, length)
		for i := range bytes {
			bytes[i] = byte(i * 37)
		}
		text := base64.RawURLEncoding.EncodeToString(bytes)
		if got, ok := DecodeBase64URL(text); !ok || string(got) != string(bytes) {
			t.Errorf("%q is not decoded", text)
		}
		for _, other := range otherSpellings(text) {
			if _, ok := DecodeBase64URL(other); ok {
				t.Errorf("%q is decoded beside %q", other, text)
			}
		}
	}
}

// otherSpellings are texts that mean the same as base64url to some decoder.
func otherSpellings(text string) []string {
	var others []string
	for _, extra := range []string{"\n", "\r\n", "\r", " ", "\t", "=", "==", "\x00", ".", "%3D"} {
		others = append(others, text+extra, extra+text, text[:len(text)/2]+extra+text[len(text)/2:])
	}
	for _, pair := range [][2]string{{"-", "+"}, {"_", "/"}} {
		if changed := strings.ReplaceAll(text, pair[0], pair[1]); changed != text {
			others = append(others, changed)
		}
	}
	unused := map[int]int{2: 4, 3: 2}[len(text)%4]
	for bits := 1; bits < 1<<unused; bits++ {
		last := len(text) - 1
		others = append(others, text[:last]+string(alphabet[strings.IndexByte(alphabet, text[last])|bits]))
	}
	return others
}

// A token is known in the spelling in which it was issued, by either way to verify
// it, whether it was seen before or not.
func TestOwnTokenInOtherSpellings(t *testing.T) {
	ring := newRing(t)
	for _, algorithm := range Algorithms {
		raw := signed(t, ring, algorithm, start)
		for range 2 {
			if got, err := ring.Own(raw, at(start)); err != nil || got.Subject != "u" {
				t.Fatalf("%s: %v", algorithm, err)
			}
			for _, other := range spelledOtherwise(raw) {
				if _, err := ring.Own(other, at(start)); err == nil {
					t.Errorf("%s: %q is taken for %q", algorithm, other, raw)
				}
				if _, err := ring.OwnIdentity(other, start); err == nil {
					t.Errorf("%s: %q is taken for an ID token", algorithm, other)
				}
			}
		}
	}
}

// spelledOtherwise spells each part of a JWT otherwise.
func spelledOtherwise(raw string) []string {
	var all []string
	parts := strings.Split(raw, ".")
	for i := range parts {
		for _, other := range otherSpellings(parts[i]) {
			changed := append([]string{}, parts...)
			changed[i] = other
			all = append(all, strings.Join(changed, "."))
		}
	}
	return append(all, raw+".", "."+raw, raw+"\n", " "+raw)
}

// Whoever has a signature by ES256 can make the other one that fits the same key and
// text. It is the same token: it has the same jti, by which it is revoked.
func TestTwinSignature(t *testing.T) {
	ring := newRing(t)
	raw := signed(t, ring, "ES256", start)
	want, err := ring.Own(raw, at(start))
	got, twinErr := ring.Own(twin(t, raw), at(start))
	if err != nil || twinErr != nil || got.ID != want.ID || got.ID == "" {
		t.Errorf("%v, %v; the jti is %q, want %q", err, twinErr, got.ID, want.ID)
	}
}

// twin replaces s by n − s.
func twin(t *testing.T, raw string) string {
	t.Helper()
	dot := strings.LastIndexByte(raw, '.')
	signature, ok := DecodeBase64URL(raw[dot+1:])
	if !ok || len(signature) != 64 {
		t.Fatalf("no signature by ES256: %s", raw)
	}
	s := new(big.Int).SetBytes(signature[32:])
	s.Sub(elliptic.P256().Params().N, s).FillBytes(signature[32:])
	return raw[:dot+1] + base64.RawURLEncoding.EncodeToString(signature)
}

// No text makes the ring panic, and what it takes for its own is in the one spelling,
// with the claims that were signed.
func FuzzOwn(f *testing.F) {
	ring := newRing(f)
	for _, algorithm := range []string{"ES256", "EdDSA"} {
		raw := signed(f, ring, algorithm, start)
		f.Add(raw)
		f.Add(raw + "=")
		f.Add(strings.Replace(raw, ".", ".\n", 1))
	}
	f.Add("eyJhbGciOiJub25lIn0.e30.")
	f.Add("...")
	f.Add("")
	f.Fuzz(func(t *testing.T, raw string) {
		got, err := ring.Own(raw, at(start))
		if err == nil && (got.Subject != "u" || CheckEncoding(raw) != nil) {
			t.Errorf("%q is taken for a token of %+v", raw, got)
		}
		_, _ = ring.OwnIdentity(raw, start)
	})
}
