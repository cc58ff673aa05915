package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/impl/printable"
)

func newBaseline() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "baseline",
		Short: "Keep the list of the failures of a target that are known",
		Long: `A baseline is the list of the failures of a target that are known, each with the
reason why it is left as it is: {id, reason, url, until}. Such a failure does not
fail a run as long as it occurs and its time is not up; once it does not occur any
more the run fails, so that the entry cannot hide the next failure.

The target file names it as ` + "`baseline: FILE`" + `, or a run as --baseline FILE.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(newBaselineUpdate())
	return cmd
}

func newBaselineUpdate() *cobra.Command {
	var config harness.Config
	var examined targetFlags
	var reason string
	cmd := &cobra.Command{
		Use:   "update",
		Short: "Run, add what fails and take out what does not fail any more",
		Long: `Run every scenario, add an entry for each failure that the baseline does not know
and take out those that do not occur any more. The other entries keep their
reason and the comments around them; the file is sorted by the ids.

Each new entry needs a reason: that of --reason for all of them, or in a terminal
the one that you give when asked; without one the failure is not added. What was
inconclusive is never added: nothing is known about it.`,
		Example: `  grantproof baseline update --target target.yaml
  grantproof baseline update --target target.yaml --reason "ticket 4711: PKCE comes with release 5"`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			file, err := examined.baselineFile(&config)
			if err != nil {
				return err
			}
			return updateBaseline(cmd, config, file, reason)
		},
	}
	flags := cmd.Flags()
	examined.add(flags)
	flags.StringArrayVar(&config.Profiles, "profile", nil, "judge by this `profile` where specifications disagree; may be repeated (default: those of the target)")
	flags.StringVar(&reason, "reason", "", "why the failures that are added are left as they are: a `text`")
	return cmd
}

// baselineFile names the target and the file that is about it.
func (f *targetFlags) baselineFile(config *harness.Config) (string, error) {
	var err error
	if config.Target, err = f.target(); err != nil {
		return "", err
	}
	switch {
	case config.Target == nil:
		return "", errors.New("a baseline is about another system than the embedded one; name it by --target")
	case f.baseline != "":
		return f.baseline, nil
	case config.Target.Baseline != "":
		return config.Target.Baseline, nil
	}
	return "", errors.New("the target names no baseline; write `baseline: known-failures.yaml` into its file, or give --baseline FILE")
}

func updateBaseline(cmd *cobra.Command, config harness.Config, file, reason string) error {
	known, text, err := target.LoadBaselineText(file)
	if err != nil {
		return err
	}
	out := cmd.OutOrStdout()
	if config.Window = windowFor(config.Target); config.Window != nil && reason == "" {
		return errors.New("whoever signs in cannot be asked for reasons at the same terminal; give --reason TEXT")
	}
	config.Baseline = known
	update, err := harness.UpdateBaseline(cmd.Context(), config)
	if err != nil {
		return configurationError(err)
	}
	reasons, err := reasonsFor(cmd.InOrStdin(), out, update.New, reason)
	if err != nil {
		return err
	}
	for _, entry := range reasons {
		text.Add(entry)
	}
	for _, entry := range update.Stale {
		text.Drop(entry.ID)
	}
	if err := os.WriteFile(file, text.Bytes(), 0o644); err != nil {
		return fmt.Errorf("the baseline cannot be written: %w", err)
	}
	tellUpdate(out, file, reasons, update)
	return nil
}

// reasonsFor are the entries for what newly fails: all for one reason, or each
// for that which a person gives.
func reasonsFor(in io.Reader, out io.Writer, failing []report.Row, reason string) ([]target.Known, error) {
	var ask *bufio.Reader
	switch input, ok := in.(*os.File); {
	case reason != "" || len(failing) == 0:
	case ok && term.IsTerminal(input.Fd()):
		ask = bufio.NewReader(in)
	default:
		return nil, fmt.Errorf("%d failures are not known yet and need a reason; give --reason TEXT, or call this in a terminal: %s", len(failing), idsOf(failing))
	}
	return entriesFor(ask, out, failing, reason)
}

func entriesFor(ask *bufio.Reader, out io.Writer, failing []report.Row, reason string) ([]target.Known, error) {
	var entries []target.Known
	for _, row := range failing {
		given := reason
		if ask != nil {
			lipgloss.Fprintf(out, "%s (%s)\n    %s\n    %s\nwhy is it left as it is? (empty: it is not added) ", row.Name, strings.Join(row.Requirements, ", "), row.ID, printable.Line(row.Headline()))
			line, err := ask.ReadString('\n')
			if err != nil {
				return nil, fmt.Errorf("no reason was given, and nothing was written: %w", err)
			}
			given = strings.TrimSpace(line)
		}
		if given != "" {
			entries = append(entries, target.Known{ID: row.ID, Reason: given})
		}
	}
	return entries, nil
}

func idsOf(rows []report.Row) string {
	var ids []string
	for _, row := range rows {
		ids = append(ids, row.ID)
	}
	return strings.Join(ids, ", ")
}

func tellUpdate(out io.Writer, file string, added []target.Known, update harness.BaselineUpdate) {
	tell := func(word string, entries []target.Known) {
		for _, entry := range entries {
			lipgloss.Fprintf(out, "%-8s %s\n", word, entry.ID)
		}
	}
	tell("added", added)
	tell("dropped", update.Stale)
	tell("expired", update.Expired)
	tell("unseen", update.Unseen)
	for _, row := range update.Undecided {
		lipgloss.Fprintf(out, "%-8s %s: %s\n", "undecided", row.ID, printable.Line(row.Headline()))
	}
	if len(update.Expired) > 0 {
		lipgloss.Fprintln(out, "What is expired fails the run: its day of grace is over. Mend it, or change its until.")
	}
	if len(update.Unseen) > 0 {
		lipgloss.Fprintln(out, "What is unseen did not come to a verdict in this run, and was kept.")
	}
	lipgloss.Fprintf(out, "%s: %d added, %d dropped\n", file, len(added), len(update.Stale))
}
