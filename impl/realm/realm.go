// Package realm owns everything that must differ between two scenarios that
// run at the same time: issuer, clock, policy, keys, faults, what is
// remembered, and the log of traffic. The root realm carries the demo.
//
// It does not decide anything with them: that is what the roles do.
package realm

import (
	"context"
	"sync/atomic"

	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/store/memory"
	"github.com/grantproof/grantproof/impl/token"
	"github.com/grantproof/grantproof/impl/wire"
)

// Realm is one isolated issuer with its protected resource.
type Realm struct {
	ID       string // "" for the root realm.
	Issuer   string // The issuer identifier, without a trailing slash.
	Resource string // The resource identifier.
	Clock    *Clock
	Keys     *token.Keyring
	Traffic  *wire.Traffic // nil in the root realm.
	Journal  Journal       // Empty in the root realm.
	// ResourceClient authenticates the protected resource at the introspection
	// endpoint; User is the resource owner of a scenario, who signs in with
	// Password.
	ResourceClient Credentials
	User           store.User
	Password       string
	SignIns        Attempts // Wrong passwords of late.

	store  store.Store
	policy atomic.Pointer[Policy]
	faults atomic.Pointer[fault.Set]
	ctx    context.Context
	cancel context.CancelFunc
}

// Credentials are a client's id and secret.
type Credentials struct{ ID, Secret string }

func newRealm(id, issuer, resource string, policy Policy, faults fault.Set) (*Realm, error) {
	keys, err := token.NewKeyring()
	if err != nil {
		return nil, err
	}
	r := &Realm{ID: id, Issuer: issuer, Resource: resource, Clock: &Clock{}, Keys: keys, store: memory.New()}
	r.ctx, r.cancel = context.WithCancel(context.Background())
	r.SetPolicy(policy)
	r.SetFaults(faults)
	return r, nil
}

// Store is what the realm remembers; where its policy says so, it is gone.
func (r *Realm) Store() store.Store {
	if r.Policy().StoreDown {
		return store.Down{}
	}
	return r.store
}

// Policy is what the realm demands at this moment.
func (r *Realm) Policy() Policy { return *r.policy.Load() }

// SetPolicy replaces the policy.
func (r *Realm) SetPolicy(p Policy) { r.policy.Store(&p) }

// Faults is what is broken in the realm at this moment.
func (r *Realm) Faults() fault.Set { return *r.faults.Load() }

// SetFaults replaces the faults.
func (r *Realm) SetFaults(s fault.Set) { r.faults.Store(&s) }

// Context ends when the realm is deleted.
func (r *Realm) Context() context.Context { return r.ctx }

type contextKey struct{}

// From returns the realm that the request behind ctx is for. Every handler
// runs below Route, so there always is one.
func From(ctx context.Context) *Realm {
	return ctx.Value(contextKey{}).(*Realm)
}

// With returns ctx for a request to r.
func With(ctx context.Context, r *Realm) context.Context {
	return context.WithValue(ctx, contextKey{}, r)
}
