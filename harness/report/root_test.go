package report_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/report"
)

// What one error code causes is told once, with the scenarios behind it; what has
// another cause stands alone.
func TestRoots(t *testing.T) {
	failed := func(id, actual string) report.Scenario {
		return report.Scenario{ID: id, Name: "Scenario " + id, Verdict: report.Failed, Requirements: []string{"rfc-1/" + id},
			Expected: &[]string{"invalid_grant"}, Actual: &actual}
	}
	r := report.Report{Scenarios: []report.Scenario{
		failed("a", "invalid_request"), failed("b", "status 500"), failed("c", "invalid_request"), {ID: "d", Verdict: report.Passed},
	}}
	roots := report.Roots(r)
	if len(roots) != 2 || len(roots[0].Rows) != 2 || roots[0].Rows[1].ID != "c" || len(roots[1].Rows) != 1 {
		t.Fatalf("%+v", roots)
	}
	var out bytes.Buffer
	report.Terminal(&out, r)
	for _, part := range []string{"2 scenarios: expected invalid_grant; got invalid_request", "Scenario c", "Scenario b"} {
		if strings.Count(out.String(), part) != 1 {
			t.Errorf("%q is there %d times:\n%s", part, strings.Count(out.String(), part), out.String())
		}
	}
}
