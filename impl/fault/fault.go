// Package fault owns what is broken on purpose: the catalogue of named
// departures from the specifications, each with the requirement it violates.
//
// A fault is either an edit of an exchange, which stands here, or one `if` at
// the branch where the rule lives. It does not own the rules.
package fault

import (
	"fmt"
	"slices"
	"strings"
)

// Name is a kebab-case sentence that says what is wrong.
type Name string

// The roles that a fault can break.
const (
	AuthorizationServer = "authorization-server"
	ResourceServer      = "resource-server"
	MCPServer           = "mcp-server"
	MCPClient           = "mcp-client"
	Demo                = "demo"
)

type ids = []string

// Fault is one entry of the catalogue.
type Fault struct {
	Name     Name
	Role     string
	Violates ids    // The ids of the requirements; each must be seen to fail.
	Summary  string // What the broken party does.
}

var catalogue = slices.Concat(authorizationServer, code, refreshToken, revocation, spelling, guessing, limits, tokenUse, tokenExchange, nearMiss, clientAssertion, keys, resource, openID, documents, registration, softwareStatement, registrationManagement, peoplesPages, clientShown, transport, resourceServer, mcpServer, mcpHTTP, mcpClient, mcpClientHTTP, mcpClientRequests, bySpecification, bySpecificationClient)

// Set is the faults that are switched on; nil is none.
type Set map[Name]bool

// Has tells whether name is switched on.
func (s Set) Has(name Name) bool { return s[name] }

// NewSet checks names against the catalogue.
func NewSet(names []string) (Set, error) {
	set := Set{}
	for _, name := range names {
		if _, ok := Lookup(Name(name)); !ok {
			return nil, fmt.Errorf("there is no fault %q; `grantproof faults` lists them", name)
		}
		set[Name(name)] = true
	}
	return set, nil
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
