package memory

import (
	"context"

	"github.com/grantproof/grantproof/impl/store"
)

// Stores implements store.Stores: every call of Realm returns an empty store,
// which ends with whoever holds it.
type Stores struct{}

var _ store.Stores = Stores{}

// Realm implements store.Stores.
func (Stores) Realm(string) store.Store { return New() }

// Forget implements store.Stores; there is nothing to do.
func (Stores) Forget(context.Context, string) error { return nil }

// Close implements store.Stores; there is nothing to do.
func (Stores) Close() error { return nil }
