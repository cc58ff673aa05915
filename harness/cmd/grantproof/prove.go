package main

import (
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/harness/mutation"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/impl/fault"
)

func newProve() *cobra.Command {
	var names, files []string
	var since string
	var verbose bool
	cmd := &cobra.Command{
		Use:   "prove",
		Short: "Prove that the suite can fail: each fault alone must be killed",
		Long: `Switch on each fault of the reference system alone, and run the scenarios that cite
what it violates and a sample of the others. A scenario kills the fault when it fails
and cites a requirement that the fault violates. The verdicts of unrelated scenarios
must not change.

Exit code 0: every fault was killed. 1: a fault survived, or an unrelated scenario
changed.`,
		Example: `  grantproof prove
  grantproof prove --fault code-accepted-twice
  grantproof prove --changed            # the faults that concern the uncommitted changes
  grantproof prove --changed=main       # the faults that concern the changes since main
  grantproof prove --report proof.html --report proof.json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			faults, err := chosen(names)
			if err == nil && since != "" {
				faults, err = mutation.Changed(cmd.Context(), ".", since, faults)
			}
			if err != nil {
				return err
			}
			return prove(cmd, faults, files, verbose)
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&names, "fault", nil, "prove this `fault` only; may be repeated")
	flags.StringVar(&since, "changed", "", "prove only the faults that concern the changes since this git `revision` (default: HEAD)")
	flags.Lookup("changed").NoOptDefVal = "HEAD"
	flags.StringArrayVar(&files, "report", nil, "write the results to this `file`: .html (with a matrix of faults by scenarios) or .json; may be repeated")
	flags.BoolVarP(&verbose, "verbose", "v", false, "show every fault as it ends")
	return cmd
}

// few faults are told of one by one.
const few = 20

func prove(cmd *cobra.Command, faults []mutation.Fault, names []string, verbose bool) error {
	files, err := createReports(names, mutation.Create)
	if err != nil {
		return err
	}
	defer files.discard()
	collectSeldom()
	out := cmd.OutOrStdout()
	progress := &report.Count{Out: ourOwn(out), Terminal: isTerminal(out), Total: len(faults), Noun: "faults"}
	catalogue, err := chosen(nil)
	if err != nil {
		return err
	}
	proof, err := mutation.Prove(cmd.Context(), faults, catalogue, func(r mutation.Result) {
		if verbose || len(faults) <= few || !r.Sound() {
			progress.End()
			mutation.WriteResult(out, r)
		}
		progress.Finished(r.Sound())
	})
	progress.End()
	if err = errors.Join(err, cmd.Context().Err()); err != nil {
		return err
	}
	if err := files.write(proof); err != nil {
		return err
	}
	mutation.WriteProof(out, proof)
	if !proof.Sound() {
		return errFailed
	}
	return nil
}

func chosen(names []string) ([]mutation.Fault, error) {
	if err := checkFaults(names); err != nil {
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
