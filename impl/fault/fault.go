// Package fault owns what is broken on purpose: the catalogue of named departures
// from the specifications, each with the requirements it violates and what it does.
//
// A fault is one literal, in a file that is named by where it acts. It acts from
// outside of the roles, which do not know that it exists: on a request as it arrives
// and an answer as it leaves, on the rules that a role asks, and on what is
// remembered. It does not own the rules.
package fault

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/nearest"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/seam"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/wire"
)

// Name is a kebab-case sentence that says what is wrong.
type Name string

// Set is the faults that are switched on; nil is none.
type Set map[Name]bool

// Has tells whether name is switched on.
func (s Set) Has(name Name) bool { return s[name] }

// Of are the faults that are switched on in a realm.
func Of(r *realm.Realm) Set {
	set, _ := r.AlteredBy(realm.Faults).(Set)
	return set
}

// The roles that a fault can break.
const (
	AuthorizationServer = wire.AuthorizationServer
	ResourceServer      = wire.ResourceServer
	MCPServer           = wire.MCPServer
	MCPClient           = "mcp-client"
	Demo                = "demo"
)

// mcpSpec is how the ids of the MCP specification begin.
const mcpSpec = "mcp-2026-07-28-"

type ids = []string

// Fault is one entry of the catalogue. What it does is in the fields after the
// summary; several of them may be set.
type Fault struct {
	Name     Name
	Role     string
	Violates ids    // The ids of the requirements; each must be seen to fail.
	Summary  string // What the broken party does.

	// Request edits a request to the role before it is looked at.
	Request func(*http.Request)
	// Answer edits what the role answers.
	Answer func(*http.Request, *seam.Response)
	// Edits makes both for one realm, where they remember something.
	Edits func() (request func(*http.Request), answer func(*http.Request, *seam.Response))
	// Rules puts others in the place of the role's rules; see instead. It is called
	// for each realm, so that what it remembers is one realm's.
	Rules func(in rule.Replaced)
	// Store stands before what a realm remembers. It is called for each realm.
	Store func(store.Store) store.Store
	// Client breaks a client at its seams. It is called for each client.
	Client func(*seam.Client)
}

func (f Fault) effect() seam.Effect {
	return seam.Effect{Role: f.Role, Request: f.Request, Answer: f.Answer, Edits: f.Edits, Rules: f.Rules, Store: f.Store, Client: f.Client}
}

// catalogue is filled by the files of this package, each with its own.
var catalogue []Fault

func add(faults []Fault) struct{} {
	catalogue = append(catalogue, faults...)
	return struct{}{}
}

// NewSet checks names against the catalogue.
func NewSet(names []string) (Set, error) {
	set := Set{}
	for _, name := range names {
		if _, ok := Lookup(Name(name)); !ok {
			return nil, fmt.Errorf("there is no fault %q%s; `grantproof faults` lists them", name, nearestTo(name))
		}
		set[Name(name)] = true
	}
	return set, nil
}

// nearestTo is what a misspelt name may have been meant to be.
func nearestTo(name string) string {
	var all []string
	for _, each := range catalogue {
		all = append(all, string(each.Name))
	}
	return nearest.Hint(name, all)
}

// Lookup finds a fault of the catalogue.
func Lookup(name Name) (Fault, bool) {
	i := slices.IndexFunc(catalogue, func(f Fault) bool { return f.Name == name })
	if i < 0 {
		return Fault{}, false
	}
	return catalogue[i], true
}

// Catalogue returns every fault, by role and name.
func Catalogue() []Fault {
	all := slices.Clone(catalogue)
	slices.SortFunc(all, func(a, b Fault) int {
		return strings.Compare(a.Role+" "+string(a.Name), b.Role+" "+string(b.Name))
	})
	return all
}
