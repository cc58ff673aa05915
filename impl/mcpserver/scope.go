package mcpserver

import (
	"errors"
	"slices"

	"github.com/grantproof/grantproof/impl/bearer"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/token"
)

// required are the scopes that each tool needs, all of them.
var required = map[string]token.Scope{
	"list_tasks":      {"tasks:read"},
	"get_task":        {"tasks:read"},
	"create_task":     {"tasks:write"},
	"update_task":     {"tasks:write"},
	"delete_task":     {"tasks:write"},
	"summarize_tasks": {"tasks:read", "user:read"},
	"get_user":        {"user:read"},
}

// supported are the scopes of all tools.
var supported = token.Scope{"tasks:read", "tasks:write", "user:read"}

// least is what a client asks for that does not know yet which tools it needs.
var least = token.Scope{"tasks:read"}

var errScope = errors.New("the access token lacks a scope that this tool needs")

// lacks are the scopes of an operation that the caller's token does not cover.
func (c caller) lacks(needed token.Scope) token.Scope {
	covers := bearer.Covers.In(c)
	return slices.DeleteFunc(slices.Clone(needed), func(name string) bool { return covers(c.Realm, c.access.Scope, name) })
}

// ChallengedScope is the scope that a challenge names: all that the operation needs,
// so that a client asks once, and where that is not known yet, what a client begins
// with (https://modelcontextprotocol.io/specification/2026-07-28/basic/authorization#runtime-insufficient-scope-errors).
var ChallengedScope = rule.New(func(needed, missing token.Scope) token.Scope {
	if len(needed) == 0 {
		return least
	}
	return needed
})
