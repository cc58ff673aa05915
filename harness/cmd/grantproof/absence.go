package main

import (
	"fmt"
	"io"
	"slices"

	"charm.land/lipgloss/v2"

	"github.com/grantproof/grantproof/harness/report"
)

// tellAbsent says once, and first, which party takes no part in a run, and then what
// was found without it.
func tellAbsent(out io.Writer, result report.Report, gone string) error {
	isBlamed := func(s report.Scenario) bool {
		return s.Verdict == report.Inconclusive && s.Reason != nil && *s.Reason == gone
	}
	blamed := 0
	for _, scenario := range result.Scenarios {
		if isBlamed(scenario) {
			blamed++
		}
	}
	lipgloss.Fprintf(out, "%s %s\n    %d scenarios are inconclusive for this reason alone\n\n", lipgloss.NewStyle().Foreground(lipgloss.Red).Bold(true).Render("?"), gone, blamed)
	result.Scenarios = slices.DeleteFunc(slices.Clone(result.Scenarios), isBlamed)
	report.Terminal(out, result)
	return fmt.Errorf("%w; start it, or correct how it is named, and run again", errAbsent)
}
