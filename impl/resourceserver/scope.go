package resourceserver

import (
	"slices"
	"strings"

	"github.com/grantproof/grantproof/impl/bearer"
	"github.com/grantproof/grantproof/impl/token"
)

// anyOf is the scopes of which an operation needs one.
type anyOf []string

func (a anyOf) metBy(at bearer.Resource, scope token.Scope) bool {
	return slices.ContainsFunc(a, func(name string) bool { return bearer.Covers.In(at)(at.Realm, scope, name) })
}

// String names the alternatives for a person.
func (a anyOf) String() string { return strings.Join(a, " or ") }

// required says what each protected operation needs; what is not here is
// public. A test holds it against the security of the specification.
var required = map[string]anyOf{
	"GET /api/tasks":         {"tasks:read"},
	"POST /api/tasks":        {"tasks:write"},
	"GET /api/tasks/summary": {"tasks:read", "tasks:write"},
	"GET /api/tasks/{id}":    {"tasks:read"},
	"PUT /api/tasks/{id}":    {"tasks:write"},
	"DELETE /api/tasks/{id}": {"tasks:write"},
	"GET /api/user":          {"user:read"},
	"PUT /api/user":          {"user:write"},
}
