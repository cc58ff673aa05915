package main

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/harness/doctor"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/harness/target"
)

func newDoctor() *cobra.Command {
	var examined targetFlags
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Find mistakes in the configuration of a target before a run",
		Long: `Check the configuration of a target: the servers can be reached, by TLS that this
machine trusts; the metadata belongs to the issuer; the clocks agree; each client
authenticates and has registered its redirect URI; the resource owner can sign in; the
requests and tools of the target file exist and accept a token.

Each finding says what was tried, what came back and which line to change. Doctor does
not judge conformance. Exit code 0: a run can start. 2: fix the items marked ✗ first.`,
		Example: `  grantproof doctor --target target.yaml
  grantproof doctor --issuer https://as.example.com
  grantproof doctor --mcp https://mcp.example.com/mcp --json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			named, err := examined.target()
			if err != nil {
				return err
			}
			if named == nil {
				return errors.New("there is nothing to check; give --target FILE, --issuer URL, --resource URL, --mcp URL or --client COMMAND")
			}
			findings := examined.examine(cmd.Context(), *named)
			if asJSON {
				err = report.WriteJSON(cmd.OutOrStdout(), findings)
			} else {
				doctor.Print(cmd.OutOrStdout(), findings)
			}
			return errors.Join(err, unfit(findings))
		},
	}
	examined.add(cmd.Flags())
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the findings as JSON")
	return cmd
}

// examine has the doctor look at a target.
func (f *targetFlags) examine(ctx context.Context, t target.Target) []doctor.Finding {
	return doctor.Examine(ctx, doctor.Config{Target: t, Where: f.where()})
}

// checkUp has the doctor look before a run at a system that somebody else
// started and configured: it does not start where nothing could be said of it.
// What is found goes to out, or without one into the error.
func (f *targetFlags) checkUp(out io.Writer, t *target.Target) func(context.Context) error {
	if t == nil || t.Control.URL != "" || !t.HasServers() {
		return nil
	}
	return func(ctx context.Context) error {
		findings := f.examine(ctx, *t)
		if out == nil {
			return doctor.Problem(findings)
		}
		doctor.PrintSerious(out, findings)
		if err := unfit(findings); err != nil {
			return fmt.Errorf("%w; --no-doctor starts the run all the same", err)
		}
		return nil
	}
}

// where tells where a key of the target is: in the file, or which flag.
func (f *targetFlags) where() func(key string) string {
	if f.file != "" {
		places, err := target.Locate(f.file)
		if err != nil {
			return nil // It was read before; without places the keys are named alone.
		}
		return places.Of
	}
	flags := map[string]string{"authorization_server.issuer": "--issuer", "resource_server.url": "--resource", "mcp_server.url": "--mcp", "mcp_client.command": "--client"}
	return func(key string) string { return flags[key] }
}

// unfit is the error with which a command ends where a run could not be
// meaningful.
func unfit(findings []doctor.Finding) error {
	if doctor.Worst(findings) != doctor.Error {
		return nil
	}
	return errors.New("fix the items marked ✗ first; nothing about the target was examined")
}
