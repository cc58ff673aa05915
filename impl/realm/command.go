package realm

import (
	"github.com/grantproof/grantproof/impl/store"
)

// OfStore is the root realm of servers that share a store, for a command that
// changes what they remember. It has no issuer and answers nobody.
func OfStore(s store.Store) (*Realm, error) {
	r := newRealm("", "", "", s, Policy{}, nil)
	return r, r.useKeptKeys()
}
