package harness

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/features"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/citation"
	"github.com/grantproof/grantproof/harness/fixture"
	"github.com/grantproof/grantproof/harness/plan"
	"github.com/grantproof/grantproof/harness/report"
)

// A server that refuses all that it has to, and by another error code, breaks what is
// said about the code, and nothing about refusing.
func TestAnotherErrorCode(t *testing.T) {
	registry, err := citation.Load(features.FS)
	if err != nil {
		t.Fatal(err)
	}
	system, err := fixture.Start(func(role string, next http.Handler) http.Handler {
		if role == "control" {
			return next
		}
		return renaming(next, `"invalid_grant"`, `"grant_not_valid"`)
	})
	if err != nil {
		t.Fatal(err)
	}
	defer system.Close()
	result, err := Run(t.Context(), Config{system: system, Roles: []string{"authorization-server"}})
	if err != nil {
		t.Fatal(err)
	}
	// That a code is a registered one is a rule about errors, too.
	aboutErrors := []string{"rfc6749-5.2/error-json"}
	failed := 0
	for id, verdict := range report.Verdicts(result) {
		requirement, _ := registry.Lookup(id)
		if verdict != report.Failed {
			continue
		}
		failed++
		if requirement.Error == nil && !slices.Contains(aboutErrors, id) {
			t.Errorf("%s failed: %s", id, requirement.Says)
		}
	}
	if failed == 0 {
		t.Error("nobody saw the code")
	}
	for _, scenario := range result.Scenarios {
		if scenario.Verdict == report.Inconclusive {
			t.Errorf("%s is inconclusive: %s", scenario.ID, text(scenario.Reason))
		}
	}
}

func renaming(next http.Handler, old, new string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		answer := httptest.NewRecorder()
		next.ServeHTTP(answer, r)
		for name, values := range answer.Header() {
			if name != "Content-Length" {
				w.Header()[name] = values
			}
		}
		w.WriteHeader(answer.Code)
		_, _ = w.Write(bytes.ReplaceAll(answer.Body.Bytes(), []byte(old), []byte(new)))
	})
}

// Each obligation has the verdict of the step that holds it, by its own level.
func TestOutcome(t *testing.T) {
	must, should, may := map[string]string{"p": "must"}, map[string]string{"p": "should"}, map[string]string{"p": "may"}
	obligations := []plan.Obligation{
		{ID: "first", Levels: must, Then: 1}, {ID: "second", Levels: should, Then: 2}, {ID: "third", Levels: must, Then: 3},
		{ID: "code", Levels: must, Error: true, Then: 1}, {ID: "optional", Levels: may, Then: 2},
	}
	for name, test := range map[string]struct {
		findings []finding
		reached  int
		want     string // The verdict, and those of the obligations.
	}{
		"the first Then":        {[]finding{{then: 1, failure: failing("")}}, 1, "failed: failed inconclusive inconclusive failed inconclusive"},
		"the second Then":       {[]finding{{then: 2, failure: failing("")}}, 2, "warned: passed warned inconclusive passed passed"},
		"the third Then":        {[]finding{{then: 3, failure: failing("")}}, 3, "failed: passed passed failed passed passed"},
		"the first and third":   {[]finding{{then: 1, failure: failing("")}, {then: 3, failure: failing("")}}, 3, "failed: failed passed failed failed passed"},
		"another error":         {[]finding{{then: 1, failure: failing("refused_otherwise")}}, 3, "failed: passed passed passed failed passed"},
		"another error, and so": {[]finding{{then: 1, failure: failing("refused_otherwise")}, {then: 2, failure: failing("")}}, 2, "failed: passed warned inconclusive failed passed"},
	} {
		t.Run(name, func(t *testing.T) {
			o := outcomeOf(test.findings, test.reached, obligations)
			got := []string{string(o.verdict) + ":"}
			for _, each := range o.obligations {
				got = append(got, string(each.Verdict))
			}
			if strings.Join(got, " ") != test.want {
				t.Errorf("%s, want %s", strings.Join(got, " "), test.want)
			}
		})
	}
	o := outcomeOf([]finding{{then: 1, failure: failing("refused_otherwise")}}, 1, obligations[:1])
	if o.verdict != report.Passed || o.note == "" {
		t.Errorf("no specification names the error: %+v", o)
	}
}

func failing(kind string) *check.Failure {
	return &check.Failure{Expected: []string{"x"}, Actual: "y", Kind: kind}
}
