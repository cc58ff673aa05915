package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

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
// not pass with its reason, then the counts. Colours are dropped by w where
// they do not belong (lipgloss.Fprint).
func Terminal(w io.Writer, r Report) {
	says := map[string]Requirement{}
	for _, requirement := range r.Requirements {
		says[requirement.ID] = requirement
	}
	reasons := map[string]int{}
	for _, row := range Rows(r) {
		switch row.Verdict {
		case Passed:
		case NotApplicable:
			reasons[row.Reason]++
		default:
			explain(w, row, says)
		}
	}
	// What most scenarios wait for comes last, next to the counts.
	waiting := sortedKeys(reasons)
	slices.SortStableFunc(waiting, func(a, b string) int { return reasons[a] - reasons[b] })
	for _, reason := range waiting {
		lipgloss.Fprintf(w, "%s %d not applicable: %s\n", marks[NotApplicable], reasons[reason], reason)
	}
	style := green
	if !OK(r) {
		style = red
	}
	lipgloss.Fprintln(w, style.Render(Counts(r)))
}

func explain(w io.Writer, row Row, says map[string]Requirement) {
	lipgloss.Fprintf(w, "%s %s\n", marks[row.Verdict], lipgloss.NewStyle().Bold(true).Render(row.Name))
	line := func(label, text string) {
		lipgloss.Fprintf(w, "    %s %s\n", faint.Render(fmt.Sprintf("%-11s", label)), text)
	}
	for _, id := range row.Requirements {
		requirement := says[id]
		line("requirement", strings.ToUpper(string(requirement.Level))+" "+requirement.Says)
		line("", faint.Render(requirement.URL))
	}
	if row.Actual != "" {
		line("expected", strings.Join(row.Expected, "\n                or "))
		line("actual", row.Actual)
	}
	if row.Reason != "" {
		line("why", row.Reason)
	}
	line("reproduce", row.Reproduce)
	lipgloss.Fprintln(w)
}
