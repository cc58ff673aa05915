package realm

import (
	"net/http"
	"sync"

	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
)

// Altered is what stands in a realm otherwise than in a sound one. Its fields may be
// nil; the realm does not know what they are for.
type Altered struct {
	// Rules puts others in the place of rules.
	Rules func(in rule.Replaced)
	// Store stands before what the realm remembers.
	Store func(store.Store) store.Store
	// Around stands around the exchanges of a role: it sees each request before the
	// role does, and each answer before it leaves.
	Around func(role string, next http.Handler) http.Handler
}

// Layer says what a realm is altered for. A later one stands around an earlier one.
type Layer int

// The layers.
const (
	Faults Layer = iota
	Answers
	Chaos
	layers
)

// alterations are those of a realm, by layer, and what they come to.
type alterations struct {
	mu     sync.Mutex
	layers [layers]Altered
}

// altered is what a realm is with all layers.
type altered struct {
	rules  rule.Replaced
	store  store.Store
	around []func(role string, next http.Handler) http.Handler
}

// Alter replaces what stands in a layer; what a layer remembers is forgotten.
func (r *Realm) Alter(layer Layer, by Altered) {
	r.alterations.mu.Lock()
	defer r.alterations.mu.Unlock()
	r.alterations.layers[layer] = by
	now := &altered{rules: rule.Replaced{}, store: r.store}
	for _, each := range r.alterations.layers {
		if each.Rules != nil {
			each.Rules(now.rules)
		}
		if each.Store != nil {
			now.store = each.Store(now.store)
		}
		if each.Around != nil {
			now.around = append(now.around, each.Around)
		}
	}
	r.altered.Store(now)
	r.documents.Store(&sync.Map{})
}

// Rules are the rules that are replaced in the realm.
func (r *Realm) Rules() rule.Replaced { return r.altered.Load().rules }

// Around lets what stands around the exchanges of a role in the realm of each
// request act on it.
func Around(role string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, request *http.Request) {
		handler := next
		for _, around := range From(request.Context()).altered.Load().around {
			handler = around(role, handler)
		}
		handler.ServeHTTP(w, request)
	})
}
