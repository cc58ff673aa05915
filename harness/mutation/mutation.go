// Package mutation owns the proof that the suite can fail: it switches every
// fault on alone and looks for a scenario that fails and cites the requirement
// that the fault violates. It does not own the faults nor the scenarios.
package mutation

import (
	"context"
	"hash/fnv"
	"io"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/proving"
	"github.com/grantproof/grantproof/harness/report"
)

// Fault is one entry of the catalogue of the fixture.
type Fault struct {
	Name     string   `json:"name"`
	Role     string   `json:"role"`
	Violates []string `json:"violates"` // Requirements; each must be seen to fail.
	Summary  string   `json:"summary"`
}

// Proof is what became of the faults that were tried.
type Proof struct {
	Faults []Result `json:"faults"`
	Killed int      `json:"killed"`
	// Proven are how many requirements of level must have a scenario and a fault of
	// the catalogue that violates them, and Unproven those that have the first only.
	Proven   int      `json:"proven"`
	Unproven []string `json:"unproven"`

	scenarios []string // In their order, rules included.
}

// Sound tells whether all faults were killed and nothing unrelated changed.
func (p Proof) Sound() bool {
	return !slices.ContainsFunc(p.Faults, func(r Result) bool { return !r.Sound() })
}

// Result is what became of one fault.
type Result struct {
	Fault
	Tried   int      `json:"tried"`   // How many scenarios looked at it.
	Killers []string `json:"killers"` // Scenarios and rules that failed and cite a violated requirement.
	Unseen  []string `json:"unseen"`  // Violated requirements of which no scenario failed.
	Others  []string `json:"others"`  // Further ones that failed.
	Strays  []string `json:"strays"`  // Those of unrelated features, which must stay as they were.
}

// Killed tells whether the suite saw the fault for the right reason.
func (r Result) Killed() bool { return len(r.Unseen) == 0 && len(r.Killers) > 0 }

// Sound tells whether the fault was killed and nothing unrelated changed.
func (r Result) Sound() bool { return r.Killed() && len(r.Strays) == 0 }

// Prove switches each of faults on alone, each in a system of its own, tries it
// on the scenarios that could see it and on a sample of the others, and tells
// finished about each as it ends. They are some or all of catalogue.
func Prove(ctx context.Context, faults, catalogue []Fault, finished func(Result)) (Proof, error) {
	sound, err := proving.Sound(ctx, "fault")
	if err != nil {
		return Proof{}, err
	}
	configs := make([]harness.Config, len(faults))
	for i, fault := range faults {
		configs[i] = harness.Config{Faults: []string{fault.Name}, Only: witnesses(fault, sound)}
	}
	proof := Proof{Faults: make([]Result, len(faults))}
	_, proof.scenarios = observe(sound)
	proof.Proven, proof.Unproven = coverage(catalogue, sound)
	err = proving.Each(ctx, configs, func(i int, broken report.Report) {
		result := compare(faults[i], sound, broken)
		proof.Faults[i] = result
		if result.Killed() {
			proof.Killed++
		}
		finished(result)
	})
	return proof, err
}

// coverage tells which requirements of level must that have a scenario a fault
// of the catalogue violates: how many, and which not.
func coverage(catalogue []Fault, sound report.Report) (proven int, unproven []string) {
	violated := map[string]bool{}
	for _, fault := range catalogue {
		for _, id := range fault.Violates {
			violated[id] = true
		}
	}
	unproven = []string{}
	for _, requirement := range sound.Requirements {
		switch {
		case requirement.Verdict == nil || requirement.Level != "must":
		case violated[requirement.ID]:
			proven++
		default:
			unproven = append(unproven, requirement.ID)
		}
	}
	return proven, unproven
}

// sampled: one in so many of the other scenarios looks at a fault. Every fault
// is looked at by some dozens, and every scenario looks at some dozens of faults.
const sampled = 24

