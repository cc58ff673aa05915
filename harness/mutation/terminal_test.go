package mutation_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/mutation"
)

// Each fault ends as killed, as a survivor or with strays, and a table sums up.
func TestTerminal(t *testing.T) {
	killed := mutation.Result{Fault: mutation.Fault{Name: "a", Role: "resource-server", Violates: []string{"x-1/a"}}, Killers: []string{"k"}}
	survived, stray := killed, killed
	survived.Name, survived.Unseen = "b", []string{"x-1/a"}
	stray.Name, stray.Strays = "c", []string{"s#1"}
	var out bytes.Buffer
	for _, result := range []mutation.Result{killed, survived, stray} {
		mutation.WriteResult(&out, result)
	}
	mutation.WriteProof(&out, mutation.Proof{Faults: []mutation.Result{killed, survived, stray}, Killed: 2, Proven: 1, Unproven: []string{"x-2/b"}})
	for _, line := range []string{"killed a x-1/a", "SURVIVED b no scenario failed that cites x-1/a", "STRAY c x-1/a: unrelated scenarios changed, the first is s#1", "resource-server 3 2 1 1", "1 of 2 MUSTs", "UNPROVEN x-2/b", "2 of 3 faults killed"} {
		if !strings.Contains(strings.Join(strings.Fields(out.String()), " "), line) {
			t.Errorf("it does not say %q:\n%s", line, out.String())
		}
	}
}

// The catalogue has a heading for each role, and one for chaos.
func TestCatalogue(t *testing.T) {
	var out bytes.Buffer
	mutation.WriteCatalogue(&out, []mutation.Fault{{Name: "a", Role: "r", Summary: "It is late.", Violates: []string{"x-1/a", "x-1/b"}}, {Name: "b", Role: "r"}, {Name: "c", Role: "s"}}, []mutation.Departure{{Name: "d", Summary: "It rests."}})
	if said := out.String(); strings.Count(said, "r\n") != 1 || !strings.Contains(said, "violates x-1/a, x-1/b") || strings.Index(said, "s\n") > strings.Index(said, "chaos") || !strings.Contains(said, "It rests.") {
		t.Errorf("it said %s", said)
	}
}
