package memory

import (
	"cmp"
	"context"
	"slices"

	"github.com/grantproof/grantproof/impl/store"
)

// PutKey implements store.Keys.
func (s *Store) PutKey(_ context.Context, key store.Key) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	at, found := slices.BinarySearchFunc(s.keys, key, byGeneration)
	if found {
		return store.ErrUsed
	}
	s.keys = slices.Insert(s.keys, at, key)
	return nil
}

// Keys implements store.Keys.
func (s *Store) Keys(context.Context) ([]store.Key, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.keys), nil
}

func byGeneration(a, b store.Key) int {
	return cmp.Or(cmp.Compare(a.Algorithm, b.Algorithm), cmp.Compare(a.Generation, b.Generation))
}
