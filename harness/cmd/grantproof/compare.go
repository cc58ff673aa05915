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
		Long: `Show which scenarios and rules got another verdict from one run to another: what
newly fails, what is fixed, what changed otherwise, and what was added or taken
out. The reports are those that ` + "`grantproof run --report FILE.json`" + ` writes.

Exit code 0: nothing newly fails. 1: something does, or is newly inconclusive.
2: a report cannot be read.`,
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
	if err := writeReports(reports, changes); err != nil {
		return err
	}
	report.ChangesTerminal(cmd.OutOrStdout(), changes)
	if len(changes.NewlyFailing) > 0 {
		return errFailed
	}
	return nil
}
