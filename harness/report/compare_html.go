package report

import (
	_ "embed"
	"html/template"
	"io"
)

//go:embed page/comparison.html
var comparisonText string

//go:embed page/comparison.css
var comparisonStyle string

var comparisonPage = template.Must(template.New("comparison").Funcs(functions).Funcs(template.FuncMap{"result": Result, "examined": examinedOf, "number": number}).Parse(comparisonText))

// comparisonView is what the page shows, in its order.
type comparisonView struct {
	Comparison
	Groups []group
	Style  template.CSS
}

// writeComparisonHTML writes a page that stands on its own: it loads nothing.
func writeComparisonHTML(w io.Writer, c Comparison) error {
	return comparisonPage.Execute(w, comparisonView{c, groups(c), template.CSS(pageStyle + comparisonStyle)})
}

// Rows are requirements by section, as one table of the page.
func (v comparisonView) Rows(g group, requirements []ComparedRequirement) []comparedSection {
	var sections []comparedSection
	for _, section := range g.Sections {
		s := comparedSection{Section: section.Section, Title: section.Title, URL: section.URL, Targets: started(v.Comparison)}
		for _, requirement := range requirements {
			if requirement.Section == section.Section {
				s.Requirements = append(s.Requirements, requirement)
			}
		}
		if len(s.Requirements) > 0 {
			sections = append(sections, s)
		}
	}
	return sections
}

// comparedSection is a section of a specification with some of its requirements.
type comparedSection struct {
	Section, Title, URL string
	Requirements        []ComparedRequirement
	Targets             []ComparedTarget
}
