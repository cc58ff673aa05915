package fault

import (
	"net/http"
	"slices"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
)

// Break breaks a realm with the faults of a set, in the place of those before.
func Break(r *realm.Realm, set Set) {
	r.Alter(realm.Faults, alter(set))
}

func alter(set Set) realm.Altered {
	var faults []Fault
	for _, each := range catalogue { // In their order, whatever that of the set.
		if set.Has(each.Name) {
			faults = append(faults, each)
		}
	}
	if len(faults) == 0 {
		return realm.Altered{By: set}
	}
	return realm.Altered{
		By: set,
		Rules: func(role string, in rule.Replaced) {
			for _, each := range faults {
				if each.Role == role && each.Rules != nil {
					each.Rules(in)
				}
			}
		},
		Store: func(remembers store.Store) store.Store {
			for _, each := range faults {
				if each.Store != nil {
					remembers = each.Store(remembers)
				}
			}
			return remembers
		},
		Around: around(faults),
	}
}

// around edits the exchanges of each role as its faults do.
func around(faults []Fault) func(role string, next http.Handler) http.Handler {
	requests, answers := map[string][]func(*http.Request){}, map[string][]func(*http.Request, *Response){}
	add := func(role string, request func(*http.Request), answer func(*http.Request, *Response)) {
		if request != nil {
			requests[role] = append(requests[role], request)
		}
		if answer != nil {
			answers[role] = append(answers[role], answer)
		}
	}
	for _, each := range faults {
		add(each.Role, each.Request, each.Answer)
		if each.Edits != nil {
			request, answer := each.Edits()
			add(each.Role, request, answer)
		}
	}
	return func(role string, next http.Handler) http.Handler { return edited(requests[role], answers[role], next) }
}

// AlterAnswers is what given answers do to a realm.
func AlterAnswers(answers []Answer) realm.Altered {
	return realm.Altered{Around: func(role string, next http.Handler) http.Handler {
		return edited(nil, editsOf(role, slices.Clone(answers)), next)
	}}
}

// instead puts another function in the place of a rule.
func instead[F any](replaced *rule.Rule[F], by F) func(rule.Replaced) {
	return func(in rule.Replaced) { replaced.Replace(in, by) }
}

// rules are several replacements at once.
func rules(each ...func(rule.Replaced)) func(rule.Replaced) {
	return func(in rule.Replaced) {
		for _, replace := range each {
			replace(in)
		}
	}
}
