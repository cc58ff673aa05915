package bearer

import (
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/token"
)

// implied are the scopes that another one holds, where the policy has it so.
var implied = map[string]string{"tasks:read": "tasks:write", "user:read": "user:write"}

// Covers tells whether a granted scope covers one that an operation needs: it
// is among it, or another implies it.
var Covers = rule.New(func(r *realm.Realm, granted token.Scope, needed string) bool {
	return granted.Has(needed) || r.Policy().WriteImpliesRead && granted.Has(implied[needed])
})
