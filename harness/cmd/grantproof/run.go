package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"

	"github.com/charmbracelet/x/term"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/preview"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/impl/printable"
)

func newRun() *cobra.Command {
	var config harness.Config
	var list, dry, verbose, noDoctor bool
	var script, folder string
	var files []string
	var features string
	var examined targetFlags
	cmd := &cobra.Command{
		Use:   "run",
		Short: "Run the scenarios and report",
		Long: `Run the scenarios against the embedded reference system, or against the system that
a target file or a flag names. Report each verdict, with the reason of every failure and
the command that repeats it.

Exit code 0: nothing failed or was inconclusive. 1: a scenario failed or was
inconclusive, or a failure in the baseline no longer occurs. 2: the call or the
configuration is wrong, no scenario applies to the target, or a party takes no part in
the run: it cannot be started or reached, or stopped answering.
With --targets, exit code 2 means that this is so at some of the targets.

Ctrl-C ends the run in good order: it deletes the clients that it registered, writes the
reports so far, each marked as interrupted, and exits with 2. A second Ctrl-C ends it at
once. A report replaces the one before only when it is complete.`,
		Example: `  grantproof run
  grantproof run --list
  grantproof run --role authorization-server --tags "@must && ~@needs:control"
  grantproof run --only 'authorization_server/pkce*' --verbose
  grantproof run --client 'my-agent --connect'
  grantproof run --target target.yaml --profile oauth-2.0 --profile oauth-2.1
  grantproof run --targets targets/ --report comparison.html
  grantproof run --repro 'authorization_server/pkce#the-code-challenge-is-refused-as-a-code-verifier' > repro.sh
  grantproof run --report report.html --report junit.xml`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := errors.Join(checkFaults(config.Faults), checkVariants(config.Variants)); err != nil {
				return err
			}
			if features != "" {
				config.Features = os.DirFS(features)
				if _, err := fs.Stat(config.Features, "requirements"); err != nil {
					return fmt.Errorf("--features: %s is no copy of features/ (%w); copy that folder with its requirements, and change the copy", features, err)
				}
			}
			if folder != "" {
				if err := checkAlone(cmd); err != nil {
					return err
				}
				return runTargets(cmd, folder, config, files, !noDoctor)
			}
			if err := examined.apply(&config); err != nil {
				return err
			}
			if script != "" {
				return printScript(cmd.Context(), cmd.OutOrStdout(), config, script)
			}
			if list {
				return listScenarios(cmd.Context(), cmd.OutOrStdout(), config)
			}
			if dry {
				return dryRun(cmd.Context(), cmd.OutOrStdout(), config)
			}
			if !noDoctor {
				config.Ready = examined.checkUp(cmd.OutOrStdout(), config.Target)
			}
			return runScenarios(cmd, config, files, verbose)
		},
	}
	flags := cmd.Flags()
	flags.BoolVar(&list, "list", false, "list the scenarios that would run, and why others would not; run nothing")
	flags.BoolVar(&dry, "dry-run", false, "describe the requests of each scenario; send none")
	flags.StringArrayVar(&config.Only, "only", nil, "run the scenario or the file with this `id`; * matches anything but a slash; may be repeated")
	flags.StringVar(&config.Tags, "tags", "", "run the scenarios that this `expression` selects: tags joined by &&, alternatives by a comma, ~ for not")
	flags.StringVar(&config.Store, "store", "", "the `store` of the embedded system: memory, sqlite:PATH or postgres://… (default: memory)")
	flags.StringArrayVar(&config.Roles, "role", nil, "run the scenarios of this `role`; may be repeated")
	flags.StringArrayVar(&config.Faults, "fault", nil, "break the embedded system with this `fault` (see \"grantproof faults\"); may be repeated")
	flags.StringArrayVar(&config.Variants, "variant", nil, "have the embedded system do this lawful `variant` (see \"grantproof variants\"); may be repeated")
	flags.BoolVar(&config.Slow, "slow", false, "run the scenarios that wait in real time, each up to 15 minutes")
	flags.IntVar(&config.Concurrency, "concurrency", 0, "how many scenarios run at once (default: four for each core)")
	flags.Int64Var(&config.Seed, "seed", 0, "shuffle the scenarios with this `number`")
	flags.StringArrayVar(&files, "report", nil, "write a report to this `file`: .html, .json, .xml (JUnit) or .md; may be repeated")
	flags.StringVar(&script, "repro", "", "run the scenario with this `id` and print its requests as a shell script")
	flags.StringArrayVar(&config.Profiles, "profile", nil, "judge by this `profile` where specifications disagree; may be repeated (default: the profiles of the target)")
	examined.add(flags)
	flags.StringVar(&features, "features", "", "run the scenarios of this `folder`, a changed copy of features/, in place of the built-in ones")
	flags.StringVar(&folder, "targets", "", "examine every target file of this `folder`, NAME.target.yaml and NAME/target.yaml, and compare them")
	flags.BoolVar(&noDoctor, "no-doctor", false, "skip the check of the configuration before the run (see \"grantproof doctor\")")
	flags.BoolVarP(&verbose, "verbose", "v", false, "show every scenario as it ends")
	return cmd
}

