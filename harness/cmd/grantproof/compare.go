package main

import (
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/harness/report"
)

func newCompare() *cobra.Command {
	var files []string
	cmd := &cobra.Command{
		Use:   "compare BEFORE.json AFTER.json",
		Short: "Show what changed between two runs",
		Long: `Compare two reports of ` + "`grantproof run --report FILE.json`" + ` and show which scenarios and
rules newly fail, are fixed, changed otherwise, were added or were removed. If a run was
interrupted, a warning says so, and the scenarios that it did not run count neither as
added nor as removed.

Exit code 0: no scenario newly fails. 1: a scenario newly fails or is newly
inconclusive. 2: a report cannot be read.`,
		Example: `  grantproof compare before.json after.json
  grantproof compare before.json after.json --report changes.md`,
		Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, names []string) error { return compare(cmd, names[0], names[1], files) },
	}
	cmd.Flags().StringArrayVar(&files, "report", nil, "write what changed to this `file`: .html or .md; may be repeated")
	return cmd
}

func compare(cmd *cobra.Command, before, after string, files []string) error {
	earlier, err := report.Read(before)
	if err != nil {
		return err
	}
	later, err := report.Read(after)
	if err != nil {
		return err
	}
	reports, err := createReports(files, report.CreateChanges)
	if err != nil {
		return err
	}
	changes := report.Differences(earlier, later)
	if err := reports.write(changes); err != nil {
		return err
	}
	report.ChangesTerminal(cmd.OutOrStdout(), changes)
	if len(changes.NewlyFailing) > 0 {
		return errFailed
	}
	return nil
}
