package site

import (
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/citation"
)

// specification is the requirements of one specification, in the order of its
// sections.
type specification struct {
	citation.Coverage
	sum
	Rows []requirementRow
}

// sum counts requirements.
type sum struct{ Covered, Open, Excluded int }

func (s *sum) add(other sum) {
	s.Covered, s.Open, s.Excluded = s.Covered+other.Covered, s.Open+other.Open, s.Excluded+other.Excluded
}

// Share is the percentage of testable requirements that have scenarios.
func (s sum) Share() int { return 100 * s.Covered / max(1, s.Covered+s.Open) }

type requirementRow struct {
	citation.Requirement
	Anchor   string
	Cited    []citingScenario
	Disputed string // The tension in words.
	Waits    string // For which subject.
}

type citingScenario struct{ Page, Name string }

func (s Site) addRequirements(registry *citation.Registry, features []Feature) error {
	citing := scenariosByCitation(features)
	disputed := map[string]string{}
	for _, tension := range registry.Tensions() {
		disputed[tension.ID] = tension.Says
	}
	var specifications []specification
	var all sum
	for _, coverage := range registry.Coverage(func(id string) bool { return len(citing[id]) > 0 }) {
		shown := specification{Coverage: coverage}
		shown.Covered, shown.Open, shown.Excluded = coverage.Total()
		all.add(shown.sum)
		for _, part := range coverage.Parts {
			for _, requirement := range slices.Concat(part.Covered, part.Open, part.Excluded) {
				shown.Rows = append(shown.Rows, requirementRow{
					requirement, anchor(requirement.ID), citing[requirement.ID], disputed[requirement.Tension], citation.Subjects[requirement.Open],
				})
			}
		}
		specifications = append(specifications, shown)
	}
	return s.page("requirements/index.html", "requirements", "Requirements", map[string]any{"Specifications": specifications, "All": all})
}

func scenariosByCitation(features []Feature) map[string][]citingScenario {
	citing := map[string][]citingScenario{}
	for _, feature := range features {
		for _, block := range feature.Blocks {
			for _, scenario := range block.Scenarios {
				for _, id := range scenario.Citations {
					citing[id] = append(citing[id], citingScenario{feature.Page + "index.html#" + scenario.ID, scenario.Name})
				}
			}
		}
	}
	return citing
}

// anchor is the id of a requirement as the name of a place in the page.
func anchor(id string) string { return strings.NewReplacer("/", "_", ".", "-").Replace(id) }
