package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"charm.land/lipgloss/v2"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/harness/mutation"
	"github.com/grantproof/grantproof/impl/fault"
)

func newProve() *cobra.Command {
	var names []string
	var file string
	cmd := &cobra.Command{
		Use:   "prove",
		Short: "Prove that the suite can fail: every fault alone must be killed",
		Long: `Switch every fault of the reference system on alone and run the scenarios. A
fault is killed when a scenario fails that cites the requirement which it
violates; scenarios upstream of the broken party must stay as they were.

Exit code 0: all killed. 1: one survived, or an unrelated scenario changed.`,
		Example: `  grantproof prove
  grantproof prove --fault code-accepted-twice
  grantproof prove --json proof.json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return prove(cmd, names, file) },
	}
	cmd.Flags().StringArrayVar(&names, "fault", nil, "prove this `fault` only; may be repeated")
	cmd.Flags().StringVar(&file, "json", "", "write the results to this `file`")
	return cmd
}

func prove(cmd *cobra.Command, names []string, file string) error {
	faults, err := chosen(names)
	if err != nil {
		return err
	}
	var sink io.WriteCloser
	if file != "" {
		if sink, err = os.Create(file); err != nil {
			return fmt.Errorf("the results cannot be written: %w", err)
		}
	}
	collectSeldom()
	out := cmd.OutOrStdout()
	killed, sound := 0, true
	results, err := mutation.Prove(cmd.Context(), faults, func(r mutation.Result) {
		if r.Killed() {
			killed++
		}
		sound = sound && r.Sound()
		tellResult(out, r)
	})
	if err != nil {
		return err
	}
	if sink != nil {
		if err := writeResults(sink, results); err != nil {
			return err
		}
	}
	lipgloss.Fprintf(out, "%d of %d faults killed\n", killed, len(faults))
	if !sound {
		return errFailed
	}
	return nil
}

func tellResult(out io.Writer, r mutation.Result) {
	switch {
	case !r.Killed():
		lipgloss.Fprintf(out, "SURVIVED %-40s no scenario failed that cites %s\n", r.Name, strings.Join(r.Unseen, ", "))
	case !r.Sound():
		lipgloss.Fprintf(out, "STRAY    %-40s %s: unrelated scenarios changed, the first is %s\n", r.Name, strings.Join(r.Violates, ", "), r.Strays[0])
	default:
		lipgloss.Fprintf(out, "killed   %-40s %s (%d of its scenarios, %d others)\n", r.Name, strings.Join(r.Violates, ", "), len(r.Killers), len(r.Others))
	}
}

func writeResults(sink io.WriteCloser, results []mutation.Result) error {
	encoder := json.NewEncoder(sink)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(results); err != nil {
		return err
	}
	return sink.Close()
}

func chosen(names []string) ([]mutation.Fault, error) {
	if _, err := fault.NewSet(names); err != nil {
		return nil, err
	}
	var faults []mutation.Fault
	for _, f := range fault.Catalogue() {
		if len(names) > 0 && !slices.Contains(names, string(f.Name)) {
			continue
		}
		faults = append(faults, mutation.Fault{Name: string(f.Name), Role: f.Role, Violates: f.Violates, Summary: f.Summary})
	}
	return faults, nil
}