func runScenarios(cmd *cobra.Command, config harness.Config, files []string, verbose bool) error {
	reports, err := createReports(files, report.Create)
	if err != nil {
		return err
	}
	defer reports.discard()
	collectSeldom()
	config.Window = windowFor(config.Target)
	out := cmd.OutOrStdout()
	progress := &report.Progress{Out: ourOwn(out), Terminal: isTerminal(out), Verbose: verbose}
	config.Finished, config.Waiting, config.Slowed = progress.Finished, progress.Waiting, progress.Slowed
	suite, err := harness.NewSuite(cmd.Context(), config)
	if err != nil {
		return configurationError(err)
	}
	defer suite.Close()
	progress.Total = len(suite.Plan.Selected())
	result, err := suite.Run(cmd.Context())
	progress.End()
	if err != nil && !errors.Is(err, harness.ErrInterrupted) {
		return configurationError(err)
	}
	if problem := reports.write(result); problem != nil {
		return errors.Join(err, problem)
	}
	if gone := suite.Absent(); gone != "" {
		return tellAbsent(out, result, gone)
	}
	report.Terminal(out, result)
	switch {
	case err != nil:
		return err
	case report.Empty(result.Summary):
		return errors.New("nothing was examined: no selected scenario applies to the target, for the reasons above")
	case !report.OK(result):
		return errFailed
	}
	return nil
}

// windowFor is the browser of whoever sits at the terminal, where the target wants
// a person to sign in; nil where nobody does.
func windowFor(t *target.Target) useragent.Window {
	if t == nil || t.ResourceOwner.Browser != "manual" || !term.IsTerminal(os.Stdin.Fd()) {
		return nil
	}
	return useragent.NewTerminal(os.Stdin, printable.NewWriter(os.Stderr))
}

// configurationError takes the mark off: a person needs the reason alone.
func configurationError(err error) error {
	if errors.Is(err, harness.ErrConfiguration) {
		return errors.New(strings.TrimPrefix(err.Error(), harness.ErrConfiguration.Error()+": "))
	}
	return err
}

func listScenarios(ctx context.Context, out io.Writer, config harness.Config) error {
	suite, err := harness.NewSuite(ctx, config)
	if err != nil {
		return configurationError(err)
	}
	defer suite.Close()
	preview.List(out, suite.Plan.Selected())
	return nil
}

// dryRun says what a run would send, and how much.
func dryRun(ctx context.Context, out io.Writer, config harness.Config) error {
	intents, err := harness.DryRun(ctx, config)
	if err != nil {
		return configurationError(err)
	}
	preview.Requests(out, config.Target, intents)
	return nil
}

func printScript(ctx context.Context, out io.Writer, config harness.Config, id string) error {
	script, err := harness.Script(ctx, config, id)
	if err != nil {
		return configurationError(err)
	}
	_, err = io.WriteString(printable.Under(out), script) // It is printable, and exact.
	return err
}

func isTerminal(out io.Writer) bool {
	file, ok := printable.Under(out).(*os.File)
	return ok && term.IsTerminal(file.Fd())
}

// ourOwn is the output for what moves the cursor, and holds no text from outside.
func ourOwn(out io.Writer) io.Writer { return printable.Under(out) }
