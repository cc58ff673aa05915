package main

import (
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/obligations"
)

func newRequirements() *cobra.Command {
	var only obligations.Only
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
				obligations.WriteCoverage(cmd.OutOrStdout(), coverage)
				return nil
			}
			return obligations.Write(cmd.OutOrStdout(), coverage, names, only)
		},
	}
	cmd.Flags().BoolVar(&only.Open, "open", false, "show only those that wait for a scenario")
	cmd.Flags().BoolVar(&only.Excluded, "excluded", false, "show only those that no test can see, and why")
	return cmd
}
