package steps

import (
	"context"
	"maps"
	"slices"

	"github.com/grantproof/grantproof/harness/world"
)

// The phrase about the rules for what an agent, as a client, sends and shows.
var _ = phrases(Then, []step{
	{says: `the agent keeps the rule "([^"]*)"`, names: slices.Sorted(maps.Keys(agentRules)), refuses: argument("credentials-withheld"), do: agentKeepsRule},
})

// agentRules are the rules, by their names.
var agentRules = map[string]func(context.Context, *world.World) error{
	"no-token-in-url":                             sentNoTokenInURL,
	"no-secret-in-url":                            noSecretInURL,
	"parameters-once":                             noneTwice,
	"consent-for-offline-access":                  consentAsked,
	"code-verifier-form":                          verifiersFormed,
	"same-redirect-uri":                           sameRedirectURI,
	"no-wider-scope":                              renewedWithin,
	"refresh-token-to-authorization-server-alone": refreshTokenKept,
	"access-token-to-mcp-server-alone":            accessTokenKept,
	"credentials-withheld":                        credentialsNotShown,
	"page-without-links":                          pageOfItsOwn,
	"one-answer":                                  portClosed,
	"registers-anew":                              registersWithNext,
	"credentials-apart":                           nothingOfFirst,
	"codes-redeemed-where-issued":                 redeemedWhereAsked,
	"token-of-the-named-server":                   tokenOfNext,
}

func agentKeepsRule(ctx context.Context, w *world.World, args []string, _ world.Table) error {
	return agentRules[args[0]](ctx, w)
}
