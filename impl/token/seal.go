package token

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"errors"
)

// SealingKey is the key of a Sealer, 256 bits.
type SealingKey [32]byte

// NewSealingKey returns a random key.
func NewSealingKey() SealingKey {
	var key SealingKey
	_, _ = rand.Read(key[:]) // never fails (crypto/rand)
	return key
}

// Sealer encrypts what is stored and needed back, such as the secret of a
// client that proves it by a MAC: AES-256 in Galois/Counter Mode, with a random
// nonce before each text.
type Sealer struct{ aead cipher.AEAD }

// NewSealer returns the sealer of a key.
func NewSealer(key SealingKey) *Sealer {
	block, _ := aes.NewCipher(key[:])              // fails for keys of another length only
	aead, _ := cipher.NewGCMWithRandomNonce(block) // fails for other blocks only
	return &Sealer{aead}
}

// ErrNotSealed says that a text was not sealed with this key for this owner.
var ErrNotSealed = errors.New("not sealed with this key for this owner")

// Seal encrypts secret. It opens for the same owner alone, so that nobody can
// put the secret of one client into the place of another's.
func (s *Sealer) Seal(secret, owner string) []byte {
	return s.aead.Seal(nil, nil, []byte(secret), []byte(owner))
}

// Open decrypts what Seal made.
func (s *Sealer) Open(sealed []byte, owner string) (string, error) {
	secret, err := s.aead.Open(nil, nil, sealed, []byte(owner))
	if err != nil {
		return "", ErrNotSealed
	}
	return string(secret), nil
}
