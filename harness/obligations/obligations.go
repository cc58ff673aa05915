// Package obligations shows the obligations of specifications in a terminal: how
// many have a scenario, wait for one, or cannot be tested. The registry is
// citation's.
package obligations

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"

	"github.com/grantproof/grantproof/harness/citation"
	"github.com/grantproof/grantproof/impl/nearest"
)

// WriteCoverage writes a line for each specification, and their sum. The share is
// the part of the testable obligations that have a scenario.
func WriteCoverage(out io.Writer, all []citation.Coverage) {
	const form = "%-22s %5s %5s %5s %5s  %s\n"
	lipgloss.Fprintf(out, form, "specification", "share", "with", "open", "excl.", "")
	var covered, open, excluded int
	for _, c := range all {
		with, without, unseen := c.Total()
		title := c.Title
		if c.LaidOut {
			title += " (incomplete: some sections have no entries yet)"
		}
		lipgloss.Fprintf(out, form, c.Name, share(with, without), fmt.Sprint(with), fmt.Sprint(without), fmt.Sprint(unseen), title)
		covered, open, excluded = covered+with, open+without, excluded+unseen
	}
	lipgloss.Fprintf(out, form, "all", share(covered, open), fmt.Sprint(covered), fmt.Sprint(open), fmt.Sprint(excluded), "")
}

// share is the part of the testable obligations that have a scenario.
func share(covered, open int) string {
	if covered+open == 0 {
		return "-"
	}
	return fmt.Sprintf("%d%%", 100*covered/(covered+open))
}

// Only leaves the obligations in one state; its zero value leaves all of them.
type Only struct{ Open, Excluded bool }

// Write writes every obligation of the named specifications.
func Write(out io.Writer, all []citation.Coverage, names []string, only Only) error {
	for _, name := range names {
		i := slices.IndexFunc(all, func(c citation.Coverage) bool { return c.Name == name })
		if i < 0 {
			return unknown(name, all)
		}
		lipgloss.Fprintln(out, lipgloss.NewStyle().Bold(true).Render(all[i].Title)+"  "+all[i].URL)
		for _, part := range all[i].Parts {
			if !only.Open && !only.Excluded {
				printEach(out, "scenario", part.Covered, func(citation.Requirement) string { return "" })
			}
			if !only.Excluded {
				printEach(out, "open", part.Open, func(r citation.Requirement) string { return "waits for: " + citation.Subjects[r.Open] })
			}
			if !only.Open {
				printEach(out, "excluded", part.Excluded, func(r citation.Requirement) string { return r.Excluded })
			}
		}
	}
	return nil
}

func printEach(out io.Writer, state string, requirements []citation.Requirement, why func(citation.Requirement) string) {
	for _, r := range requirements {
		lipgloss.Fprintf(out, "  %-8s  %-6s  %s\n                    %s\n", state, r.Level, r.ID, r.Says)
		if reason := why(r); reason != "" {
			lipgloss.Fprintf(out, "                    %s\n", lipgloss.NewStyle().Faint(true).Render(reason))
		}
	}
}

func unknown(name string, all []citation.Coverage) error {
	var known []string
	for _, c := range all {
		known = append(known, c.Name)
	}
	if hint := nearest.Hint(name, known); hint != "" {
		return fmt.Errorf("there is no specification %q%s", name, hint)
	}
	return fmt.Errorf("there is no specification %q; there are %s", name, strings.Join(known, ", "))
}
