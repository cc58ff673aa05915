package harness

import (
	"slices"

	generated "github.com/grantproof/grantproof/generated/report"
	"github.com/grantproof/grantproof/harness/citation"
	"github.com/grantproof/grantproof/harness/report"
)

// Coverage is how much of each specification has scenarios.
func (s *Suite) Coverage() []citation.Coverage { return s.registry.Coverage(s.cited()) }

// Coverage is how much of each specification the features of config cover.
func Coverage(config Config) ([]citation.Coverage, error) {
	s, err := planned(config)
	if err != nil {
		return nil, err
	}
	return s.Coverage(), nil
}

// Citations returns the registry, and the ids of the scenarios that cite each
// requirement.
func Citations(config Config) (*citation.Registry, map[string][]string, error) {
	s, err := planned(config)
	if err != nil {
		return nil, nil, err
	}
	citing := map[string][]string{}
	for _, scenario := range s.Plan.Scenarios {
		for _, id := range scenario.Requirements {
			citing[id] = append(citing[id], scenario.ID)
		}
	}
	return s.registry, citing, nil
}

func (s *Suite) cited() func(string) bool {
	cited := map[string]bool{}
	for _, scenario := range s.Plan.Scenarios {
		for _, id := range scenario.Requirements {
			cited[id] = true
		}
	}
	return func(id string) bool { return cited[id] }
}

// addRequirements adds the registry to the report, with what the run found.
func (s *Suite) addRequirements(r *report.Report) {
	found := findings{r, report.Verdicts(*r)}
	var specifications []generated.Specification
	for _, coverage := range s.Coverage() {
		covered, open, excluded := coverage.Total()
		specification := generated.Specification{
			Name: coverage.Name, Title: coverage.Title, Version: optional(coverage.Version), URL: coverage.URL,
			Covered: covered, Open: open, Excluded: excluded, Sections: []generated.Section{},
		}
		if coverage.LaidOut {
			specification.LaidOut = &coverage.LaidOut
		}
		for _, part := range coverage.Parts {
			specification.Sections = append(specification.Sections, found.section(coverage.Specification, part))
		}
		specifications = append(specifications, specification)
	}
	r.Coverage = &specifications
}

// findings are what a run found of each requirement.
type findings struct {
	report   *report.Report
	verdicts map[string]report.Verdict
}

// section adds the requirements of a section to the report and returns its
// numbers.
func (f findings) section(specification citation.Specification, part citation.Part) generated.Section {
	var worst report.Verdict
	for _, requirement := range slices.Concat(part.Covered, part.Open, part.Excluded) {
		row := report.Requirement{
			ID: requirement.ID, Level: report.Level(requirement.Level), Role: &requirement.Role, Says: requirement.Says, URL: requirement.URL,
			Specification: &specification.Name, Section: &part.Section, Excluded: optional(requirement.Excluded),
			Open: optional(citation.Subjects[requirement.Open]), Reading: optional(requirement.Reading.String()),
		}
		if verdict := f.verdicts[requirement.ID]; verdict != "" {
			row.Verdict = &verdict
			worst = report.Worst(worst, verdict)
		}
		f.report.Requirements = append(f.report.Requirements, row)
	}
	section := generated.Section{
		Section: part.Section, Title: part.Title, URL: part.URL,
		Covered: len(part.Covered), Open: len(part.Open), Excluded: len(part.Excluded),
	}
	if worst != "" {
		section.Verdict = &worst
	}
	return section
}
