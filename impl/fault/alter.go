package fault

import (
	"net/http"
	"slices"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/seam"
)

// Break breaks a realm with the faults of a set, in the place of those before.
func Break(r *realm.Realm, set Set) { r.Alter(realm.Faults, seam.Alter(set, Effects(set))) }

// Effects are what the faults of a set do, in their order.
func Effects(set Set) []seam.Effect {
	var effects []seam.Effect
	for _, each := range catalogue {
		if set.Has(each.Name) {
			effects = append(effects, each.effect())
		}
	}
	return effects
}

// AlterAnswers is what given answers do to a realm.
func AlterAnswers(answers []Answer) realm.Altered {
	return realm.Altered{Around: func(role string, next http.Handler) http.Handler {
		return seam.Edited(nil, editsOf(role, slices.Clone(answers)), next)
	}}
}