// witnesses are the scenarios that a fault is tried on: those that cite what it
// violates, and a sample of all others.
func witnesses(fault Fault, sound report.Report) []string {
	before, order := observe(sound)
	var chosen []string
	for _, id := range order {
		if strings.HasPrefix(id, rulePrefix) {
			continue
		}
		hash := fnv.New32a()
		_, _ = io.WriteString(hash, fault.Name+id)
		if before[id].citesAny(fault.Violates) || hash.Sum32()%sampled == 0 {
			chosen = append(chosen, id)
		}
	}
	return chosen
}

// rulePrefix tells a rule for every exchange from the scenario that states it.
const rulePrefix = "rule "

// observed is a verdict of a scenario or a rule, and that of each requirement.
type observed struct {
	feature, role string
	verdict       report.Verdict
	requirements  []string
	obligations   []report.Obligation
}

func (o observed) citesAny(requirements []string) bool {
	return slices.ContainsFunc(requirements, func(id string) bool { return slices.Contains(o.requirements, id) })
}

// seen are those of the violated requirements that it shows to be violated: a MUST by
// failing, a SHOULD by a warning. Inconclusive shows nothing.
func (o observed) seen(violated []string) []string {
	var seen []string
	for _, each := range o.obligations {
		shown := each.Verdict == report.Failed || each.Verdict == report.Warned
		if shown && slices.Contains(violated, each.Requirement) {
			seen = append(seen, each.Requirement)
		}
	}
	return seen
}

func observe(r report.Report) (map[string]observed, []string) {
	seen, order := map[string]observed{}, []string{}
	rows := report.Rows(r)
	for i, row := range rows {
		o, id := observed{row.Feature, strings.TrimPrefix(row.Role, report.EveryExchange), row.Verdict, row.Requirements, row.Obligations}, row.ID
		if i >= len(r.Scenarios) {
			id, o.feature, o.role = rulePrefix+row.ID, "every exchange", ""
		}
		seen[id] = o
		order = append(order, id)
	}
	return seen, order
}

func compare(fault Fault, sound, broken report.Report) Result {
	result := Result{Fault: fault, Tried: len(broken.Scenarios), Killers: []string{}, Others: []string{}, Strays: []string{}}
	before, order := observe(sound)
	after, _ := observe(broken)
	related := relatedFeatures(fault, before)
	unseen := slices.Clone(fault.Violates)
	for _, id := range order {
		was, is := before[id], after[id]
		switch {
		case is.verdict == "" || was.verdict == is.verdict: // Not tried, or no other.
		case len(is.seen(fault.Violates)) > 0:
			result.Killers = append(result.Killers, id)
			shown := is.seen(fault.Violates)
			unseen = slices.DeleteFunc(unseen, func(violated string) bool { return slices.Contains(shown, violated) })
		case related[was.feature] || downstream(fault.Role, was.role):
			result.Others = append(result.Others, id)
		default:
			result.Strays = append(result.Strays, id)
		}
	}
	result.Unseen = unseen
	return result
}

// dependsOn: whoever works with a broken party suffers with it. A fault of a
// client must not be seen in a server.
var dependsOn = map[string][]string{
	"authorization-server": {"authorization-server", "resource-server", "mcp-server", "mcp-client"},
	"resource-server":      {"resource-server", "mcp-server", "mcp-client"},
	"mcp-client":           {"mcp-client", "mcp-server"}, // The MCP server is a client too.
	"mcp-server":           {"mcp-server", "mcp-client"},
}

// downstream tells whether a scenario of a role may change when broken is. The
// rules for every exchange and the demo show the whole system.
func downstream(broken, role string) bool {
	return role == "demo" || role == "" || slices.Contains(dependsOn[broken], role)
}

// relatedFeatures are those that cite the requirement.
func relatedFeatures(fault Fault, seen map[string]observed) map[string]bool {
	related := map[string]bool{}
	for _, o := range seen {
		if o.citesAny(fault.Violates) {
			related[o.feature] = true
		}
	}
	return related
}
