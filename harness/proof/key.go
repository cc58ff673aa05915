package proof

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"strings"
	"sync"

	"github.com/MicahParks/jwkset"
)

// Key is what a client proves itself with: a private key, or a secret for MACs.
type Key struct {
	ID        string // The kid; empty for a key without one.
	Algorithm string // With which it signs, unless a header says otherwise.
	signer    crypto.Signer
	secret    string
	text      string // As it was read; empty for one that was made here.
}

// NewKey makes a private key for an algorithm of RFC 7518 section 3.1
// (https://www.rfc-editor.org/rfc/rfc7518#section-3.1) or RFC 8037.
func NewKey(algorithm, id string) (Key, error) { return newKey(algorithm, id, rsaKey) }

// Signer is the private key itself, for a client that signs with it; nil for a
// secret.
func (k Key) Signer() crypto.Signer { return k.signer }

// Stranger is a key of somebody else that looks like k by its header.
func (k Key) Stranger() (Key, error) {
	if !k.Asymmetric() {
		return SharedSecret(Random()), nil
	}
	return newKey(k.Algorithm, k.ID, strangerRSAKey)
}

func newKey(algorithm, id string, rsaKey func() (*rsa.PrivateKey, error)) (Key, error) {
	key := Key{ID: id, Algorithm: algorithm}
	var err error
	switch algorithm {
	case "ES256":
		key.signer, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	case "ES384":
		key.signer, err = ecdsa.GenerateKey(elliptic.P384(), rand.Reader)
	case "EdDSA":
		_, key.signer, err = ed25519.GenerateKey(rand.Reader)
	case "RS256", "RS384", "RS512", "PS256", "PS384", "PS512":
		key.signer, err = rsaKey()
	default:
		return key, fmt.Errorf("no key can be made for the algorithm %q", algorithm)
	}
	return key, err
}

// RSA keys are the same for all, as making one takes long.
var (
	rsaKey         = sync.OnceValues(makeRSAKey)
	strangerRSAKey = sync.OnceValues(makeRSAKey)
)

func makeRSAKey() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) }

// SharedSecret is the key of a client that proves its secret by a MAC.
func SharedSecret(secret string) Key { return Key{Algorithm: "HS256", secret: secret} }

// ParseKey reads a private key: a JWK, or PEM as PKCS #8, PKCS #1 or SEC 1. Any
// other text is a secret for MACs.
func ParseKey(text string) (Key, error) {
	key, err := parseKey(text)
	key.text = text
	return key, err
}

func parseKey(text string) (Key, error) {
	switch trimmed := strings.TrimSpace(text); {
	case strings.HasPrefix(trimmed, "{"):
		return parseJWK(trimmed)
	case strings.HasPrefix(trimmed, "-----BEGIN"):
		return parsePEM(trimmed)
	}
	return SharedSecret(text), nil
}

// ErrKey says that a text is no private key that can be used here.
var ErrKey = errors.New("not a private key as JWK or PEM, of P-256, P-384, RSA or Ed25519")

func parseJWK(text string) (Key, error) {
	var marshalled jwkset.JWKMarshal
	if err := json.Unmarshal([]byte(text), &marshalled); err != nil {
		return Key{}, ErrKey
	}
	options := jwkset.JWKMarshalOptions{Private: true}
	read, err := jwkset.NewJWKFromMarshal(marshalled, options, jwkset.JWKValidateOptions{SkipAll: true})
	if err != nil {
		return Key{}, ErrKey
	}
	key, err := keyOf(read.Key())
	key.ID = marshalled.KID
	if marshalled.ALG != "" {
		key.Algorithm = string(marshalled.ALG)
	}
	return key, err
}

func parsePEM(text string) (Key, error) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return Key{}, ErrKey
	}
	if key, err := x509.ParsePKCS8PrivateKey(block.Bytes); err == nil {
		return keyOf(key)
	}
	if key, err := x509.ParsePKCS1PrivateKey(block.Bytes); err == nil {
		return keyOf(key)
	}
	key, err := x509.ParseECPrivateKey(block.Bytes)
	if err != nil {
		return Key{}, ErrKey
	}
	return keyOf(key)
}

// keyOf gives a private key the algorithm that is usual for its type.
func keyOf(private any) (Key, error) {
	switch private := private.(type) {
	case *ecdsa.PrivateKey:
		if size := private.Curve.Params().BitSize; size == 256 || size == 384 {
			return Key{Algorithm: fmt.Sprintf("ES%d", size), signer: private}, nil
		}
	case *rsa.PrivateKey:
		return Key{Algorithm: "RS256", signer: private}, nil
	case ed25519.PrivateKey:
		return Key{Algorithm: "EdDSA", signer: private}, nil
	}
	return Key{}, ErrKey
}

// Asymmetric tells whether it is a private key and not a shared secret.
func (k Key) Asymmetric() bool { return k.signer != nil }

// JWKS is the set of the public halves of keys (RFC 7517 section 5,
// https://www.rfc-editor.org/rfc/rfc7517#section-5), its members in the order
// in which encoding/json writes a map.
func JWKS(keys ...Key) map[string]any {
	set := []any{}
	for _, key := range keys {
		set = append(set, key.public())
	}
	return map[string]any{"keys": set}
}

func (k Key) public() map[string]any {
	jwk := map[string]any{"use": "sig", "alg": k.Algorithm}
	if k.ID != "" {
		jwk["kid"] = k.ID
	}
	switch public := k.signer.Public().(type) {
	case *ecdsa.PublicKey:
		point, _ := public.Bytes() // fails for curves that no key here has
		size := (len(point) - 1) / 2
		jwk["kty"], jwk["crv"] = "EC", public.Curve.Params().Name
		jwk["x"], jwk["y"] = encoded(point[1:1+size]), encoded(point[1+size:])
	case *rsa.PublicKey:
		jwk["kty"], jwk["n"], jwk["e"] = "RSA", encoded(public.N.Bytes()), encoded(big.NewInt(int64(public.E)).Bytes())
	case ed25519.PublicKey:
		jwk["kty"], jwk["crv"], jwk["x"] = "OKP", "Ed25519", encoded(public)
	}
	return jwk
}

// Text is the key as ParseKey reads it: as it was read, or a JWK.
func (k Key) Text() string {
	switch {
	case k.text != "":
		return k.text
	case !k.Asymmetric():
		return k.secret
	}
	options := jwkset.JWKOptions{
		Marshal:  jwkset.JWKMarshalOptions{Private: true},
		Metadata: jwkset.JWKMetadataOptions{KID: k.ID, ALG: jwkset.ALG(k.Algorithm)},
	}
	jwk, err := jwkset.NewJWKFromKey(k.signer, options)
	if err != nil {
		return ""
	}
	text, _ := json.Marshal(jwk.Marshal())
	return string(text)
}

func encoded(value []byte) string { return base64.RawURLEncoding.EncodeToString(value) }
