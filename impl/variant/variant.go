// Package variant owns what a conforming party may do otherwise than the reference
// does: the catalogue of lawful variants, each with the sentence that allows it.
//
// A variant is the counterpart of a fault, and acts at the same seams. A fair judge
// accuses a party of none of them, and a sound party works with all of them.
package variant

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/grantproof/grantproof/impl/nearest"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// Name is a kebab-case sentence that says what is done otherwise.
type Name string

// Set is the variants that are switched on; nil is none.
type Set map[Name]bool

// The roles that a variant can concern.
const (
	AuthorizationServer = wire.AuthorizationServer
	ResourceServer      = wire.ResourceServer
	MCPServer           = wire.MCPServer
	MCPClient           = "mcp-client"
)

type ids = []string

// Variant is one entry of the catalogue. What it does is in the fields after the
// summary, as in package fault; several of them may be set.
type Variant struct {
	Name    Name
	Role    string
	Allows  string // The section that allows it, and what it says in a few words.
	Summary string // What the party does.

	Tempts  ids // The requirements that a hasty judge would hold against it.
	Departs ids // The SHOULDs that it departs from, for which it may be warned.
	Without ids // The capabilities that it lacks and that no metadata tells; see `grantproof init`.

	Excludes ids // Other variants that together with it leave nothing to examine.

	Request func(*http.Request)
	Answer  func(*http.Request, *seam.Response)
	Edits   func() (request func(*http.Request), answer func(*http.Request, *seam.Response))
	Rules   func(in rule.Replaced)
	Store   func(store.Store) store.Store
	Client  func(*seam.Client)

	// Resources edits a request to a protected resource of an authorization server
	// that does so, before the resource looks at it.
	Resources func(*http.Request)
	// Last: its answer is edited after those of all others, which could not read it.
	Last bool
}

func (v Variant) effects() []seam.Effect {
	effects := []seam.Effect{{Role: v.Role, Request: v.Request, Answer: v.Answer, Edits: v.Edits, Rules: v.Rules, Store: v.Store, Client: v.Client}}
	if v.Resources != nil {
		for _, role := range []string{ResourceServer, MCPServer} {
			effects = append(effects, seam.Effect{Role: role, Request: v.Resources})
		}
	}
	return effects
}

// catalogue is filled by the files of this package, each with its own.
var catalogue []Variant

func add(variants []Variant) struct{} {
	catalogue = append(catalogue, variants...)
	return struct{}{}
}

// Vary has a realm do what the variants of a set do, in the place of those before.
func Vary(r *realm.Realm, set Set) { r.Alter(realm.Variants, seam.Alter(set, Effects(set))) }

// Of are the variants that are switched on in a realm.
func Of(r *realm.Realm) Set {
	set, _ := r.AlteredBy(realm.Variants).(Set)
	return set
}

// Effects are what the variants of a set do, in the order of their names, and those last
// that say so.
func Effects(set Set) []seam.Effect {
	var effects, last []seam.Effect
	for _, each := range ordered() {
		switch {
		case set[each.Name] && each.Last:
			last = append(last, each.effects()...)
		case set[each.Name]:
			effects = append(effects, each.effects()...)
		}
	}
	return append(effects, last...)
}

// NewSet checks names against the catalogue.
func NewSet(names []string) (Set, error) {
	set := Set{}
	for _, name := range names {
		if _, ok := Lookup(Name(name)); !ok {
			return nil, fmt.Errorf("there is no variant %q%s; `grantproof variants` lists them", name, nearest.Hint(name, all()))
		}
		set[Name(name)] = true
	}
	return set, nil
}

func all() []string {
	var names []string
	for _, each := range catalogue {
		names = append(names, string(each.Name))
	}
	return names
}

// Lookup finds a variant of the catalogue.
func Lookup(name Name) (Variant, bool) {
	i := slices.IndexFunc(catalogue, func(v Variant) bool { return v.Name == name })
	if i < 0 {
		return Variant{}, false
	}
	return catalogue[i], true
}

// Catalogue returns every variant, by role and name.
func Catalogue() []Variant { return slices.Clone(ordered()) }

// ordered is sorted once, as each realm and client with variants looks for its effects.
var ordered = sync.OnceValue(func() []Variant {
	all := slices.Clone(catalogue)
	slices.SortFunc(all, func(a, b Variant) int {
		return cmp.Or(strings.Compare(a.Role, b.Role), strings.Compare(string(a.Name), string(b.Name)))
	})
	return all
})
