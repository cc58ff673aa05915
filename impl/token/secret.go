package token

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
)

// Hash is what is stored of a machine-made secret. The secret has 256 random
// bits, so that a fast hash is enough.
type Hash [sha256.Size]byte

// NewSecret returns 256 random bits as base64url: a code, a client secret or
// an identifier that nobody can guess.
func NewSecret() string {
	var random [32]byte
	_, _ = rand.Read(random[:]) // never fails (crypto/rand)
	return base64.RawURLEncoding.EncodeToString(random[:])
}

// NewID returns 96 random bits as base64url, for what is unique but no secret.
func NewID() string {
	var random [12]byte
	_, _ = rand.Read(random[:])
	return base64.RawURLEncoding.EncodeToString(random[:])
}

// MarshalText implements encoding.TextMarshaler: base64url.
func (h Hash) MarshalText() ([]byte, error) {
	return base64.RawURLEncoding.AppendEncode(nil, h[:]), nil
}

// UnmarshalText implements encoding.TextUnmarshaler.
func (h *Hash) UnmarshalText(text []byte) error {
	decoded, ok := DecodeBase64URL(string(text))
	if !ok || len(decoded) != len(h) {
		return errors.New("a stored hash is 32 bytes as base64url")
	}
	copy(h[:], decoded)
	return nil
}

// HashOf returns the stored form of secret.
func HashOf(secret string) Hash { return sha256.Sum256([]byte(secret)) }

// Matches compares in constant time.
func (h Hash) Matches(secret string) bool {
	other := HashOf(secret)
	return subtle.ConstantTimeCompare(h[:], other[:]) == 1
}
