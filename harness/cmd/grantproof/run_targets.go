package main

import (
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
)

// targetsAtOnce keeps the examiner from being the slow one: each target gets
// several requests at once already.
const targetsAtOnce = 3

// runTargets examines every target file of a folder, and compares them; doctor
// looks at each before.
func runTargets(cmd *cobra.Command, folder string, config harness.Config, files []string, doctor bool) error {
	named, err := target.Folder(folder)
	if err != nil {
		return err
	}
	reports, err := createReports(files, report.CreateComparison)
	if err != nil {
		return err
	}
	defer reports.discard()
	collectSeldom()
	out := cmd.OutOrStdout()
	progress := &report.Progresses{Out: ourOwn(out), Terminal: isTerminal(out)}
	var several []harness.Examination
	for _, named := range named {
		examination := harness.Examination{Name: named.Name, Config: config}
		flags := &targetFlags{file: named.File}
		examination.Problem = flags.apply(&examination.Config)
		if doctor {
			examination.Config.Ready = flags.checkUp(nil, examination.Config.Target)
		}
		line := progress.Line(named.Name)
		examination.Began, examination.Config.Finished, examination.Config.Waiting = line.Began, line.Finished, line.Waiting
		examination.Config.Slowed = line.Slowed
		several = append(several, examination)
	}
	result, err := harness.RunAll(cmd.Context(), several, targetsAtOnce)
	progress.End()
	if problem := reports.write(result); problem != nil {
		return errors.Join(err, problem)
	}
	report.ComparisonTerminal(out, result)
	if err != nil {
		return err
	}
	return verdictOf(result)
}

// verdictOf chooses the exit code: 2 if a target could not be examined or did not take
// part to the end, 1 if something failed.
func verdictOf(c report.Comparison) error {
	if unstarted := report.Unstarted(c); len(unstarted) > 0 {
		return fmt.Errorf("%d of %d targets could not start: %s", len(unstarted), len(c.Targets), strings.Join(unstarted, ", "))
	}
	if absent := report.Absent(c); len(absent) > 0 {
		return fmt.Errorf("%w at %s; start it, or correct how it is named, and run again", errAbsent, strings.Join(absent, ", "))
	}
	if unseen := report.Unseen(c); len(unseen) > 0 {
		return fmt.Errorf("nothing was examined at %s: no selected scenario applies; `grantproof run --list` says why", strings.Join(unseen, ", "))
	}
	if !report.OKAll(c) {
		return errFailed
	}
	return nil
}

// checkAlone refuses what says itself what is examined, or is about one target.
func checkAlone(cmd *cobra.Command) error {
	for _, flag := range []string{"target", "issuer", "resource", "mcp", "client", "baseline", "list", "dry-run", "repro"} {
		if cmd.Flags().Changed(flag) {
			return errors.New("--targets examines every target file of a folder, each with its baseline, and does not go with --" + flag + "; leave --" + flag + " out, or use --target")
		}
	}
	return nil
}
