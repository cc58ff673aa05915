// Command grantproof examines OAuth implementations, and is the reference
// system that it examines by default. Each subcommand is a file; here is the
// wiring alone.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl/printable"
)

// errFailed ends the command with exit code 1: it ran, and something failed,
// which was said already. Every other error is a mistake in the call or the
// configuration and ends it with 2.
var errFailed = errors.New("failed")

// errAbsent ends the command with exit code 2: what was to be examined takes no part.
var errAbsent = errors.New("a party took no part in the run")

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), endings()...)
	context.AfterFunc(ctx, stop) // The second one ends the process at once.
	code := execute(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// endings are the signals that ask to stop in good order. A terminal that closes
// is one, unless the process was told to outlive it (nohup).
func endings() []os.Signal {
	signals := []os.Signal{os.Interrupt, syscall.SIGTERM}
	if !signal.Ignored(syscall.SIGHUP) {
		signals = append(signals, syscall.SIGHUP)
	}
	return signals
}

func execute(ctx context.Context, args []string, out, problems io.Writer) int {
	return executeRoot(ctx, newRoot(), args, out, problems)
}

func executeRoot(ctx context.Context, root *cobra.Command, args []string, out, problems io.Writer) int {
	shown, told := printable.NewWriter(out), printable.NewWriter(problems)
	defer func() { _ = errors.Join(shown.Close(), told.Close()) }()
	root.SetArgs(args)
	root.SetOut(shown)
	root.SetErr(told)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errFailed):
		return 1
	}
	tell(told, err)
	return 2
}

// tell writes an error. Its further lines are indented: a text of a server that is
// in it begins no line of ours.
func tell(problems io.Writer, err error) {
	fmt.Fprintf(problems, "grantproof: %s\n", strings.ReplaceAll(err.Error(), "\n", "\n  "))
}

func newRoot() *cobra.Command {
	root := &cobra.Command{
		Use:   "grantproof",
		Short: "Conformance tests and a reference fixture for OAuth, MCP servers and AI agents",
		Long: `grantproof examines everything that takes part in OAuth 2.x around MCP servers
and AI agents, and ships the complete reference system that it examines by default.`,
		Example: `  grantproof demo                        see the documented system work
  grantproof serve                       run the demo servers
  grantproof run                         run every scenario against the embedded system
  grantproof run --fault code-accepted-twice   see a broken server fail
  grantproof init                        write a target file for another server
  grantproof doctor --target target.yaml       find mistakes in it
  grantproof run --target target.yaml    examine that server`,
		SilenceErrors: true, SilenceUsage: true,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.CompletionOptions.HiddenDefaultCmd = true
	root.AddCommand(newRun(), newInit(), newDoctor(), newCompare(), newBaseline(), newServe(), newStore(), newKeys(), newClients(), newUsers(), newAudit(), newDemo(), newAgent(), newMCP(), newRequirements(), newProve(), newFaults(), newVariants(), newMint(), newAnswer(), newDocs())
	suggest(root)
	return root
}
