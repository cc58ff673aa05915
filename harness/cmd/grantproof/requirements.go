package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/harness"
	"github.com/grantproof/grantproof/harness/obligations"
	"github.com/grantproof/grantproof/impl/fault"
)

func newRequirements() *cobra.Command {
	var only obligations.Only
	cmd := &cobra.Command{
		Use:   "requirements [SPECIFICATION|ID...]",
		Short: "Show how much of each specification has scenarios",
		Long: `Show for each specification how many requirements have a scenario, how many are open
and how many no test can observe. With the names of specifications, list their
requirements. With the id of a requirement, show its complete entry: the sentence, its
level under each profile, how it is read, the scenarios that cite it and the faults
that violate it.`,
		Example: `  grantproof requirements
  grantproof requirements rfc7636 mcp-2026-07-28
  grantproof requirements rfc7636-4.6/verifier-mismatch
  grantproof requirements --open rfc6749`,
		RunE: func(cmd *cobra.Command, names []string) error {
			if len(names) > 0 && strings.Contains(names[0], "/") {
				return writeEntries(cmd, names)
			}
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

// writeEntries writes the entries with the ids.
func writeEntries(cmd *cobra.Command, ids []string) error {
	registry, scenarios, err := harness.Citations(harness.Config{})
	if err != nil {
		return err
	}
	for i, id := range ids {
		entry, err := obligations.Find(registry, id)
		if err != nil {
			return err
		}
		entry.Scenarios, entry.Faults = scenarios[id], faultsAgainst(id)
		if i > 0 {
			fmt.Fprintln(cmd.OutOrStdout())
		}
		if _, err := entry.WriteTo(cmd.OutOrStdout()); err != nil {
			return err
		}
	}
	return nil
}

// faultsAgainst names the faults that violate a requirement.
func faultsAgainst(id string) []string {
	var names []string
	for _, each := range fault.Catalogue() {
		if slices.Contains(each.Violates, id) {
			names = append(names, string(each.Name))
		}
	}
	return names
}
