package site

import (
	"strings"

	"github.com/grantproof/grantproof/harness/citation"
)

// section is the requirements of one specification.
type section struct {
	Name string
	Rows []requirementRow
}

type requirementRow struct {
	citation.Requirement
	Anchor string
	Cited  []citingScenario
}

type citingScenario struct{ Page, Name string }

func (s Site) addRequirements(registry *citation.Registry, features []Feature) error {
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
	var sections []section
	for _, requirement := range registry.All() {
		name, _, _ := strings.Cut(requirement.ID, "-")
		if strings.HasPrefix(requirement.ID, "mcp-") {
			name = "mcp-2026-07-28"
		}
		if len(sections) == 0 || sections[len(sections)-1].Name != name {
			sections = append(sections, section{Name: name})
		}
		last := &sections[len(sections)-1]
		last.Rows = append(last.Rows, requirementRow{requirement, anchor(requirement.ID), citing[requirement.ID]})
	}
	return s.page("requirements/index.html", "requirements", "Requirements", sections)
}

// anchor is the id of a requirement as the name of a place in the page.
func anchor(id string) string { return strings.NewReplacer("/", "_", ".", "-").Replace(id) }
