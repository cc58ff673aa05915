package acts

import (
	"context"
	"maps"
	"slices"

	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// The phrases about rules that have a name. What each says is in its list, so that a
// new rule is a new entry and no new phrase.
var _ = phrases(Then, []step{
	{says: `every exchange keeps the rule "([^"]*)"`, names: exchangeRule, rule: true, do: exchangesKeep},
	{says: `the (agent|authorization server|protected resource|MCP server) keeps the rule "([^"]*)"`, names: partyRule, refuses: argument("access-refused", "credentials-withheld", "granted-resource-alone"), do: partyKeeps},
})

// partyRuleOf is one that a party keeps in what the When brought about.
type partyRuleOf struct {
	Says  string // In one sentence.
	keeps func(context.Context, *world.World) error
}

// partyRules are those of every party, by their names.
var partyRules = map[string]map[string]partyRuleOf{
	"agent": agentRules, "authorization server": authorizationServerRules,
	"protected resource": protectedResourceRules, "MCP server": mcpServerRules,
}

func exchangeRule(args []string) (string, []string) { return args[0], check.RuleNames() }

func partyRule(args []string) (string, []string) {
	return args[1], slices.Sorted(maps.Keys(partyRules[args[0]]))
}

func partyKeeps(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return partyRules[args[0]][args[1]].keeps(ctx, w)
}

// exchangesKeep judges a rule over the exchanges of its own scenario; at the end of
// every other scenario it is judged over those of that one.
func exchangesKeep(ctx context.Context, w *world.World, args []string, _ world.Table) error {
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
