package variant_test

import (
	"testing"

	"github.com/grantproof/grantproof/impl/variant"
)

// A variant that does nothing would prove nothing about the judge.
func TestEveryVariantDoesSomething(t *testing.T) {
	names := map[variant.Name]bool{}
	for _, each := range variant.Catalogue() {
		if each.Request == nil && each.Answer == nil && each.Edits == nil && each.Rules == nil && each.Store == nil && each.Client == nil {
			t.Errorf("%s does nothing", each.Name)
		}
		if names[each.Name] {
			t.Errorf("%s is there twice", each.Name)
		}
		names[each.Name] = true
		if each.Summary == "" || each.Allows == "" || each.Role == "" || len(each.Tempts) == 0 {
			t.Errorf("%s lacks a role, a summary, what allows it, or whom it tempts", each.Name)
		}
	}
}
