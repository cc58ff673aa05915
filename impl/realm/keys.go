package realm

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// keptKeys returns the keyring that a store keeps, so that replicas and what
// comes after a restart sign with the same keys. What is missing is made; of
// replicas that start at the same time, the first decides.
func keptKeys(s store.Store, now time.Time) (*token.Keyring, error) {
	ctx := context.Background()
	kept, err := s.Keys(ctx)
	if err != nil {
		return nil, fmt.Errorf("the signing keys cannot be had: %w", err)
	}
	if err := putMissing(ctx, s, kept, now); err != nil {
		return nil, fmt.Errorf("the signing keys cannot be kept: %w", err)
	}
	if kept, err = s.Keys(ctx); err != nil {
		return nil, fmt.Errorf("the signing keys cannot be had: %w", err)
	}
	var keys []token.Key
	for _, key := range kept {
		keys = append(keys, key.Key)
	}
	return token.KeyringOf(keys)
}

// putMissing puts a first key of each algorithm that has none.
func putMissing(ctx context.Context, s store.Store, kept []store.Key, now time.Time) error {
	fresh, err := token.NewKeyring()
	if err != nil {
		return err
	}
	keys, err := fresh.Keys()
	if err != nil {
		return err
	}
	for _, key := range keys {
		if slices.ContainsFunc(kept, func(k store.Key) bool { return k.Algorithm == key.Algorithm }) {
			continue
		}
		err := s.PutKey(ctx, store.Key{Key: key, Generation: 1, CreatedAt: now})
		if err != nil && !errors.Is(err, store.ErrUsed) {
			return err
		}
	}
	return nil
}
