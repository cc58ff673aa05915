package token

import (
	"crypto/ecdh"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// A rotation ends the keys of its algorithm that are in use, and no others.
func TestRotationEndsOneAlgorithm(t *testing.T) {
	ring := newRing(t)
	if err := ring.Use("EdDSA", start); err != nil {
		t.Fatal(err)
	}
	for _, until := range []time.Time{start.Add(time.Hour), start.Add(2 * time.Hour)} {
		if _, err := ring.Rotate("ES256", start, until); err != nil {
			t.Fatal(err)
		}
	}
	want := []time.Time{start.Add(time.Hour), {}, start.Add(2 * time.Hour), {}} // ES256, EdDSA, ES256, ES256.
	for i, key := range ring.Keys() {
		if !key.Until.Equal(want[i]) {
			t.Errorf("key %d, %s, is published until %s", i, key.Algorithm, key.Until)
		}
	}
	for _, step := range []struct {
		after time.Duration
		keys  int // One of them is RS256.
	}{{0, 5}, {time.Hour - 1, 5}, {time.Hour, 4}, {2*time.Hour - 1, 4}, {2 * time.Hour, 3}} {
		if got := published(t, ring, start.Add(step.after)); len(got) != step.keys {
			t.Errorf("after %s published are %d keys, want %d", step.after, len(got), step.keys)
		}
	}
}

// The key set is written anew when the first of its keys ends, in whatever order they are.
func TestKeySetEndsWithItsFirstKey(t *testing.T) {
	private := newRing(t).Keys()[0].Private
	ring, err := Load([]Key{
		{ID: "late", Algorithm: "ES256", Private: private, Until: start.Add(2 * time.Hour)},
		{ID: "early", Algorithm: "ES256", Private: private, Until: start.Add(time.Hour)},
	}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, step := range []struct {
		after time.Duration
		keys  int // One of them is RS256.
	}{{0, 3}, {time.Hour, 2}, {2 * time.Hour, 1}} {
		if got := published(t, ring, start.Add(step.after)); len(got) != step.keys {
			t.Errorf("after %s published are %v", step.after, got)
		}
	}
}

// The shared key of an algorithm is adopted once, and a key that is published no more
// signs nothing.
func TestSharedKeyOnce(t *testing.T) {
	ring := newRing(t)
	if err := ring.Use("EdDSA", start); err != nil {
		t.Fatal(err)
	}
	if _, err := ring.Rotate("EdDSA", start.Add(2*time.Hour), start.Add(time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := ring.Use("EdDSA", start.Add(90*time.Minute)); err != nil || len(ring.Keys()) != 3 {
		t.Errorf("there are %d keys, %v", len(ring.Keys()), err)
	}
	alone, err := Load([]Key{{ID: "old", Algorithm: "ES256", Private: ring.Keys()[0].Private, Until: start}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if raw, err := alone.Sign("ES256", start, nil, access("1").Claims()); err == nil {
		t.Errorf("a key that is published no more signs %s", raw)
	}
}

// The key of a token is its own: of its algorithm and still published, whether the token
// was seen before or not; and it is an access token.
func TestOwnKeys(t *testing.T) {
	ring := newRing(t)
	if err := ring.Use("RS256", start); err != nil {
		t.Fatal(err)
	}
	rs := ring.Keys()[1]
	header := map[string]any{"typ": Type}
	other, err := rs.token(jwt.SigningMethodPS256, header, access("1").Claims()).SignedString(rs.Private)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ring.Own(other, at(start)); err == nil {
		t.Error("a key is used with another algorithm than its own")
	}
	seen, unseen := signed(t, ring, "ES256", start), signed(t, ring, "ES256", start)
	untyped, err := ring.Sign("ES256", start, map[string]any{"typ": nil}, access("1").Claims())
	if err != nil {
		t.Fatal(err)
	}
	if encoded, _, _ := strings.Cut(untyped, "."); strings.Contains(headerOf(t, encoded), "typ") {
		t.Error("a member of the header that is nil is written")
	}
	if _, err := ring.Own(untyped, at(start)); err == nil {
		t.Error("a JWT without a typ is an access token")
	}
	documented, err := ring.Documented(access("1"))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := ring.Own(documented, at(start)); err != nil {
		t.Errorf("the documented shape, which has no typ: %v", err)
	}
	if _, err := ring.Own(seen, at(start)); err != nil {
		t.Fatal(err)
	}
	if _, err := ring.Rotate("ES256", start, start.Add(time.Minute)); err != nil {
		t.Fatal(err)
	}
	for name, raw := range map[string]string{"seen": seen, "unseen": unseen} {
		if _, err := ring.Own(raw, at(start.Add(time.Minute))); err == nil {
			t.Errorf("a token that was %s before is valid, and its key is gone", name)
		}
	}
}

func headerOf(t *testing.T, encoded string) string {
	t.Helper()
	decoded, ok := DecodeBase64URL(encoded)
	if !ok {
		t.Fatalf("%s is no header", encoded)
	}
	return string(decoded)
}

// The private part is that of the first key that has one, for examiners.
func TestPrivate(t *testing.T) {
	ring := newRing(t)
	es := ring.Keys()[0]
	if err := ring.Use("RS256", start); err != nil {
		t.Fatal(err)
	}
	rs := ring.Keys()[1]
	for _, test := range []struct {
		keys []Key
		want int // Its length.
	}{{[]Key{es}, 43}, {[]Key{rs, es}, 43}, {[]Key{rs}, 0}, {nil, 0}} {
		ring.Replace(test.keys)
		if got := ring.Private(); len(got) != test.want {
			t.Errorf("of %d keys it is %q", len(test.keys), got)
		}
	}
}

// A kept key that cannot sign is refused.
func TestKeptKeyThatCannotSign(t *testing.T) {
	agreement, err := ecdh.X25519().GenerateKey(rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(agreement)
	if err != nil {
		t.Fatal(err)
	}
	if key, err := (KeptKey{ID: "x", Algorithm: "EdDSA", Private: der}).Key(); err == nil {
		t.Errorf("it is read as %+v", key)
	}
}

// An RSA key has 2048 to 8192 bits (RFC 7518 section 3.3,
// https://www.rfc-editor.org/rfc/rfc7518#section-3.3).
func TestStrong(t *testing.T) {
	for bits, strong := range map[uint]bool{2047: false, 2048: true, 8192: true, 8193: false} {
		key := PublicKey{Key: &rsa.PublicKey{N: new(big.Int).Lsh(big.NewInt(1), bits-1), E: 65537}}
		if key.strong() != strong {
			t.Errorf("a key of %d bits is accepted: %v", bits, !strong)
		}
	}
}

// A key fits the algorithms of its type and curve, and one alone if it names it.
func TestFor(t *testing.T) {
	curve := func(c elliptic.Curve) *ecdsa.PublicKey { return &ecdsa.PublicKey{Curve: c} }
	for name, test := range map[string]struct {
		key  PublicKey
		fits string
	}{
		"RSA":              {PublicKey{Key: &rsa.PublicKey{}}, "RS256 PS256"},
		"RSA for RS256":    {PublicKey{Key: &rsa.PublicKey{}, Algorithm: "RS256"}, "RS256"},
		"RSA for PS256":    {PublicKey{Key: &rsa.PublicKey{}, Algorithm: "PS256"}, "PS256"},
		"RSA for ES256":    {PublicKey{Key: &rsa.PublicKey{}, Algorithm: "ES256"}, ""},
		"P-256":            {PublicKey{Key: curve(elliptic.P256())}, "ES256"},
		"P-384":            {PublicKey{Key: curve(elliptic.P384())}, ""},
		"P-256 for ES384":  {PublicKey{Key: curve(elliptic.P256()), Algorithm: "ES384"}, ""},
		"no key of a kind": {PublicKey{}, ""},
	} {
		for _, algorithm := range []string{"ES256", "RS256", "PS256", "EdDSA", "HS256", "none"} {
			if got := len(KeySet{test.key}.For(algorithm, "")); got != strings.Count(test.fits, algorithm) {
				t.Errorf("%s: it fits %s %d times", name, algorithm, got)
			}
		}
	}
}

// Keys are at an https URL, or at one of http on this machine.
func TestCheckKeysURI(t *testing.T) {
	for address, ok := range map[string]bool{
		"https://a.example/keys": true, "http://127.0.0.1:8000/keys": true, "http://localhost/keys": true,
		"http://a.example/keys": false, "ftp://127.0.0.1/keys": false, "https:///keys": false, "https://u@a.example/keys": false,
		"https://a.example/keys#a": false, "https://%zz/keys": false, "/keys": false, "": false,
	} {
		if err := CheckKeysURI(address); (err == nil) != ok {
			t.Errorf("%q: %v", address, err)
		}
	}
}

// Each part of a JWT has one spelling.
func TestCheckEncoding(t *testing.T) {
	const part = "eyJhIjoxfQ" // {"a":1}
	if err := CheckEncoding(part + "." + part + ".eA"); err != nil {
		t.Error(err)
	}
	for _, other := range otherSpellings(part) {
		if CheckEncoding(other+"."+part+".eA") == nil {
			t.Errorf("%q is read beside %q", other, part)
		}
	}
}
