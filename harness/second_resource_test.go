package harness_test

import (
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/fixture"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/world"
)

// Where an authorization server issues tokens for anything, a token for another
// resource is one for that of the target file.
func TestSecondResourceIsAskedFor(t *testing.T) {
	const second = "https://api.example/second"
	tools := &yourTools{anything: true}
	server := httptest.NewServer(tools)
	t.Cleanup(server.Close)
	tools.url = server.URL
	row := oneScenario(t, &target.Target{
		MCPServer: target.MCPServer{URL: server.URL + "/mcp"}, ResourceServer: target.ResourceServer{Second: second},
	}, "mcp_server/token_validation#a-token-that-was-issued-for-another-resource-is-refused-by-the-mcp-server")
	if row.Verdict != report.Passed || !tools.resources[second] || len(tools.resources) != 2 {
		t.Errorf("the verdict is %s (%s), and tokens were issued for %v", row.Verdict, reasonOf(row), tools.resources)
	}
}

// A client that serves both protected resources may introspect the tokens of both; the
// target file says that it does.
func TestOneClientServesBothResources(t *testing.T) {
	system, err := fixture.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = system.Close() })
	run, err := system.Begin(t.Context(), world.Altered{})
	if err != nil {
		t.Fatal(err)
	}
	control := run.Target.Control
	realm := arrange(t, control, "/realms", map[string]any{})
	resource := realm["resource"].(string)
	second := resource + "/second"
	clients := "/realms/" + realm["id"].(string) + "/clients"
	change(t, control, "/realms/"+realm["id"].(string), map[string]any{"resources": []string{second}})
	caller := arrange(t, control, clients, map[string]any{"grant_types": []string{"client_credentials"}, "scope": "tasks:read"})
	both := arrange(t, control, clients, map[string]any{"grant_types": []string{"client_credentials"}, "serves": []string{resource, second}})
	known := func(client map[string]any, serves ...string) target.Client {
		return target.Client{ID: client["client_id"].(string), Secret: client["client_secret"].(string), GrantTypes: []string{"client_credentials"}, Scope: "tasks:read", Serves: serves}
	}
	for name, test := range map[string]struct {
		clients map[string]target.Client
		want    report.Verdict
		says    string
	}{
		"the file says so":               {map[string]target.Client{"confidential": known(caller), "resource": known(both, resource, second)}, report.NotApplicable, "serves the second resource as well"},
		"the file says that it does not": {map[string]target.Client{"confidential": known(caller), "resource": known(both, resource)}, report.Failed, ""},
		"the holder introspects":         {map[string]target.Client{"confidential": known(caller)}, report.NotApplicable, "clients.resource"},
	} {
		t.Run(name, func(t *testing.T) {
			row := oneScenario(t, &target.Target{
				AuthorizationServer: target.AuthorizationServer{Issuer: realm["issuer"].(string)}, Clients: test.clients,
				ResourceServer: target.ResourceServer{URL: resource, Second: second}, Capabilities: map[string]bool{"resource_indicators": true},
			}, "authorization_server/introspection_access#a-token-for-another-protected-resource-is-inactive")
			if row.Verdict != test.want || !strings.Contains(reasonOf(row), test.says) {
				t.Errorf("the verdict is %s: %s %s", row.Verdict, value(row.Actual), reasonOf(row))
			}
		})
	}
}

func oneScenario(t *testing.T, examined *target.Target, id string) report.Scenario {
	t.Helper()
	result, err := harness.Run(t.Context(), harness.Config{Only: []string{id}, Target: examined})
	if err != nil {
		t.Fatal(err)
	}
	return result.Scenarios[0]
}
