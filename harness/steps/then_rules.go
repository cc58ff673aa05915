package steps

import (
	"context"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

var _ = phrases(Then, []step{
	{says: `every exchange keeps the rule "([^"]*)"`, names: check.RuleNames(), rule: true, do: keepsRule},
})

// keepsRule judges a rule over the exchanges of its own scenario; at the end of every
// other scenario it is judged over those of that one.
func keepsRule(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	rule, examined := check.RuleNamed(args[0]), 0
	for _, e := range w.Observed(ctx) {
		if !rule.Applies(e) {
			continue
		}
		examined++
		if err := rule.Check(e); err != nil {
			return err
		}
	}
	if examined == 0 {
		return &check.NotApplicable{Reason: "no exchange was one that this rule is about"}
	}
	return nil
}
