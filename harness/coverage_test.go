package harness

import "testing"

// Every obligation has a scenario, or says who will bring one, or why no test
// can see it; and only one of these.
func TestEveryRequirementHasItsPlace(t *testing.T) {
	suite, err := planned(Config{})
	if err != nil {
		t.Fatal(err)
	}
	cited := suite.cited()
	for _, requirement := range suite.registry.All() {
		places := 0
		for _, there := range []bool{cited(requirement.ID), requirement.Open != "", requirement.Excluded != ""} {
			if there {
				places++
			}
		}
		if places != 1 {
			t.Errorf("%s: has a scenario: %v, open: %q, excluded: %q; exactly one of these holds", requirement.ID, cited(requirement.ID), requirement.Open, requirement.Excluded)
		}
	}
}

// The specifications whose registry is complete have a section for every entry
// and an entry for every section.
func TestCoverageBySpecification(t *testing.T) {
	all, err := Coverage(Config{})
	if err != nil {
		t.Fatal(err)
	}
	for _, coverage := range all {
		covered, open, excluded := coverage.Total()
		t.Logf("%-16s %3d with scenarios, %3d open, %3d excluded", coverage.Name, covered, open, excluded)
		if covered+open+excluded == 0 {
			t.Errorf("%s has no obligation", coverage.Name)
		}
		if len(coverage.Parts) != len(coverage.Sections) {
			t.Errorf("%s lists %d sections and has entries in %d", coverage.Name, len(coverage.Sections), len(coverage.Parts))
		}
	}
}
