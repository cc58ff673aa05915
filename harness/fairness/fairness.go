// Package fairness owns the proof that nobody innocent is accused: it switches the
// lawful variants of the reference system on, alone and in company, and looks for
// verdicts that change. It does not own the variants; package mutation owns the
// opposite proof.
package fairness

import (
	"context"
	"fmt"
	"hash/fnv"
	"io"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
)

// Variant is one entry of the catalogue of the fixture.
type Variant struct {
	Name    string   `json:"name"`
	Role    string   `json:"role"`
	Allows  string   `json:"allows"` // The section that allows it, and what it says.
	Summary string   `json:"summary"`
	Tempts  []string `json:"tempts"`            // Requirements that a hasty judge would hold against it.
	Departs []string `json:"departs,omitempty"` // SHOULDs that it departs from.
	Without []string `json:"without,omitempty"` // Capabilities that it lacks.
	// Excludes are those with which together it leaves nothing to examine.
	Excludes []string `json:"excludes,omitempty"`
}

// Company is variants that are switched on together; mostly it is one alone.
type Company []Variant

// Names are those of its variants.
func (c Company) Names() []string {
	names := make([]string, len(c))
	for i, variant := range c {
		names[i] = variant.Name
	}
	return names
}

func (c Company) all(of func(Variant) []string) []string {
	var all []string
	for _, variant := range c {
		all = append(all, of(variant)...)
	}
	return all
}

// Companies are each variant alone, and besides all of them in random companies of
// five, by a seed.
func Companies(variants []Variant, seed uint64) []Company {
	var companies []Company
	for _, variant := range variants {
		companies = append(companies, Company{variant})
	}
	if len(variants) < 2 {
		return companies
	}
	shuffled := slices.Clone(variants)
	rand.New(rand.NewPCG(seed, 0)).Shuffle(len(shuffled), func(i, j int) { shuffled[i], shuffled[j] = shuffled[j], shuffled[i] })
	for company := range slices.Chunk(shuffled, 5) {
		companies = append(companies, Company(company).agreeing())
	}
	return companies
}

// agreeing is a company without those that exclude another one.
func (c Company) agreeing() Company {
	return slices.DeleteFunc(slices.Clone(c), func(v Variant) bool {
		return slices.ContainsFunc(c, func(other Variant) bool { return slices.Contains(v.Excludes, other.Name) })
	})
}

// Proof is what became of the variants.
type Proof struct {
	Results []Result `json:"results"`
	Fair    int      `json:"fair"` // How many companies nobody was accused in.
	Alone   int      `json:"alone"`
}

// Sound tells whether nobody was accused.
func (p Proof) Sound() bool { return p.Fair == len(p.Results) }

// Result is what became of one company.
type Result struct {
	Variants     []string `json:"variants"`
	Tried        int      `json:"tried"` // How many scenarios looked at it.
	Accused      []Change `json:"accused"`
	Inapplicable int      `json:"not_applicable"` // How many scenarios do not apply, as a capability is lacking.
}

// Change is a verdict that is not that of the reference.
type Change struct {
	Scenario string         `json:"scenario"`
	Was      report.Verdict `json:"was"`
	Is       report.Verdict `json:"is"`
	Reason   string         `json:"reason"`
}

// Prove runs scenarios for each company, each in a system of its own: those that cite
// what its variants tempt to and a sample of the others; all of them where whole is set,
// unless one variant of many is alone. It tells finished about each company as it ends.
func Prove(ctx context.Context, companies []Company, whole bool, finished func(Result)) (Proof, error) {
	sound, err := harness.Run(ctx, harness.Config{})
	if err != nil {
		return Proof{}, err
	}
	if !report.OK(sound) {
		return Proof{}, fmt.Errorf("the suite fails without any variant (%s); mend that first", report.Counts(sound))
	}
	proof := Proof{Results: make([]Result, len(companies))}
	var telling sync.Mutex
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(2 * runtime.NumCPU())
	for _, trial := range longestFirst(companies, whole, sound) {
		company := companies[trial.of]
		group.Go(func() error {
			varied, err := harness.Run(ctx, harness.Config{Variants: company.Names(), Only: trial.only})
			if err != nil {
				return fmt.Errorf("%s: %w", strings.Join(company.Names(), ", "), err)
			}
			telling.Lock()
			defer telling.Unlock()
			result := compare(company, sound, varied)
			proof.add(trial.of, result)
			finished(result)
			return nil
		})
	}
	return proof, group.Wait()
}

func (p *Proof) add(i int, result Result) {
	p.Results[i] = result
	if len(result.Variants) == 1 {
		p.Alone++
	}
	if len(result.Accused) == 0 {
		p.Fair++
	}
}

// trial is what looks at one company: these scenarios; nil for all of them.
type trial struct {
	of   int // The number of the company.
	only []string
}

