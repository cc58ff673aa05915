package main

import (
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl/fault"
)

func newFaults() *cobra.Command {
	return &cobra.Command{
		Use:   "faults",
		Short: "List the faults that the reference system can exhibit",
		Long: `List the faults, each with the requirements that it violates, and the departures
that chaos is made of. A fault is there always, for "run --fault" and
"serve --fault"; a departure now and then, for "serve --chaos".`,
		Example: "  grantproof faults\n  grantproof run --fault audience-not-checked\n  grantproof serve --chaos 7:0.3",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			role := ""
			for _, f := range fault.Catalogue() {
				if f.Role != role {
					role = f.Role
					lipgloss.Fprintf(cmd.OutOrStdout(), "%s\n", lipgloss.NewStyle().Bold(true).Render(role))
				}
				lipgloss.Fprintf(cmd.OutOrStdout(), "  %-40s %s\n  %-40s %s\n", f.Name, f.Summary, "", lipgloss.NewStyle().Faint(true).Render("violates "+strings.Join(f.Violates, ", ")))
			}
			lipgloss.Fprintf(cmd.OutOrStdout(), "%s\n", lipgloss.NewStyle().Bold(true).Render("chaos"))
			for _, d := range fault.Departures() {
				lipgloss.Fprintf(cmd.OutOrStdout(), "  %-40s %s\n", d.Name, d.Summary)
			}
			return nil
		},
	}
}
