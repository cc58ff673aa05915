package report

import (
	"io"
	"slices"

	"charm.land/lipgloss/v2"
)

// ComparisonTerminal writes what a person wants to know after several targets
// were examined: what did not pass at each, and a line of counts for each.
func ComparisonTerminal(w io.Writer, c Comparison) {
	c = clean(c)
	for _, t := range c.Targets {
		tellFailures(w, c, t)
	}
	width := 0
	for _, t := range c.Targets {
		width = max(width, len(t.ID))
	}
	for _, t := range c.Targets {
		style := green
		if t.Problem != nil || t.Absent != nil || !sound(*t.Summary) {
			style = red
		}
		lipgloss.Fprintf(w, "%-*s  %s\n", width, t.ID, style.Render(Result(t)))
	}
	if open := InterruptionOf(c); open != "" {
		lipgloss.Fprintf(w, "%s %s\n", marks[Inconclusive], open)
	}
}

// tellFailures says what failed at a target or was left undecided, and how to
// look closer.
func tellFailures(w io.Writer, c Comparison, t ComparedTarget) {
	accounts := slices.DeleteFunc(accountsOf(c, t), func(a account) bool { return !bad(a.Verdict) })
	if len(accounts) == 0 {
		return
	}
	lipgloss.Fprintln(w, lipgloss.NewStyle().Bold(true).Render(t.ID))
	for _, account := range accounts {
		lipgloss.Fprintf(w, "  %s %s\n", marks[account.Verdict], account.Text)
		if account.isAbsence(t) {
			lipgloss.Fprintf(w, "      %s\n", faint.Render(account.extent()))
			continue
		}
		for _, requirement := range account.About {
			lipgloss.Fprintf(w, "      %s\n", faint.Render(requirement.Says))
		}
	}
	lipgloss.Fprintf(w, "  to see why: %s\n\n", command(Report{Target: t.Target}))
}

// Result is how a target did, in a line.
func Result(t ComparedTarget) string {
	if t.Problem != nil {
		return "could not start: " + *t.Problem
	}
	return counts(*t.Summary, *t.DurationMs)
}

// Unstarted are the targets that could not be examined.
func Unstarted(c Comparison) []string {
	return namesOf(c, func(t ComparedTarget) bool { return t.Problem != nil })
}

// Absent are the targets of which a party took no part in the run.
func Absent(c Comparison) []string {
	return namesOf(c, func(t ComparedTarget) bool { return t.Absent != nil })
}

// Unseen are the targets to which nothing applies of what was selected.
func Unseen(c Comparison) []string {
	return namesOf(c, func(t ComparedTarget) bool { return t.Summary != nil && Empty(*t.Summary) })
}

func namesOf(c Comparison, are func(ComparedTarget) bool) []string {
	var names []string
	for _, t := range c.Targets {
		if are(t) {
			names = append(names, t.ID)
		}
	}
	return names
}

// OKAll tells whether nothing failed and nothing was left undecided at the
// targets that were examined.
func OKAll(c Comparison) bool {
	for _, t := range c.Targets {
		if t.Summary != nil && !sound(*t.Summary) {
			return false
		}
	}
	return true
}