// longestFirst are the trials of companies. Those with most to look at begin, so that no
// processor waits for the last one.
func longestFirst(companies []Company, whole bool, sound report.Report) []trial {
	var trials []trial
	for i, company := range companies {
		each := trial{of: i}
		if !whole || len(company) == 1 && len(companies) > 1 {
			each.only = witnesses(company, sound)
		}
		trials = append(trials, each)
	}
	length := func(t trial) int {
		if t.only == nil {
			return len(sound.Scenarios)
		}
		return len(t.only)
	}
	slices.SortStableFunc(trials, func(a, b trial) int { return length(b) - length(a) })
	return trials
}

// sampled: one in so many of the other scenarios looks at a variant.
const sampled = 24

// witnesses are the scenarios that cite what the variants of a company tempt to, and a
// sample of all others.
func witnesses(company Company, sound report.Report) []string {
	tempted := append(company.all(func(v Variant) []string { return v.Tempts }), company.all(func(v Variant) []string { return v.Departs })...)
	var chosen []string
	for _, scenario := range sound.Scenarios {
		hash := fnv.New32a()
		_, _ = io.WriteString(hash, company[0].Name+scenario.ID)
		if citesAny(scenario.Requirements, tempted) || hash.Sum32()%sampled == 0 {
			chosen = append(chosen, scenario.ID)
		}
	}
	return chosen
}

func citesAny(cited, requirements []string) bool {
	return slices.ContainsFunc(requirements, func(id string) bool { return slices.Contains(cited, id) })
}

func compare(company Company, sound, varied report.Report) Result {
	result := Result{Variants: company.Names(), Tried: len(varied.Scenarios), Accused: []Change{}}
	departs := company.all(func(v Variant) []string { return v.Departs })
	without := company.all(func(v Variant) []string { return v.Without })
	before := map[string]report.Scenario{}
	for _, scenario := range sound.Scenarios {
		before[scenario.ID] = scenario
	}
	for _, is := range varied.Scenarios {
		was := before[is.ID]
		switch {
		case !concerns(company, is):
		case is.Verdict == was.Verdict || was.Verdict == report.NotApplicable && is.Verdict == report.Passed:
		case is.Verdict == report.NotApplicable && is.Lacks != nil && explained(*is.Lacks, without):
			result.Inapplicable++
		case is.Verdict == report.Warned && citesAny(is.Requirements, departs):
		default:
			result.Accused = append(result.Accused, Change{is.ID, was.Verdict, is.Verdict, reasonOf(is)})
		}
	}
	result.Accused = append(result.Accused, broken(sound, varied, departs)...)
	return result
}

// explained tells whether one of the things that a scenario lacks is one that a
// company lacks.
func explained(lacks string, without []string) bool {
	return slices.ContainsFunc(strings.Split(lacks, ", "), func(one string) bool { return slices.Contains(without, one) })
}

// concerns tells whether a verdict may be held against a company. The documented
// system is a contract beside the specifications, and a variant is another system; and
// a server that lacks something is no place to see whether a client can use that.
func concerns(company Company, scenario report.Scenario) bool {
	lacks := slices.ContainsFunc(company, func(v Variant) bool { return v.Role != scenario.Role && len(v.Without) > 0 })
	return scenario.Role != "demo" && (scenario.Role != "mcp-client" || !lacks)
}

// broken are the rules for every exchange whose verdict is another. A rule that nothing
// of a sample concerns has none.
func broken(sound, varied report.Report, departs []string) []Change {
	before := map[string]report.Rule{}
	for _, rule := range sound.Rules {
		before[rule.ID] = rule
	}
	var changes []Change
	for _, is := range varied.Rules {
		accuses := is.Verdict == report.Failed || is.Verdict == report.Warned && !citesAny(is.Requirements, departs)
		if was := before[is.ID]; accuses && was.Verdict != is.Verdict && !onlyDocumented(is) {
			changes = append(changes, Change{is.ID, was.Verdict, is.Verdict, offence(is)})
		}
	}
	return changes
}

// onlyDocumented tells whether nothing but the documented system breaks a rule.
func onlyDocumented(rule report.Rule) bool {
	return len(rule.Offenders) > 0 && !slices.ContainsFunc(rule.Offenders, func(by report.Offender) bool { return !strings.HasPrefix(by.Scenario, "demo/") })
}

func offence(rule report.Rule) string {
	if len(rule.Offenders) == 0 {
		return ""
	}
	return rule.Offenders[0].Scenario + ": " + rule.Offenders[0].Actual
}

func reasonOf(scenario report.Scenario) string {
	var parts []string
	for _, part := range []*string{scenario.Step, scenario.Actual, scenario.Reason} {
		if part != nil {
			parts = append(parts, *part)
		}
	}
	return strings.Join(parts, ": ")
}
