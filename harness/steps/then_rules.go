package steps

import (
	"context"
	"regexp"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// ruleThens are the phrases of the rules for every exchange: here a rule is
// judged over the exchanges of its own scenario, and at the end of every
// other scenario over those of that one.
var _ = phrases(Then, func() []step {
	var steps []step
	for _, rule := range check.Rules {
		steps = append(steps, step{says: regexp.QuoteMeta(rule.Phrase), do: holds(rule)})
	}
	return steps
}())

func holds(rule check.Rule) func(context.Context, *world.World, []string, world.Table) error {
	return func(ctx context.Context, w *world.World, _ []string, _ world.Table) error {
		examined := 0
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
}
