package harness_test

import (
	"testing"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// A server without a control plane, which asks a person, is examined through
// its pages: the target file says who signs in.
func TestServerThatAsksAPerson(t *testing.T) {
	fixture, err := impl.Start(impl.Config{AuthServer: "127.0.0.1:0", ResourceServer: "127.0.0.1:0"})
	if err != nil {
		t.Fatal(err)
	}
	defer fixture.Close()
	examined := target.Target{
		AuthorizationServer: target.AuthorizationServer{Issuer: fixture.Issuer},
		ResourceServer:      target.ResourceServer{URL: fixture.Resource, Probes: target.TaskAPI},
		Clients:             clientsOf(t, fixture),
		ResourceOwner:       target.ResourceOwner{Username: "demo-user", Password: realm.DemoPassword, Browser: "forms"},
		Capabilities:        map[string]bool{"prompt": true},
		Profiles:            []string{"oauth-2.1"},
	}
	var only []string
	for _, file := range []string{"authorization_request", "authorization_code", "code_challenge", "pkce", "redirect_uri", "sign_in", "consent", "page_security", "prompt", "response_modes"} {
		only = append(only, "authorization_server/"+file+".feature")
	}
	result, err := harness.Run(t.Context(), harness.Config{Target: &examined, Only: only})
	if err != nil {
		t.Fatal(err)
	}
	for _, scenario := range result.Scenarios {
		if scenario.Verdict != report.Passed && scenario.Verdict != report.NotApplicable {
			t.Errorf("%s is %s: %v %v", scenario.ID, scenario.Verdict, value(scenario.Reason), value(scenario.Actual))
		}
	}
	if result.Summary.Passed < 70 {
		t.Errorf("only %d scenarios passed", result.Summary.Passed)
	}
}

func value(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// clientsOf registers clients as an administrator would, and returns them as a
// target file has them.
func clientsOf(t *testing.T, fixture *impl.Fixture) map[string]target.Client {
	t.Helper()
	known := map[string]target.Client{
		"confidential": {ID: "app", Secret: token.NewSecret()}, "second": {ID: "other", Secret: token.NewSecret()}, "public": {ID: "native"},
	}
	for name, client := range known {
		client.RedirectURIs, client.GrantTypes, client.Scope = []string{"http://127.0.0.1:8765/callback"}, []string{"authorization_code"}, "tasks:read user:read"
		known[name] = client
		stored := store.Client{ID: client.ID, AuthMethod: "none", RedirectURIs: client.RedirectURIs, GrantTypes: client.GrantTypes, Scope: token.Scope{"tasks:read", "user:read"}}
		if client.Secret != "" {
			stored.AuthMethod, stored.Secret = "client_secret_basic", new(token.HashOf(client.Secret))
		}
		if err := fixture.Realms.Root().Store().PutClient(t.Context(), stored); err != nil {
			t.Fatal(err)
		}
	}
	return known
}
