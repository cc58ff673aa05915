package harness_test

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
)

// A server that publishes nothing is not asked for what its metadata say, and an
// OpenID provider has them elsewhere.
func TestMetadataElsewhere(t *testing.T) {
	for path, want := range map[string]report.Verdict{
		"/.well-known/oauth-authorization-server": report.Passed,
		"/.well-known/openid-configuration":       report.Passed,
		"/nowhere":                                report.NotApplicable,
	} {
		var server *httptest.Server
		server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if r.URL.Path != path {
				http.NotFound(w, r)
				return
			}
			answer(w, http.StatusOK, map[string]any{"issuer": server.URL, "token_endpoint": server.URL + "/token", "response_types_supported": []string{"code"}})
		}))
		defer server.Close()
		result, err := harness.Run(t.Context(), harness.Config{
			Target: &target.Target{AuthorizationServer: target.AuthorizationServer{Issuer: server.URL, Metadata: map[string]any{"token_endpoint": server.URL + "/token"}}},
			Only:   []string{"authorization_server/metadata#the-metadata-is-a-json-document", "authorization_server/metadata#clients-find-the-metadata"},
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, scenario := range result.Scenarios {
			expected := want
			if want == report.NotApplicable && strings.HasSuffix(scenario.ID, "clients-find-the-metadata") {
				expected = report.Warned
			}
			if scenario.Verdict != expected {
				t.Errorf("%s: %s is %s, want %s: %s", path, scenario.ID, scenario.Verdict, expected, reasonOf(scenario))
			}
		}
	}
}
