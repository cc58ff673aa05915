// Package seam owns the places at which a party of the reference system can be made to
// act otherwise, from outside: the request as it arrives and the answer as it leaves,
// the rules that a role asks, what is remembered, and the ends of a client. It does not
// own what is done there; package fault breaks obligations there, and package variant
// does what the specifications leave open.
package seam

import (
	"net/http"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/rule"
	"github.com/grantproof/grantproof/impl/store"
)

// Effect is what is done to one role at its seams; several fields may be set.
type Effect struct {
	Role string

	// Request edits a request to the role before it is looked at.
	Request func(*http.Request)
	// Answer edits what the role answers.
	Answer func(*http.Request, *Response)
	// Edits makes both for one realm, where they remember something.
	Edits func() (request func(*http.Request), answer func(*http.Request, *Response))
	// Rules puts others in the place of the role's rules; see Instead. It is called
	// for each realm, so that what it remembers is one realm's.
	Rules func(in rule.Replaced)
	// Store stands before what a realm remembers. It is called for each realm.
	Store func(store.Store) store.Store
	// Client changes a client at its seams. It is called for each client.
	Client func(*Client)
}

// Alter is what effects do to a realm.
func Alter(by any, effects []Effect) realm.Altered {
	if len(effects) == 0 {
		return realm.Altered{By: by}
	}
	return realm.Altered{
		By: by,
		Rules: func(role string, in rule.Replaced) {
			for _, each := range effects {
				if each.Role == role && each.Rules != nil {
					each.Rules(in)
				}
			}
		},
		Store: func(remembers store.Store) store.Store {
			for _, each := range effects {
				if each.Store != nil {
					remembers = each.Store(remembers)
				}
			}
			return remembers
		},
		Around: around(effects),
	}
}

// around edits the exchanges of each role.
func around(effects []Effect) func(role string, next http.Handler) http.Handler {
	requests, answers := map[string][]func(*http.Request){}, map[string][]func(*http.Request, *Response){}
	add := func(role string, request func(*http.Request), answer func(*http.Request, *Response)) {
		if request != nil {
			requests[role] = append(requests[role], request)
		}
		if answer != nil {
			answers[role] = append(answers[role], answer)
		}
	}
	for _, each := range effects {
		add(each.Role, each.Request, each.Answer)
		if each.Edits != nil {
			request, answer := each.Edits()
			add(each.Role, request, answer)
		}
	}
	return func(role string, next http.Handler) http.Handler { return Edited(requests[role], answers[role], next) }
}

// Instead puts another function in the place of a rule.
func Instead[F any](replaced *rule.Rule[F], by F) func(rule.Replaced) {
	return func(in rule.Replaced) { replaced.Replace(in, by) }
}

// Rules are several replacements at once.
func Rules(each ...func(rule.Replaced)) func(rule.Replaced) {
	return func(in rule.Replaced) {
		for _, replace := range each {
			replace(in)
		}
	}
}
