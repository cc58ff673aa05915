package realm

import (
	"maps"
	"net/http"
	"sync"

	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// Altered is what stands in a realm otherwise than in a sound one. Its fields may be
// nil; the realm does not know what they are for.
type Altered struct {
	// By is for those who altered it.
	By any
	// Rules puts others in the place of the rules that a role asks.
	Rules func(role string, in rule.Replaced)
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
	Variants // The last: the form in which an answer leaves.
	layers
)

// alterations are those of a realm, by layer, and what they come to.
type alterations struct {
	mu     sync.Mutex
	layers [layers]Altered
}

// altered is what a realm is with all layers.
type altered struct {
	rules  map[string]rule.Replaced // By role; "" are those of all roles.
	store  store.Store
	around []func(role string, next http.Handler) http.Handler
}

// Alter replaces what stands in a layer; what a layer remembers is forgotten.
func (r *Realm) Alter(layer Layer, by Altered) {
	r.alterations.mu.Lock()
	defer r.alterations.mu.Unlock()
	r.alterations.layers[layer] = by
	now := &altered{rules: map[string]rule.Replaced{"": {}}, store: r.store}
	for _, each := range r.alterations.layers {
		if each.Rules != nil {
			now.replace(each.Rules)
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

func (a *altered) replace(rules func(role string, in rule.Replaced)) {
	for _, role := range []string{wire.AuthorizationServer, wire.ResourceServer, wire.MCPServer} {
		in := a.rules[role]
		if in == nil {
			in = rule.Replaced{}
			a.rules[role] = in
		}
		rules(role, in)
		maps.Copy(a.rules[""], in)
	}
}

// AlteredBy is By of what stands in a layer.
func (r *Realm) AlteredBy(layer Layer) any {
	r.alterations.mu.Lock()
	defer r.alterations.mu.Unlock()
	return r.alterations.layers[layer].By
}

// Rules are the rules that are replaced in the realm, whoever asks them.
func (r *Realm) Rules() rule.Replaced { return r.altered.Load().rules[""] }

// RulesOf are the rules that are replaced where a role asks them: two protected
// resources of one realm may follow others.
func (r *Realm) RulesOf(role string) rule.Replaced { return r.altered.Load().rules[role] }

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

// Sound tells whether nothing in the realm is altered.
func (r *Realm) Sound() bool {
	now := r.altered.Load()
	return len(now.rules[""]) == 0 && now.store == r.store && len(now.around) == 0
}
