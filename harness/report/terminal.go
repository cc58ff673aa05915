package report

import (
	"io"

	"charm.land/lipgloss/v2"
)

var (
	green  = lipgloss.NewStyle().Foreground(lipgloss.Green)
	red    = lipgloss.NewStyle().Foreground(lipgloss.Red).Bold(true)
	yellow = lipgloss.NewStyle().Foreground(lipgloss.Yellow)
	faint  = lipgloss.NewStyle().Faint(true)
)

var marks = map[Verdict]string{
	Passed: green.Render("✓"), Failed: red.Render("✗"), Warned: yellow.Render("!"),
	Inconclusive: red.Render("?"), NotApplicable: faint.Render("-"), ExpectedFailure: yellow.Render("x"),
}

// Terminal writes what a person wants to know after a run: everything that did
// not pass with its reason, what has one root together, then the counts. Colours are dropped by w where
// they do not belong (lipgloss.Fprint).
func Terminal(w io.Writer, r Report) {
	r = clean(r)
	says := map[string]Requirement{}
	for _, requirement := range r.Requirements {
		says[requirement.ID] = requirement
	}
	for _, root := range Roots(r) {
		root.explain(w, says)
	}
	tellLacks(w, r)
	if open := Interruption(r); open != "" {
		lipgloss.Fprintf(w, "%s %s\n", marks[Inconclusive], open)
	}
	style := green
	if !OK(r) || Interruption(r) != "" {
		style = red
	}
	lipgloss.Fprintln(w, style.Render(Counts(r)))
}

// tellLacks says what was not examined, each reason where they are few, else by
// its class; then how much of each profile was examined.
func tellLacks(w io.Writer, r Report) {
	const few = 8
	reasons := map[string]int{}
	for _, row := range Rows(r) {
		if row.Verdict == NotApplicable {
			reasons[row.Reason]++
		}
	}
	if len(reasons) <= few {
		for _, reason := range sortedKeys(reasons) {
			lipgloss.Fprintf(w, "%s %d not applicable: %s\n", marks[NotApplicable], reasons[reason], reason)
		}
	} else {
		for _, group := range Grouped(list(r.NotApplicable)) {
			lipgloss.Fprintf(w, "%s %d not applicable, %s: %s\n", marks[NotApplicable], group.Count, group.Class, group.Says)
			if what := group.What(); what != "" {
				lipgloss.Fprintf(w, "      %s\n", faint.Render(what))
			}
		}
	}
	if remains := Remains(r); remains != "" {
		lipgloss.Fprintf(w, "%s %s\n", marks[Warned], remains)
	}
	for _, coverage := range list(r.CoverageOfTarget) {
		lipgloss.Fprintf(w, "  %s: %s\n", coverage.Profile, Covered(coverage))
	}
}
