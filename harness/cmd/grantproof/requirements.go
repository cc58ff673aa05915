package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/citation"
)

func newRequirements() *cobra.Command {
	var open, excluded bool
	cmd := &cobra.Command{
		Use:   "requirements [SPECIFICATION...]",
		Short: "Show how much of each specification has scenarios",
		Long: `Show, for each specification, how many of its obligations have a scenario, how
many wait for one, and how many no test can see. With the names of
specifications, show every obligation of these.`,
		Example: `  grantproof requirements
  grantproof requirements rfc7636 mcp-2026-07-28
  grantproof requirements --open rfc6749`,
		RunE: func(cmd *cobra.Command, names []string) error {
			coverage, err := harness.Coverage(harness.Config{})
			if err != nil {
				return err
			}
			if len(names) == 0 {
				printCoverage(cmd.OutOrStdout(), coverage)
				return nil
			}
			return printObligations(cmd.OutOrStdout(), coverage, names, shown{open, excluded})
		},
	}
	cmd.Flags().BoolVar(&open, "open", false, "show only those that wait for a scenario")
	cmd.Flags().BoolVar(&excluded, "excluded", false, "show only those that no test can see, and why")
	return cmd
}

// printCoverage writes a line for each specification.
func printCoverage(out io.Writer, all []citation.Coverage) {
	const form = "%-22s %5s %5s %5s %5s  %s\n"
	lipgloss.Fprintf(out, form, "specification", "share", "with", "open", "excl.", "")
	var covered, open, excluded int
	for _, c := range all {
		with, without, unseen := c.Total()
		title := c.Title
		if c.LaidOut {
			title += " (not entered whole yet)"
		}
		lipgloss.Fprintf(out, form, c.Name, share(with, without), fmt.Sprint(with), fmt.Sprint(without), fmt.Sprint(unseen), title)
		covered, open, excluded = covered+with, open+without, excluded+unseen
	}
	lipgloss.Fprintf(out, form, "all", share(covered, open), fmt.Sprint(covered), fmt.Sprint(open), fmt.Sprint(excluded), "")
}

// share is what has scenarios of all that a test can see.
func share(covered, open int) string {
	if covered+open == 0 {
		return "-"
	}
	return fmt.Sprintf("%d%%", 100*covered/(covered+open))
}

type shown struct{ open, excluded bool }

func printObligations(out io.Writer, all []citation.Coverage, names []string, only shown) error {
	for _, name := range names {
		i := slices.IndexFunc(all, func(c citation.Coverage) bool { return c.Name == name })
		if i < 0 {
			var known []string
			for _, c := range all {
				known = append(known, c.Name)
			}
			return fmt.Errorf("there is no specification %q; there are %s", name, strings.Join(known, ", "))
		}
		lipgloss.Fprintln(out, lipgloss.NewStyle().Bold(true).Render(all[i].Title)+"  "+all[i].URL)
		for _, part := range all[i].Parts {
			if !only.open && !only.excluded {
				printEach(out, "scenario", part.Covered, func(citation.Requirement) string { return "" })
			}
			if !only.excluded {
				printEach(out, "open", part.Open, func(r citation.Requirement) string { return "waits for: " + citation.Subjects[r.Open] })
			}
			if !only.open {
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
