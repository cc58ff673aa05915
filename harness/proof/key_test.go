package proof_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"strings"
	"testing"
	"time"

	"github.com/MicahParks/keyfunc/v3"
	"github.com/golang-jwt/jwt/v5"

	"github.com/grantproof/grantproof/harness/proof"
)

// What is signed here verifies with the published half, by a library of others.
func TestSign(t *testing.T) {
	for _, algorithm := range []string{"ES256", "ES384", "EdDSA", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512"} {
		key, err := proof.NewKey(algorithm, "key-1")
		if err != nil {
			t.Fatal(err)
		}
		read, err := proof.ParseKey(key.Text())
		if err != nil || read.ID != "key-1" || read.Algorithm != algorithm {
			t.Fatalf("%s: read %q for %q, %v", algorithm, read.ID, read.Algorithm, err)
		}
		raw, err := read.Sign(map[string]any{"kid": "key-1"}, map[string]any{"iss": "me", "exp": "(now)+60", "jti": "(random)"})
		if err != nil {
			t.Fatal(err)
		}
		keys, err := json.Marshal(proof.JWKS(key))
		if err != nil {
			t.Fatal(err)
		}
		known, err := keyfunc.NewJWKSetJSON(keys)
		if err != nil {
			t.Fatal(err)
		}
		parsed, err := jwt.Parse(raw, known.Keyfunc, jwt.WithValidMethods([]string{algorithm}), jwt.WithExpirationRequired())
		if err != nil || !parsed.Valid {
			t.Errorf("%s: %v", algorithm, err)
		}
		if _, err := jwt.Parse(proof.Changed(raw), known.Keyfunc); err == nil {
			t.Errorf("%s: a changed JWT verifies", algorithm)
		}
		stranger, err := key.Stranger()
		if err != nil {
			t.Fatal(err)
		}
		if raw, _ = stranger.Sign(map[string]any{"kid": "key-1"}, nil); raw == "" {
			t.Fatal("a stranger cannot sign")
		}
		if _, err := jwt.Parse(raw, known.Keyfunc); err == nil {
			t.Errorf("%s: the key of a stranger verifies", algorithm)
		}
	}
}

func TestSignWithSecret(t *testing.T) {
	raw, err := proof.SharedSecret("a-shared-secret").Sign(nil, map[string]any{"iat": "(now)-5"})
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := jwt.Parse(raw, func(*jwt.Token) (any, error) { return []byte("a-shared-secret"), nil })
	if err != nil {
		t.Fatal(err)
	}
	if at, _ := parsed.Claims.GetIssuedAt(); time.Since(at.Time) < 4*time.Second || time.Since(at.Time) > time.Minute {
		t.Errorf("issued at %v", at)
	}
	if raw, _ = proof.SharedSecret("x").Sign(map[string]any{"alg": "none"}, nil); !strings.HasSuffix(raw, ".") {
		t.Errorf("alg none with a signature: %s", raw)
	}
}

func TestParseKeyReadsPEM(t *testing.T) {
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	sec1, err := x509.MarshalECPrivateKey(ec)
	if err != nil {
		t.Fatal(err)
	}
	pkcs8, err := x509.MarshalPKCS8PrivateKey(ec)
	if err != nil {
		t.Fatal(err)
	}
	for name, der := range map[string][]byte{"PRIVATE KEY": pkcs8, "EC PRIVATE KEY": sec1} {
		text := string(pem.EncodeToMemory(&pem.Block{Type: name, Bytes: der}))
		read, err := proof.ParseKey(text)
		if err != nil || !read.Asymmetric() || read.Algorithm != "ES256" || read.Text() != text {
			t.Errorf("%s: read %q, %v", name, read.Algorithm, err)
		}
	}
}

func TestParseKeyRefuses(t *testing.T) {
	for _, text := range []string{"{", "{}", `{"kty":"EC"}`, "-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"} {
		if key, err := proof.ParseKey(text); err == nil {
			t.Errorf("%q was read as a key for %q", text, key.Algorithm)
		}
	}
	if key, err := proof.ParseKey("just a secret"); err != nil || key.Asymmetric() {
		t.Errorf("a secret is no private key: %v", err)
	}
}
