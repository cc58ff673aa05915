package mutants

import (
	"slices"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/harness/mutants/condition"
	"github.com/grantproof/grantproof/harness/report"
)

// mutant is one of a small example.
func mutant(file string, number int, forced bool) Mutant {
	return Mutant{Condition{File: file, Line: number, In: "f", Source: "ok"}, forced, condition.Seen{Condition: number, Value: forced}}
}

// A mutant is shown to those that saw the other value, and to all if the start saw it.
func TestWitnesses(t *testing.T) {
	found := survey{
		sound: sound{
			Start: map[string]bool{"3=true": true},
			Scenarios: []scenario{
				{ID: "a", Verdict: report.Passed, Seen: map[string]bool{"1=true": true}},
				{ID: "b", Verdict: report.Warned, Seen: map[string]bool{"1=true": true, "1=false": true}},
			},
		},
		tests: map[string]map[string][]string{"impl/token": {"1=true": {"TestOne"}}},
	}
	for name, test := range map[string]struct {
		mutant           Mutant
		scenarios, tests string
	}{
		"true was seen":        {mutant("impl/token/a.go", 1, false), "a b", "TestOne"},
		"false was seen":       {mutant("impl/token/a.go", 1, true), "b", ""},
		"another package":      {mutant("impl/bearer/a.go", 1, false), "a b", ""},
		"nothing was seen":     {mutant("impl/token/a.go", 2, true), "", ""},
		"seen before them all": {mutant("impl/token/a.go", 3, false), "a b", ""},
	} {
		var scenarios []string
		for _, each := range found.witnesses(test.mutant) {
			scenarios = append(scenarios, each.ID)
		}
		if got := strings.Join(scenarios, " "); got != test.scenarios {
			t.Errorf("%s: the scenarios are %s", name, got)
		}
		if got := strings.Join(found.unitTests(test.mutant), " "); got != test.tests {
			t.Errorf("%s: the tests are %s", name, got)
		}
	}
}

// Files, folders, a sample and an earlier report choose mutants.
func TestChoose(t *testing.T) {
	all := []Mutant{mutant("impl/a/a.go", 1, true), mutant("impl/a/a.go", 1, false), mutant("impl/a/b.go", 2, true), mutant("impl/b/a.go", 3, true)}
	for name, test := range map[string]struct {
		hunt Hunt
		want []Mutant
	}{
		"all":      {Hunt{}, all},
		"a folder": {Hunt{Below: []string{"impl/a"}}, all[:3]},
		"files":    {Hunt{Below: []string{"impl/a/b.go", "impl/b"}}, all[2:]},
		"known":    {Hunt{Known: []Result{{Mutant: all[0]}}}, all[1:]},
	} {
		if got := test.hunt.choose(all); !slices.EqualFunc(got, test.want, same) {
			t.Errorf("%s: got %v", name, got)
		}
	}
	first, second := Hunt{Sample: 2, Seed: 7}.choose(all), Hunt{Sample: 2, Seed: 7}.choose(all)
	if len(first) != 2 || !slices.EqualFunc(first, second, same) {
		t.Errorf("a sample is %v, and again %v", first, second)
	}
}

func same(a, b Mutant) bool { return a.String() == b.String() }

// Each excuse is about a mutant of the code and says why.
func TestExcuses(t *testing.T) {
	excuses, err := Excuses()
	if err != nil {
		t.Fatal(err)
	}
	code, err := read(top, Packages)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range excuses {
		if !slices.ContainsFunc(code.mutants, e.covers) {
			t.Errorf("%s: %s: there is no condition %s to force %t; remove the excuse", e.File, e.In, e.Condition, e.Forced)
		}
		if e.Because == "" {
			t.Errorf("%s: %s: %s is excused without a reason", e.File, e.In, e.Condition)
		}
	}
}

// An excuse is for a survivor; one that is noticed needs none.
func TestExcuse(t *testing.T) {
	excuses := []Excuse{{File: "a.go", In: "f", Condition: "ok", Forced: true, Because: "Both are the same."}}
	for name, test := range map[string]struct {
		result Result
		want   Outcome
	}{
		"a survivor":      {Result{Mutant: mutant("a.go", 1, true), Outcome: Survived}, Excused},
		"the other value": {Result{Mutant: mutant("a.go", 1, false), Outcome: Survived}, Survived},
		"another file":    {Result{Mutant: mutant("b.go", 1, true), Outcome: Survived}, Survived},
		"noticed":         {Result{Mutant: mutant("a.go", 1, true), Outcome: BySuite}, Needless},
		"only noticed":    {Result{Mutant: mutant("a.go", 1, false), Outcome: BySuite}, BySuite},
	} {
		if got := excuse(test.result, excuses); got.Outcome != test.want {
			t.Errorf("%s: %s", name, got.Outcome)
		}
	}
}

// A scenario with another verdict than before is named, and nothing without a change.
func TestWatch(t *testing.T) {
	const id = "authorization_server/metadata#clients-find-the-metadata"
	for before, want := range map[report.Verdict][]string{report.Passed: nil, report.Warned: {id}} {
		var noticed []string
		watch(t.Context(), sound{Scenarios: []scenario{{ID: id, Verdict: before}}}, func(who string) { noticed = append(noticed, who) })
		if !slices.Equal(noticed, want) {
			t.Errorf("%s before: %q", before, noticed)
		}
	}
}

// The table counts by package, and survivors are listed by file.
func TestWriteProof(t *testing.T) {
	proof := NewProof([]Result{
		{Mutant: mutant("impl/a/a.go", 1, true), Outcome: BySuite},
		{Mutant: mutant("impl/a/a.go", 2, true), Outcome: ByTests},
		{Mutant: mutant("impl/a/b.go", 3, true), Outcome: Survived, Reached: 2},
		{Mutant: mutant("impl/b/a.go", 4, false), Outcome: Survived},
		{Mutant: mutant("impl/b/a.go", 5, false), Outcome: Excused},
		{Mutant: mutant("impl/b/a.go", 6, false), Outcome: Needless, By: "TestA"},
	})
	var out strings.Builder
	WriteProof(&out, proof)
	said := strings.Join(strings.Fields(out.String()), " ")
	for _, line := range []string{
		"impl/a/b.go b.go:3 f: ok is always true", "a.go:4 f: ok is always false (nothing reaches it)", "a.go:6 f: ok is always false (noticed by TestA; remove its excuse)",
		"impl/a 3 1 1 0 1 66.7%", "impl/b 3 0 0 1 2 33.3%", "all 6 1 1 1 3 50.0%",
	} {
		if !strings.Contains(said, line) {
			t.Errorf("it does not say %q:\n%s", line, out.String())
		}
	}
}
