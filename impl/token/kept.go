package token

import (
	"crypto/ecdsa"
	"crypto/x509"
	"errors"
	"fmt"
)

// Key is one key of a keyring as it is kept, so that it outlives the process
// and is shared by replicas.
type Key struct {
	ID        string // The `kid` of its tokens.
	Algorithm string // The `alg` of its tokens: ES256, or HS256 for the documented shape.
	Private   []byte // PKCS #8 in DER (RFC 5208); of HS256 the secret itself.
}

// Keys are the keys of the ring as they are kept. They are secrets.
func (k *Keyring) Keys() ([]Key, error) {
	der, err := x509.MarshalPKCS8PrivateKey(k.key)
	if err != nil {
		return nil, fmt.Errorf("the signing key cannot be kept: %w", err)
	}
	return []Key{
		{ID: k.keyID, Algorithm: k.signing.Alg(), Private: der},
		{ID: k.keyID, Algorithm: "HS256", Private: k.secret},
	}, nil
}

// KeyringOf is the keyring of keys that were kept; of one algorithm the last
// counts. It is an error where an algorithm is missing.
func KeyringOf(keys []Key) (*Keyring, error) {
	var signing *ecdsa.PrivateKey
	var id string
	var secret []byte
	for _, key := range keys {
		switch key.Algorithm {
		case "HS256":
			secret = key.Private
		case "ES256":
			parsed, err := x509.ParsePKCS8PrivateKey(key.Private)
			if err != nil {
				return nil, fmt.Errorf("the kept signing key %s: %w", key.ID, err)
			}
			signing, _ = parsed.(*ecdsa.PrivateKey)
			id = key.ID
		}
	}
	if signing == nil || secret == nil {
		return nil, errors.New("the kept keys hold no ES256 key or no HS256 secret")
	}
	return newKeyring(id, signing, secret)
}
