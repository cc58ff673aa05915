package harness_test

import (
	"bytes"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/fixture"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/world"
)

// A server without a control plane is examined with the private key that the
// target file names; what it cannot be asked to do does not apply.
func TestClientWithPrivateKey(t *testing.T) {
	for _, algorithm := range []string{"ES256", "PS256"} {
		t.Run(algorithm, func(t *testing.T) {
			key, err := proof.NewKey(algorithm, "key-1")
			if err != nil {
				t.Fatal(err)
			}
			realm, clientID := registerWithKey(t, key, map[string]any{})
			examined := &target.Target{
				AuthorizationServer: target.AuthorizationServer{Issuer: realm["issuer"].(string)},
				ResourceServer:      target.ResourceServer{URL: realm["resource"].(string)},
				Clients: map[string]target.Client{
					"confidential": {ID: clientID, PrivateKey: key.Text(), Scope: "tasks:read", GrantTypes: []string{"client_credentials"}},
				},
				Profiles: []string{"oauth-2.1"},
			}
			result, err := harness.Run(t.Context(), harness.Config{Target: examined, Roles: []string{"authorization-server"}})
			if err != nil {
				t.Fatal(err)
			}
			passed := 0
			for _, scenario := range result.Scenarios {
				switch {
				case scenario.Verdict == report.Failed || scenario.Verdict == report.Inconclusive:
					t.Errorf("%s is %s", scenario.ID, scenario.Verdict)
				case strings.Contains(scenario.ID, "client_assertion") && scenario.Verdict == report.Passed:
					passed++
				}
			}
			if passed < 35 {
				t.Errorf("%d scenarios about client assertions passed", passed)
			}
		})
	}
}

// registerWithKey makes a realm of the fixture, with a policy, and one client in it.
func registerWithKey(t *testing.T, key proof.Key, policy map[string]any, wraps ...fixture.Wrap) (realm map[string]any, clientID string) {
	t.Helper()
	system, err := fixture.Start(wraps...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = system.Close() })
	run, err := system.Begin(t.Context(), world.Altered{})
	if err != nil {
		t.Fatal(err)
	}
	realm = arrange(t, run.Target.Control, "/realms", policy)
	registered := arrange(t, run.Target.Control, "/realms/"+realm["id"].(string)+"/clients", map[string]any{
		"token_endpoint_auth_method": "private_key_jwt", "jwks": proof.JWKS(key), "grant_types": []string{"client_credentials"}, "scope": "tasks:read",
	})
	return realm, registered["client_id"].(string)
}

func arrange(t *testing.T, control target.Control, path string, body any) map[string]any {
	t.Helper()
	return ask(t, control, http.MethodPost, path, body, http.StatusCreated)
}

// change changes the policy of a realm.
func change(t *testing.T, control target.Control, path string, policy any) {
	t.Helper()
	ask(t, control, http.MethodPatch, path, policy, http.StatusOK)
}

func ask(t *testing.T, control target.Control, method, path string, body any, want int) map[string]any {
	t.Helper()
	text, err := json.Marshal(body)
	if err != nil {
		t.Fatal(err)
	}
	request, err := http.NewRequestWithContext(t.Context(), method, control.URL+path, bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	request.Header = http.Header{"Authorization": {"Bearer " + control.Token}, "Content-Type": {"application/json"}}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var answer map[string]any
	if err := json.NewDecoder(response.Body).Decode(&answer); err != nil || response.StatusCode != want {
		t.Fatalf("%s: status %d, %v %v", path, response.StatusCode, answer, err)
	}
	return answer
}
