package citation

import "slices"

// Coverage is how much of a specification has scenarios.
type Coverage struct {
	Specification
	Parts []Part
}

// Part is the requirements of one section.
type Part struct {
	Section, Title, URL     string
	Covered, Open, Excluded []Requirement
}

// Total adds the numbers of the sections up.
func (c Coverage) Total() (covered, open, excluded int) {
	for _, part := range c.Parts {
		covered += len(part.Covered)
		open += len(part.Open)
		excluded += len(part.Excluded)
	}
	return covered, open, excluded
}

// Coverage parts the requirements by specification and section; cited tells
// which ones have a scenario. Every other one is open or excluded.
func (r *Registry) Coverage(cited func(id string) bool) []Coverage {
	all := make([]Coverage, len(r.specifications))
	place := map[string]int{}
	for i, specification := range r.specifications {
		all[i].Specification = specification
		place[specification.Name] = i
	}
	for _, requirement := range r.ordered {
		all[place[r.SpecificationOf(requirement).Name]].add(requirement, cited)
	}
	return all
}

func (c *Coverage) add(requirement Requirement, cited func(string) bool) {
	section := c.SectionOf(requirement)
	i := slices.IndexFunc(c.Parts, func(part Part) bool { return part.Section == section })
	if i < 0 {
		i = len(c.Parts)
		c.Parts = append(c.Parts, Part{Section: section, Title: c.Sections[section], URL: c.urlOf(requirement)})
	}
	part := &c.Parts[i]
	switch {
	case cited(requirement.ID):
		part.Covered = append(part.Covered, requirement)
	case requirement.Excluded != "":
		part.Excluded = append(part.Excluded, requirement)
	default:
		part.Open = append(part.Open, requirement)
	}
}
