package fairness_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/grantproof/grantproof/features"
	"github.com/grantproof/grantproof/harness/citation"
	"github.com/grantproof/grantproof/harness/fairness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/impl/variant"
)

// What a variant names exists: requirements and capabilities. A MUST that somebody
// departs from makes a fault and no variant.
func TestCatalogue(t *testing.T) {
	registry, err := citation.Load(features.FS)
	if err != nil {
		t.Fatal(err)
	}
	for _, each := range variant.Catalogue() {
		for _, id := range slices.Concat(each.Tempts, each.Departs) {
			if _, known := registry.Lookup(id); !known {
				t.Errorf("%s: there is no requirement %s", each.Name, id)
			}
		}
		for _, id := range each.Departs {
			if requirement, _ := registry.Lookup(id); requirement.Level == "must" {
				t.Errorf("%s departs from %s, which is a MUST", each.Name, id)
			}
		}
		for _, capability := range each.Without {
			if !target.IsCapability(capability) && !strings.HasSuffix(capability, "_supported") && capability != "ES256" { // Or a member of the metadata, or an algorithm.
				t.Errorf("%s: there is no capability %s", each.Name, capability)
			}
		}
		if _, _, stated := strings.Cut(each.Allows, ": "); !stated {
			t.Errorf("%s: %q does not say SECTION: what it allows", each.Name, each.Allows)
		}
	}
}

// Every variant is there alone, and in one company besides.
func TestCompanies(t *testing.T) {
	var variants []fairness.Variant
	for _, name := range []string{"a", "b", "c", "d", "e", "f"} {
		variants = append(variants, fairness.Variant{Name: name})
	}
	seen := map[string]int{}
	for _, company := range fairness.Companies(variants, 7) {
		for _, name := range company.Names() {
			seen[name]++
		}
	}
	for name, times := range seen {
		if times != 2 {
			t.Errorf("%s is in %d companies", name, times)
		}
	}
	if len(seen) != len(variants) || len(fairness.Companies(variants[:1], 7)) != 1 {
		t.Errorf("%v", seen)
	}
}

// A variant that is none is accused; what it lacks is not held against it.
func TestAccused(t *testing.T) {
	if testing.Short() {
		t.Skip("it runs the suite; make full has it")
	}
	lawful := fairness.Variant{Name: "lifetime-not-told", Tempts: []string{"rfc6749-5.1/expires-in"}}
	departs := lawful
	departs.Departs = []string{"rfc6749-5.1/expires-in"}
	proof, err := fairness.Prove(t.Context(), []fairness.Company{{lawful}, {departs}}, false, func(fairness.Result) {})
	if err != nil {
		t.Fatal(err)
	}
	accused := proof.Results[0].Accused
	if len(accused) == 0 || accused[0].Is != report.Warned || proof.Fair != 1 || proof.Sound() {
		t.Errorf("%+v", proof)
	}
}
