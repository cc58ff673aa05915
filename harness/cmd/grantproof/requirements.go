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
		Long: `Show for each specification how many requirements have a scenario, how many are open
and how many no test can observe. With the names of specifications, list their
requirements.`,
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
	cmd.Flags().BoolVar(&only.Open, "open", false, "show only the requirements without a scenario")
	cmd.Flags().BoolVar(&only.Excluded, "excluded", false, "show only the requirements that no test can observe, and why")
	return cmd
}
