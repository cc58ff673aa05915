package fault_test

import (
	"testing"

	"github.com/grantproof/grantproof/impl/fault"
)

// A fault that does nothing would be one that no scenario can see.
func TestEveryFaultDoesSomething(t *testing.T) {
	names := map[fault.Name]bool{}
	for _, each := range fault.Catalogue() {
		if each.Request == nil && each.Answer == nil && each.Edits == nil && each.Rules == nil && each.Store == nil && each.Client == nil {
			t.Errorf("%s does nothing", each.Name)
		}
		if names[each.Name] {
			t.Errorf("%s is there twice", each.Name)
		}
		names[each.Name] = true
		if each.Summary == "" || len(each.Violates) == 0 || each.Role == "" {
			t.Errorf("%s lacks a role, a summary or a requirement", each.Name)
		}
	}
}
