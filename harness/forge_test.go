package harness_test

import (
	"testing"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
)

// Tokens whose signature is wrong need no control plane: an API of somebody else
// that takes them is found out.
func TestForgedTokens(t *testing.T) {
	const stranger, nobody = "resource_server/token_validation#a-token-signed-by-a-stranger-is-refused", "resource_server/token_validation#an-unsigned-token-is-refused"
	const strangerAtMCP = "mcp_server/token_validation#the-mcp-server-refuses-a-token-with-the-signature-of-a-stranger"
	for name, test := range map[string]struct {
		faults []string
		want   map[string]report.Verdict
	}{
		"sound":  {nil, map[string]report.Verdict{stranger: report.Passed, nobody: report.Passed, strangerAtMCP: report.Passed}},
		"broken": {[]string{"signature-not-checked", "unsigned-token-accepted"}, map[string]report.Verdict{stranger: report.Failed, nobody: report.Failed}},
	} {
		t.Run(name, func(t *testing.T) {
			fixture, err := impl.Start(impl.Config{AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", MCPServer: "127.0.0.1:0", Faults: test.faults,
				Policy: realm.Policy{Registration: realm.RegistrationOpen, RegistrationsPerHour: 1000}})
			if err != nil {
				t.Fatal(err)
			}
			defer fixture.Close()
			result, err := harness.Run(t.Context(), harness.Config{Only: []string{"resource_server/token_*", "mcp_server/token_validation.feature"}, Target: &target.Target{
				AuthorizationServer: target.AuthorizationServer{Issuer: fixture.Issuer}, Capabilities: map[string]bool{"jwt_access_token": true},
				ResourceServer: target.ResourceServer{URL: fixture.Resource, Probes: target.TaskAPI}, MCPServer: target.MCPServer{URL: fixture.MCP, Tools: target.TaskTools},
			}, Profiles: []string{"mcp-2026-07-28"}})
			if err != nil {
				t.Fatal(err)
			}
			for _, scenario := range result.Scenarios {
				want, named := test.want[scenario.ID]
				if named && scenario.Verdict != want || !named && test.faults == nil && report.DidNotPass(scenario.Verdict) {
					t.Errorf("%s is %s: %s %s", scenario.ID, scenario.Verdict, value(scenario.Reason), value(scenario.Actual))
				}
			}
		})
	}
}
