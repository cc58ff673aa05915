package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/baseline"
	"github.com/grantproof/grantproof/harness/target"
)

func newBaseline() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "baseline",
		Short: "Keep the list of known failures of a target",
		Long: `A baseline lists the known failures of a target, each with a reason: {id, reason,
url, until}. A listed failure does not fail the run until the day in its until. When
the failure no longer occurs the run fails, so that a stale entry cannot hide the
next failure.

The target file names it as ` + "`baseline: FILE`" + `, or a run as --baseline FILE.`,
		Example: "  grantproof baseline update --target target.yaml",
		Args:    cobra.NoArgs,
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
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
		Short: "Run, add new failures and drop those that no longer occur",
		Long: `Run every scenario, add an entry for each new failure and drop the entries of
failures that no longer occur. The other entries keep their reason and the
comments around them; the file is sorted by id.

Each new entry needs a reason: --reason gives one for all of them; in a terminal you
are asked for each. A failure without a reason is not added, and an inconclusive
scenario never is.`,
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
	flags.StringVar(&reason, "reason", "", "the reason for every new entry: a `text`")
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
		return errors.New("the person at this terminal signs in during the run and cannot be asked for reasons as well; give --reason TEXT")
	}
	config.Baseline = known
	update, err := harness.UpdateBaseline(cmd.Context(), config)
	if err != nil {
		return configurationError(err)
	}
	reasons, err := baseline.Reasons(asker(cmd.InOrStdin()), out, update.New, reason)
	if err != nil {
		return err
	}
	baseline.Edit(text, reasons, update)
	if err := os.WriteFile(file, text.Bytes(), 0o644); err != nil {
		return fmt.Errorf("the baseline cannot be written: %w", err)
	}
	baseline.Write(out, file, reasons, update)
	return nil
}

// asker reads what a person types; nil where the input is no terminal.
func asker(in io.Reader) *bufio.Reader {
	if input, ok := in.(*os.File); ok && term.IsTerminal(input.Fd()) {
		return bufio.NewReader(in)
	}
	return nil
}
