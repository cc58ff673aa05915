package mutation_test

import (
	"net/url"
	"testing"

	"github.com/grantproof/grantproof/features"
	"github.com/grantproof/grantproof/harness/citation"
	"github.com/grantproof/grantproof/impl/fault"
)

// Every advisory says what it breaks in words that the registry and the catalogue know.
func TestAdvisories(t *testing.T) {
	registry, err := citation.Load(features.FS)
	if err != nil {
		t.Fatal(err)
	}
	advisories, err := citation.Advisories(features.FS)
	if err != nil {
		t.Fatal(err)
	}
	ids := map[string]bool{}
	for _, a := range advisories {
		if ids[a.ID] {
			t.Errorf("%s is there twice", a.ID)
		}
		ids[a.ID] = true
		for _, wrong := range flaws(a, registry) {
			t.Errorf("%s: %s", a.ID, wrong)
		}
	}
	if len(advisories) < 120 {
		t.Errorf("only %d advisories are there", len(advisories))
	}
}

// flaws says what is wrong with an entry.
func flaws(a citation.Advisory, registry *citation.Registry) (wrong []string) {
	if link, err := url.Parse(a.Link); err != nil || link.Scheme != "https" || link.Host == "" {
		wrong = append(wrong, "the link is no https URL")
	}
	if a.Year < 2010 || a.Year > 2026 {
		wrong = append(wrong, "the year is not between 2010 and 2026")
	}
	if a.Product == "" || a.Wrong == "" || len(a.Violates) == 0 {
		wrong = append(wrong, "the product, what is wrong or what it violates is missing")
	}
	if a.Read != "" && a.Read != "yes" || a.Seen != "" && a.Seen != "no" {
		wrong = append(wrong, "read is yes or missing, and seen is no or missing")
	}
	for _, id := range a.Violates {
		if _, known := registry.Lookup(id); !known {
			wrong = append(wrong, "there is no requirement "+id)
		}
	}
	if a.Unseen() {
		if a.Reason == "" {
			wrong = append(wrong, "it says not why no scenario sees it")
		}
		return wrong
	}
	return append(wrong, flawsOfFaults(a)...)
}

// flawsOfFaults says what is wrong with the faults that stand for an advisory.
func flawsOfFaults(a citation.Advisory) (wrong []string) {
	if len(a.Faults) == 0 {
		wrong = append(wrong, "no fault stands for it")
	}
	broken := map[string]bool{}
	for _, name := range a.Faults {
		found, known := fault.Lookup(fault.Name(name))
		switch {
		case !known:
			wrong = append(wrong, "there is no fault "+name)
		case found.Role != a.Party:
			wrong = append(wrong, name+" is a fault of "+found.Role)
		}
		for _, id := range found.Violates {
			broken[id] = true
		}
	}
	for _, id := range a.Violates {
		if !broken[id] {
			wrong = append(wrong, "none of its faults violates "+id)
		}
	}
	return wrong
}
