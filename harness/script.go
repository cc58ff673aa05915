package harness

import (
	"context"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/repro"
)

// Script runs one scenario and returns its requests as a shell script.
func Script(ctx context.Context, config Config, id string) (string, error) {
	config.Only = []string{id}
	var log *exchange.Log
	config.examined = func(_ report.Scenario, l *exchange.Log) { log = l }
	suite, err := NewSuite(ctx, config)
	if err != nil {
		return "", err
	}
	defer suite.Close()
	result, err := suite.Run(ctx)
	if err != nil {
		return "", err
	}
	scenario := result.Scenarios[0]
	if agentActs(scenario, log) || keysPublished(log) {
		return repro.Rerun(repro.Scenario{Name: scenario.Name, Verdict: string(scenario.Verdict)}, report.Reproduce(result, scenario.ID)), nil
	}
	target := suite.run.Target
	script := repro.Scenario{
		ID: scenario.ID, Name: scenario.Name, Verdict: string(scenario.Verdict),
		Exchanges: log.Everything(), Derived: log.Derivations(), Embedded: config.Target == nil,
		Issuer: target.AuthorizationServer.Issuer, Resource: target.ResourceServer.URL, MCP: target.MCPServer.URL,
		ControlURL: target.Control.URL, ControlToken: target.Control.Token, Environment: target.Environment, Files: target.Files,
	}
	if scenario.Expected != nil {
		script.Expected = *scenario.Expected
	}
	return repro.Script(script), nil
}

// keysPublished tells whether a client of the scenario publishes its keys at a
// URL of the examiner.
func keysPublished(log *exchange.Log) bool {
	return slices.ContainsFunc(log.Everything(), func(e *exchange.Exchange) bool {
		return e.Endpoint == exchange.ControlPlane && strings.Contains(string(e.Body), `"jwks_uri"`)
	})
}

// agentActs tells whether a scenario is about more than requests of ours: about
// those of a client, or messages that go over no HTTP.
func agentActs(s report.Scenario, log *exchange.Log) bool {
	return strings.HasPrefix(s.Role, "mcp-") && !slices.ContainsFunc(log.Everything(), func(e *exchange.Exchange) bool {
		return e.Endpoint == exchange.MCP && e.Purpose == exchange.Action
	})
}
