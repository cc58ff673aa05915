package harness_test

import (
	"context"
	"testing"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// A server without a control plane is examined with the client of its target
// file that may exchange tokens: what it does wrong is found, and what nobody
// can arrange there is not applicable.
func TestTokenExchangeElsewhere(t *testing.T) {
	for name, faults := range map[string][]string{"sound": nil, "broken": {"bad-subject-token-misreported"}} {
		t.Run(name, func(t *testing.T) {
			result := exchangedElsewhere(t, faults)
			found := result.Summary.Failed + result.Summary.Warned + result.Summary.Inconclusive
			if result.Summary.Passed < 20 || (found > 0) != (faults != nil) {
				t.Errorf("%s", report.Counts(result))
			}
			for _, scenario := range result.Scenarios {
				if faults == nil && scenario.Verdict != report.Passed && scenario.Verdict != report.NotApplicable {
					t.Errorf("%s is %s: %s", scenario.ID, scenario.Verdict, reasonOf(scenario))
				}
			}
		})
	}
}

func exchangedElsewhere(t *testing.T, faults []string) report.Report {
	t.Helper()
	server, err := impl.Start(impl.Config{
		AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0", Faults: faults,
		Policy: realm.Policy{Registration: realm.RegistrationOpen, ResourceOwner: realm.Approves},
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { server.Close() })
	root, secret := server.Realms.Root(), "a-secret-of-the-gateway"
	err = root.Store().PutClient(context.Background(), store.Client{
		ID: "gateway", Secret: new(token.HashOf(secret)), AuthMethod: "client_secret_basic", Scope: realm.Scopes,
		GrantTypes: []string{"urn:ietf:params:oauth:grant-type:token-exchange"}, Serves: []string{root.Resource},
	})
	if err != nil {
		t.Fatal(err)
	}
	result, err := harness.Run(t.Context(), harness.Config{
		Target: &target.Target{
			Name: "elsewhere", AuthorizationServer: target.AuthorizationServer{Issuer: server.Issuer},
			ResourceServer: target.ResourceServer{URL: server.Resource, Probes: target.TaskAPI},
			Clients:        map[string]target.Client{"exchanging": {ID: "gateway", Secret: secret, Scope: realm.Scopes.String()}},
		},
		Only: []string{
			"authorization_server/token_exchange.feature", "authorization_server/token_exchange_delegation.feature",
			"authorization_server/token_exchange_limits.feature", "authorization_server/token_exchange_tokens.feature",
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	return result
}
