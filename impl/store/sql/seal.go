package sql

import (
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

var (
	errNoKey = errors.New("the key that encrypts signing keys is missing: set GRANTPROOF_STORE_KEY to 32 random bytes as base64, " +
		"such as `openssl rand -base64 32` prints, and to the same for every replica")
	errWrongKey = errors.New("a signing key of the store cannot be decrypted: GRANTPROOF_STORE_KEY, or the key file, " +
		"is not the one that it was encrypted with")
)

// keySeal returns the sealer of a key; none where the key is empty.
func keySeal(key string) (*token.Sealer, error) {
	if key == "" {
		return nil, nil
	}
	decoded, err := base64.StdEncoding.DecodeString(strings.TrimSpace(key))
	if err != nil || len(decoded) != len(token.SealingKey{}) {
		return nil, errors.New("the key of the store must be 32 bytes as base64, such as `openssl rand -base64 32` prints")
	}
	return token.NewSealer(token.SealingKey(decoded)), nil
}

// fileSeal returns the sealer of key, or of the key file where it is empty; a
// missing file is made.
func fileSeal(path, key string) (*token.Sealer, error) {
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
	key := token.NewSealingKey()
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
	return s.db.seal.Seal(string(key.Private), s.boundTo(key)), nil
}

func (s *Store) openKey(key store.Key, sealed []byte) ([]byte, error) {
	if s.db.seal == nil {
		return nil, errNoKey
	}
	private, err := s.db.seal.Open(sealed, s.boundTo(key))
	if err != nil {
		return nil, errWrongKey
	}
	return []byte(private), nil
}

// boundTo is what a sealed key is bound to, so that nobody who can write to the
// database puts one in the place of another.
func (s *Store) boundTo(key store.Key) string {
	return fmt.Sprintf("%q %q %d %q", s.realm, key.Algorithm, key.Generation, key.ID)
}
