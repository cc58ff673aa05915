package harness_test

import (
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
)

// Where there is no control plane and no client in the target file, clients
// register themselves, and nothing of them is left behind.
func TestClientsRegisterThemselves(t *testing.T) {
	server, err := impl.Start(impl.Config{
		AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0",
		Policy: realm.Policy{Registration: realm.RegistrationOpen, ResourceOwner: realm.Approves},
	})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	before, err := server.Realms.Root().Store().Clients(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	result, err := harness.Run(t.Context(), harness.Config{
		Target: &target.Target{
			Name: "without clients", AuthorizationServer: target.AuthorizationServer{Issuer: server.Issuer},
			ResourceServer: target.ResourceServer{URL: server.Resource, Probes: target.TaskAPI},
		},
		Roles: []string{"authorization-server", "resource-server"},
	})
	if err != nil {
		t.Fatal(err)
	}
	unregistered := 0
	for _, scenario := range result.Scenarios {
		switch scenario.Verdict {
		case report.Failed, report.Warned, report.Inconclusive:
			t.Errorf("%s is %s: %s", scenario.ID, scenario.Verdict, reasonOf(scenario))
		case report.NotApplicable:
			if strings.Contains(reasonOf(scenario), "add clients.") {
				unregistered++
			}
		}
	}
	if result.Summary.Passed < 250 || unregistered > 20 {
		t.Errorf("%d passed, %d had no client", result.Summary.Passed, unregistered)
	}
	after, err := server.Realms.Root().Store().Clients(t.Context())
	if err != nil || len(after) != len(before) {
		t.Errorf("%d clients before, %d after (%v)", len(before), len(after), err)
	}
}

func reasonOf(s report.Scenario) string {
	if s.Reason == nil {
		return ""
	}
	return *s.Reason
}
