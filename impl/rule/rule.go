// Package rule holds the decisions of the roles as values, so that one realm can
// decide otherwise than the others.
//
// A rule stands, in its sound form and with its citation, beside the code that asks
// it. What is put in its place, where and why, is not known here.
package rule

// Rule is one decision, a function of type F.
type Rule[F any] struct {
	Sound F // As it has to be.
}

// New is a rule with its sound form.
func New[F any](sound F) *Rule[F] { return &Rule[F]{sound} }

// Replaced are the rules that are replaced in one place, by what stands there
// instead. The zero value, which replaces none, is ready to be read.
type Replaced map[any]any

// Rules makes Replaced a place by itself.
func (r Replaced) Rules() Replaced { return r }

// Place is where rules are asked, such as a realm.
type Place interface{ Rules() Replaced }

// In is the rule as it holds in a place: sound, unless it is replaced there.
func (r *Rule[F]) In(place Place) F {
	if instead, ok := place.Rules()[r]; ok {
		return instead.(F)
	}
	return r.Sound
}

// Replace puts another function in the place of the rule. What held there until then
// is what In returned before; another function that builds on it goes together with
// the replacements of others.
func (r *Rule[F]) Replace(in Replaced, instead F) { in[r] = instead }
