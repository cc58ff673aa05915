package main

import (
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/harness/mutation"
	"github.com/grantproof/grantproof/impl/fault"
)

func newFaults() *cobra.Command {
	return &cobra.Command{
		Use:   "faults",
		Short: "List the faults that the reference system can exhibit",
		Long: `List the faults, each with the requirements that it violates, and the departures of
chaos. "run --fault" and "serve --fault" switch a fault on for every request;
"serve --chaos" makes departures at random.`,
		Example: "  grantproof faults\n  grantproof run --fault audience-not-checked\n  grantproof serve --chaos 7:0.3",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			faults, err := chosen(nil)
			var departures []mutation.Departure
			for _, d := range fault.Departures() {
				departures = append(departures, mutation.Departure{Name: string(d.Name), Summary: d.Summary})
			}
			mutation.WriteCatalogue(cmd.OutOrStdout(), faults, departures)
			return err
		},
	}
}
