package sql

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/grantproof/grantproof/impl/store"
)

// keySize of AES-256.
const keySize = 32

var (
	errNoKey = errors.New("the key that encrypts signing keys is missing: set GRANTPROOF_STORE_KEY to 32 random bytes as base64, " +
		"such as `openssl rand -base64 32` prints, and to the same for every replica")
	errWrongKey = errors.New("a signing key of the store cannot be decrypted: GRANTPROOF_STORE_KEY, or the key file, " +
		"is not the one that it was encrypted with")
)

// keySeal returns the cipher of a key; none where the key is empty.
func keySeal(key string) (cipher.AEAD, error) {
	if key == "" {
		return nil, nil
	}
	decoded, err := base64.StdEncoding.DecodeString(strings.TrimSpace(key))
	if err != nil || len(decoded) != keySize {
		return nil, errors.New("the key of the store must be 32 bytes as base64, such as `openssl rand -base64 32` prints")
	}
	block, err := aes.NewCipher(decoded)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCMWithRandomNonce(block)
}

// fileSeal returns the cipher of key, or of the key file where it is empty; a
// missing file is made.
func fileSeal(path, key string) (cipher.AEAD, error) {
	if key != "" {
		return keySeal(key)
	}
	if err := makeKeyFile(path); err != nil {
		return nil, fmt.Errorf("the key file cannot be made: %w", err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("the key file cannot be read: %w", err)
	}
	if len(content) == 0 {
		return nil, fmt.Errorf("the key file %s is empty", path)
	}
	return keySeal(string(content))
}

// makeKeyFile makes the file in one step, so that of two processes both read
// the same key.
func makeKeyFile(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	var key [keySize]byte
	_, _ = rand.Read(key[:]) // never fails (crypto/rand)
	draft := fmt.Sprintf("%s.%d", path, os.Getpid())
	defer os.Remove(draft)
	if err := os.WriteFile(draft, []byte(base64.StdEncoding.EncodeToString(key[:])+"\n"), 0o600); err != nil {
		return err
	}
	if err := os.Link(draft, path); !errors.Is(err, os.ErrExist) {
		return err
	}
	return nil
}

func (s *Store) sealKey(key store.Key) ([]byte, error) {
	if s.db.seal == nil {
		return nil, errNoKey
	}
	return s.db.seal.Seal(nil, nil, key.Private, s.boundTo(key)), nil
}

func (s *Store) openKey(key store.Key, sealed []byte) ([]byte, error) {
	if s.db.seal == nil {
		return nil, errNoKey
	}
	private, err := s.db.seal.Open(nil, nil, sealed, s.boundTo(key))
	if err != nil {
		return nil, errWrongKey
	}
	return private, nil
}

// boundTo is what a sealed key is bound to, so that nobody who can write to the
// database puts one in the place of another.
func (s *Store) boundTo(key store.Key) []byte {
	return fmt.Appendf(nil, "%q %q %d %q", s.realm, key.Algorithm, key.Generation, key.ID)
}
