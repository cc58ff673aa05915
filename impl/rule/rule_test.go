package rule_test

import (
	"testing"

	"github.com/grantproof/grantproof/impl/rule"
)

func TestRule(t *testing.T) {
	fits := rule.New(func(given, wanted string) bool { return given == wanted })
	other := rule.New(func(given, wanted string) bool { return given == wanted })
	in := rule.Replaced{}
	for _, further := range []string{"*", "?"} {
		held := fits.In(in)
		fits.Replace(in, func(given, wanted string) bool { return given == further || held(given, wanted) })
	}
	for _, test := range []struct {
		name  string
		in    rule.Place
		rule  *rule.Rule[func(given, wanted string) bool]
		given string
		holds bool
	}{
		{"sound, equal", rule.Replaced(nil), fits, "a", true},
		{"sound, other", rule.Replaced(nil), fits, "*", false},
		{"replaced first", in, fits, "*", true},
		{"replaced again", in, fits, "?", true},
		{"replaced, as before", in, fits, "a", true},
		{"another text", in, fits, "b", false},
		{"another rule", in, other, "*", false},
	} {
		if got := test.rule.In(test.in)(test.given, "a"); got != test.holds {
			t.Errorf("%s: got %t, expected %t", test.name, got, test.holds)
		}
	}
}
