package harness_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
)

// scopedTools is an MCP server with tools beyond the scope of its first one: write,
// and report, which needs two scopes.
type scopedTools struct {
	yourTools
	opens     string // The tool that it does not protect.
	shortened bool   // A challenge names the first scope of a tool alone.
}

func (s *scopedTools) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	var call struct{ Params struct{ Name string } }
	_ = json.Unmarshal(body, &call)
	answer := httptest.NewRecorder()
	s.yourTools.ServeHTTP(answer, r)
	scope := map[string]string{"write": "write", "report": "write report"}[call.Params.Name]
	if r.URL.Path != "/mcp" || answer.Code != http.StatusOK || scope == "" || call.Params.Name == s.opens {
		for name, values := range answer.Header() {
			w.Header()[name] = values
		}
		w.WriteHeader(answer.Code)
		_, _ = w.Write(answer.Body.Bytes())
		return
	}
	if s.shortened {
		scope = "write"
	}
	w.Header().Set("WWW-Authenticate", `Bearer error="insufficient_scope", scope="`+scope+`", resource_metadata="`+s.url+s.metadataPath()+`"`)
	w.WriteHeader(http.StatusForbidden)
}

// Each tool beyond the scope of the token is tried, and not the first one alone: one
// that is not protected, and a challenge that names a part, are seen wherever they are.
func TestEveryToolBeyondTheScope(t *testing.T) {
	const (
		refused    = "mcp_server/scope#a-call-beyond-the-scope-of-the-token-gets-403-on-2025-11-25"
		challenged = "mcp_server/scope#one-challenge-names-all-that-the-tool-needs"
	)
	for name, test := range map[string]struct {
		tools              *scopedTools
		refuses, challenge report.Verdict
	}{
		"sound":                   {&scopedTools{}, report.Passed, report.Passed},
		"the first tool is open":  {&scopedTools{opens: "write"}, report.Failed, report.Warned},
		"the last tool is open":   {&scopedTools{opens: "report"}, report.Failed, report.Warned},
		"a challenge with a part": {&scopedTools{shortened: true}, report.Passed, report.Warned},
	} {
		t.Run(name, func(t *testing.T) {
			server := httptest.NewServer(test.tools)
			t.Cleanup(server.Close)
			test.tools.url = server.URL
			result, err := harness.Run(t.Context(), harness.Config{Only: []string{"mcp_server/scope"}, Target: &target.Target{Name: "scoped tools", MCPServer: target.MCPServer{
				URL: server.URL + "/mcp", Tools: []target.Tool{{Name: "list", Scope: "read"}, {Name: "write", Scope: "write"}, {Name: "report", Scope: "write report"}},
			}}})
			if err != nil {
				t.Fatal(err)
			}
			for _, scenario := range result.Scenarios {
				if want, judged := map[string]report.Verdict{refused: test.refuses, challenged: test.challenge}[scenario.ID]; judged && scenario.Verdict != want {
					t.Errorf("%s is %s, want %s: %s %s", scenario.ID, scenario.Verdict, want, value(scenario.Actual), reasonOf(scenario))
				}
			}
		})
	}
}
