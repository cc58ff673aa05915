package token

import (
	"crypto"
	"crypto/x509"
	"fmt"
)

// KeptKey is a key as it is kept, so that it outlives the process and is shared
// by replicas.
type KeptKey struct {
	ID        string // The `kid` of its tokens.
	Algorithm string // The `alg` of its tokens: one of Algorithms, or HS256 for the documented shape; or Sealing.
	Private   []byte // PKCS #8 in DER (RFC 5208); of HS256 and Sealing the secret itself.
}

// Sealing is the algorithm of the key that encrypts what a realm needs back.
const Sealing = "A256GCM"

// NewKeptKey makes a key of an algorithm, of HS256 a secret.
func NewKeptKey(algorithm string) (KeptKey, error) {
	switch algorithm {
	case "HS256":
		return KeptKey{ID: NewID(), Algorithm: algorithm, Private: []byte(NewSecret())}, nil
	case Sealing:
		key := NewSealingKey()
		return KeptKey{ID: NewID(), Algorithm: algorithm, Private: key[:]}, nil
	}
	key, err := NewKey(algorithm)
	if err != nil {
		return KeptKey{}, err
	}
	der, err := x509.MarshalPKCS8PrivateKey(key.Private)
	if err != nil {
		return KeptKey{}, fmt.Errorf("the signing key cannot be kept: %w", err)
	}
	return KeptKey{ID: key.ID, Algorithm: algorithm, Private: der}, nil
}

// Key is the key that was kept.
func (k KeptKey) Key() (Key, error) {
	parsed, err := x509.ParsePKCS8PrivateKey(k.Private)
	if err != nil {
		return Key{}, fmt.Errorf("the kept signing key %s: %w", k.ID, err)
	}
	private, ok := parsed.(crypto.Signer)
	if !ok {
		return Key{}, fmt.Errorf("the kept signing key %s cannot sign", k.ID)
	}
	return Key{ID: k.ID, Algorithm: k.Algorithm, Private: private}, nil
}
