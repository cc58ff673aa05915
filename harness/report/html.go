package report

import (
	_ "embed"
	"fmt"
	"html/template"
	"io"
	"slices"
	"strings"

	generated "github.com/grantproof/grantproof/generated/report"
)

//go:embed page/report.html
var pageText string

//go:embed page/report.css
var pageStyle string

// PageStyle is how the pages look that this program writes.
func PageStyle() string { return pageStyle }

//go:embed page/report.js
var pageScript string

var functions = template.FuncMap{
	"anchor": Anchor, "text": text, "list": list[string], "join": strings.Join, "word": word[Verdict], "grouped": Grouped, "remains": Remains, "interruption": Interruption, "interruptionOf": InterruptionOf, "absenceOf": AbsenceOf, "class": word[Class], "took": took, "verdictOf": func(v *Verdict) Verdict {
		if v == nil {
			return ""
		}
		return *v
	},
}

var page = template.Must(template.New("report").Funcs(functions).Parse(pageText))

// Anchor is an id of a scenario or a requirement as the name of a place.
func Anchor(id string) string {
	return strings.NewReplacer("/", "_", "#", "__", ".", "-").Replace(id)
}

// took is a duration as people say it.
func took(milliseconds float64) string { return fmt.Sprintf("%.1f s", milliseconds/1000) }

// word is a verdict or a class as people say it.
func word[T ~string](v T) string { return strings.ReplaceAll(string(v), "_", " ") }

// view is what the page shows, in its order.
type view struct {
	Report
	Counts   []count
	Problems []card
	Features []feature
	Reasons  []reason
	Style    template.CSS
	Script   template.JS
}

type count struct {
	Verdict Verdict
	N       int
	Percent float64
}

// card is a scenario or a rule with all that is known of it.
type card struct {
	Row
	Cited     []citedRequirement
	Verdicts  map[string]Verdict
	Step      string
	Exchanges []Exchange
	Diagram   template.HTML
	Offenders []Offender
}

// citedRequirement is one with what this scenario or rule alone says about it.
type citedRequirement struct {
	Requirement
	Found Verdict
}

// HasArticle tells whether the page explains it: it did not simply pass.
func (c card) HasArticle() bool { return c.Verdict != Passed && c.Verdict != NotApplicable }

// Searchable is what the search looks in.
func (c card) Searchable() string {
	return strings.ToLower(strings.Join(append([]string{c.Name, c.ID, c.Feature, string(c.Verdict), string(c.Level)}, c.Requirements...), " "))
}

type feature struct {
	Name, Role string
	Cards      []card
}

type reason struct {
	Text      string
	Scenarios []card
}

// writeHTML writes a page that stands on its own: it loads nothing.
func writeHTML(w io.Writer, r Report) error {
	cards := cardsOf(r)
	v := view{Report: r, Counts: countsOf(r), Style: template.CSS(pageStyle), Script: template.JS(pageScript)}
	for _, c := range cards {
		v.addToFeature(c)
		if c.HasArticle() {
			v.Problems = append(v.Problems, c)
		} else if c.Verdict == NotApplicable {
			v.addReason(c)
		}
	}
	slices.SortStableFunc(v.Problems, func(a, b card) int {
		return slices.Index(bySeverity, b.Verdict) - slices.Index(bySeverity, a.Verdict)
	})
	return page.Execute(w, v)
}

func countsOf(r Report) []count {
	s := r.Summary
	all := []count{{Failed, s.Failed, 0}, {Inconclusive, s.Inconclusive, 0}, {Warned, s.Warned, 0},
		{ExpectedFailure, s.ExpectedFailure, 0}, {Passed, s.Passed, 0}, {NotApplicable, s.NotApplicable, 0}}
	for i := range all {
		all[i].Percent = 100 * float64(all[i].N) / float64(max(1, s.Total))
	}
	return all
}

func cardsOf(r Report) []card {
	requirements := map[string]Requirement{}
	for _, requirement := range r.Requirements {
		requirements[requirement.ID] = requirement
	}
	var cards []card
	for i, row := range Rows(r) {
		c := card{Row: row}
		for _, each := range row.Obligations {
			c.Cited = append(c.Cited, citedRequirement{requirements[each.Requirement], each.Verdict})
		}
		if i < len(r.Scenarios) {
			c.addScenario(r.Scenarios[i])
		} else {
			c.addRule(r.Rules[i-len(r.Scenarios)], r.Scenarios)
		}
		cards = append(cards, c)
	}
	return cards
}

func (c *card) addScenario(s Scenario) {
	c.Step = text(s.Step)
	if s.Verdicts != nil {
		c.Verdicts = *s.Verdicts
	}
	if c.HasArticle() {
		c.Exchanges, c.Diagram = s.Exchanges, diagramOf(s.Exchanges)
	}
}

// addRule shows the exchanges of the first scenario that broke it.
func (c *card) addRule(rule Rule, scenarios []Scenario) {
	c.Offenders = rule.Offenders
	if len(rule.Offenders) == 0 {
		return
	}
	for _, s := range scenarios {
		if s.ID == rule.Offenders[0].Scenario {
			c.Exchanges, c.Diagram = s.Exchanges, diagramOf(s.Exchanges)
		}
	}
}

func (v *view) addToFeature(c card) {
	i := slices.IndexFunc(v.Features, func(f feature) bool { return f.Name == c.Feature })
	if i < 0 {
		i = len(v.Features)
		v.Features = append(v.Features, feature{Name: c.Feature, Role: c.Role})
	}
	v.Features[i].Cards = append(v.Features[i].Cards, c)
}

func (v *view) addReason(c card) {
	i := slices.IndexFunc(v.Reasons, func(r reason) bool { return r.Text == c.Reason })
	if i < 0 {
		i = len(v.Reasons)
		v.Reasons = append(v.Reasons, reason{Text: c.Reason})
	}
	v.Reasons[i].Scenarios = append(v.Reasons[i].Scenarios, c)
}

// Registered returns the requirements of a section.
func (v view) Registered(specification, section string) []Requirement {
	var found []Requirement
	for _, requirement := range v.Requirements {
		if text(requirement.Specification) == specification && text(requirement.Section) == section {
			found = append(found, requirement)
		}
	}
	return found
}

// Roles are those of the features, for the filter.
func (v view) Roles() []string {
	var roles []string
	for _, f := range v.Features {
		if !slices.Contains(roles, f.Role) {
			roles = append(roles, f.Role)
		}
	}
	return roles
}

// Examined returns the specifications that the registry holds.
func (v view) Examined() []generated.Specification { return list(v.Coverage) }

// Table returns what the metadata advertises.
func (v view) Table() []generated.Advertised { return list(v.Advertised) }

// Profiled returns how much of each profile was examined.
func (v view) Profiled() []generated.ProfileCoverage { return list(v.CoverageOfTarget) }

// Lacking returns why what does not apply does not, by classes.
func (v view) Lacking() []LackGroup { return Grouped(list(v.NotApplicable)) }

// Drifts tells whether an advertised value is not what the server does.
func (v view) Drifts(a generated.Advertised) bool { return a.Advertised != a.Honoured }
