package rule_test

import (
	"testing"

	"github.com/grantproof/grantproof/impl/rule"
)

func TestRule(t *testing.T) {
	fits := rule.New(func(given, wanted string) bool { return given == wanted })
	other := rule.New(func(given, wanted string) bool { return given == wanted })
	in := rule.Replaced{}
	fits.Replace(in, func(given, wanted string) bool { return given == "*" || fits.Sound(given, wanted) })
	for _, test := range []struct {
		name  string
		in    rule.Place
		rule  *rule.Rule[func(given, wanted string) bool]
		given string
		holds bool
	}{
		{"sound, equal", rule.Replaced(nil), fits, "a", true},
		{"sound, other", rule.Replaced(nil), fits, "*", false},
		{"replaced", in, fits, "*", true},
		{"replaced, as before", in, fits, "a", true},
		{"another text", in, fits, "b", false},
		{"another rule", in, other, "*", false},
	} {
		if got := test.rule.In(test.in)(test.given, "a"); got != test.holds {
			t.Errorf("%s: got %t, expected %t", test.name, got, test.holds)
		}
	}
}
