package harness_test

import (
	"bytes"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
)

// forTheTokenEndpoint refuses client assertions for any other audience than the token
// endpoint of the realm (RFC 7523 section 3 allows it,
// https://www.rfc-editor.org/rfc/rfc7523#section-3).
func forTheTokenEndpoint(role string, next http.Handler) http.Handler {
	if role != "authorization-server" {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		r.Body = io.NopCloser(bytes.NewReader(body))
		form, _ := url.ParseQuery(string(body))
		assertion, err := proof.Parse(form.Get("client_assertion"))
		realm, _, _ := strings.Cut(r.URL.Path, "/oauth/")
		if err == nil && assertion.Claims["aud"] != "http://"+r.Host+realm+"/oauth/token" {
			answer(w, http.StatusUnauthorized, map[string]any{"error": "invalid_client"})
			return
		}
		next.ServeHTTP(w, r)
	})
}

// A server that takes client assertions for its token endpoint alone is examined with
// such ones: both audiences are tried, unless the target file says which it is.
func TestAssertionsForTheTokenEndpoint(t *testing.T) {
	for name, says := range map[string]string{"both are tried": "", "the target file says it": target.AudienceTokenEndpoint} {
		t.Run(name, func(t *testing.T) {
			key, err := proof.NewKey("ES256", "key-1")
			if err != nil {
				t.Fatal(err)
			}
			realm, clientID := registerWithKey(t, key, map[string]any{"token_endpoint_audience": true}, forTheTokenEndpoint)
			result, err := harness.Run(t.Context(), harness.Config{Roles: []string{"authorization-server"}, Target: &target.Target{
				AuthorizationServer: target.AuthorizationServer{Issuer: realm["issuer"].(string), AssertionAudience: says},
				Clients: map[string]target.Client{
					"confidential": {ID: clientID, PrivateKey: key.Text(), Scope: "tasks:read", GrantTypes: []string{"client_credentials"}},
				},
				Profiles: []string{"oauth-2.0", "oidc"},
			}})
			if err != nil {
				t.Fatal(err)
			}
			passed := 0
			for _, scenario := range result.Scenarios {
				switch {
				case scenario.Verdict == report.Failed || scenario.Verdict == report.Inconclusive:
					t.Errorf("%s is %s: %s%s", scenario.ID, scenario.Verdict, value(scenario.Actual), reasonOf(scenario))
				case strings.Contains(scenario.ID, "client_assertion") && scenario.Verdict == report.Passed:
					passed++
				}
			}
			if passed < 30 {
				t.Errorf("%d scenarios about client assertions passed", passed)
			}
		})
	}
}
