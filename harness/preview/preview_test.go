package preview_test

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/citation"
	"github.com/grantproof/grantproof/harness/plan"
	"github.com/grantproof/grantproof/harness/preview"
	"github.com/grantproof/grantproof/harness/target"
)

func scenario(id string) *plan.Scenario {
	return &plan.Scenario{ID: id, Citation: citation.Citation{Level: "must", Role: "authorization-server"}}
}

// The list says which scenarios do not apply, and why.
func TestList(t *testing.T) {
	var out bytes.Buffer
	lacking := scenario("c#d")
	lacking.Reason = "it has no\nkeys"
	preview.List(&out, []*plan.Scenario{scenario("a#b"), lacking})
	if said := out.String(); strings.Count(said, "\n") != 3 || !strings.Contains(said, "c#d  (not applicable: it has no") || !strings.HasSuffix(said, "2 scenarios\n") {
		t.Errorf("it said %s", said)
	}
}

// What would be sent is told for each scenario and in sum.
func TestRequests(t *testing.T) {
	intents := []harness.Intent{
		{Scenario: scenario("a#b"), Does: []string{"When the client redeems the code"}, Registers: true, Repeats: true},
		{Scenario: scenario("c#d"), Does: []string{"Given a clock"}, SignsIn: true, Waits: 90 * time.Second},
	}
	for name, test := range map[string]struct {
		examined *target.Target
		want     string
	}{
		"embedded": {nil, ""}, "bounded": {&target.Target{Limits: target.Limits{RequestsPerSecond: 5}}, "At most 5 requests"}, "unbounded": {&target.Target{}, "limits.requests_per_second"},
	} {
		var out bytes.Buffer
		preview.Requests(&out, test.examined, intents)
		for _, text := range []string{"When the client redeems the code", "registers clients", "resource owner", "waits 90 s", "2 scenarios would run", test.want} {
			if !strings.Contains(out.String(), text) {
				t.Errorf("%s: it does not say %q: %s", name, text, out.String())
			}
		}
		if name == "embedded" && strings.Contains(out.String(), "second") {
			t.Errorf("it tells of a rate: %s", out.String())
		}
	}
}
