package main

import (
	"errors"
	"slices"

	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/harness/fairness"
	"github.com/grantproof/grantproof/harness/mutation"
	"github.com/grantproof/grantproof/harness/report"
	"github.com/grantproof/grantproof/impl/fault"
	"github.com/grantproof/grantproof/impl/variant"
)

func newProve() *cobra.Command {
	var asked proofs
	var since string
	cmd := &cobra.Command{
		Use:   "prove",
		Short: "Prove both ways: each fault is seen, and no lawful variant is accused",
		Long: `Switch on each fault of the reference system alone, and run the scenarios that cite
what it violates and a sample of the others. A scenario kills the fault when it fails
and cites a requirement that the fault violates. The verdicts of unrelated scenarios
must not change.

Then switch on each lawful variant, alone and in random companies of five. No scenario
may fail, be inconclusive or change otherwise, but for those that need a capability
which the variant lacks.

Exit code 0: every fault was killed and no variant was accused. 1: a fault survived, an
unrelated scenario changed, or a variant was accused.`,
		Example: `  grantproof prove
  grantproof prove --fault code-accepted-twice
  grantproof prove --variant lifetime-not-told
  grantproof prove --variants --whole   # the whole suite in each company of variants
  grantproof prove --changed            # the faults that concern the uncommitted changes
  grantproof prove --changed=main       # the faults that concern the changes since main
  grantproof prove --report proof.html --report proof.json`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := errors.Join(checkFaults(asked.faults), checkVariants(asked.variants)); err != nil {
				return err
			}
			collectSeldom()
			var err error
			if asked.provesFaults() || since != "" {
				err = asked.proveFaults(cmd, since)
			}
			if asked.provesVariants() && since == "" && (err == nil || errors.Is(err, errFailed)) {
				err = errors.Join(err, asked.proveVariants(cmd))
			}
			return err
		},
	}
	flags := cmd.Flags()
	flags.StringArrayVar(&asked.faults, "fault", nil, "prove this `fault` only; may be repeated")
	flags.StringArrayVar(&asked.variants, "variant", nil, "prove this `variant` only; may be repeated")
	flags.BoolVar(&asked.variantsOnly, "variants", false, "prove all variants, and no faults")
	flags.BoolVar(&asked.whole, "whole", false, "run every scenario, and not a sample, in each company of variants, and for a variant that is named alone")
	flags.Uint64Var(&asked.seed, "seed", 1, "the `number` that chooses the companies of variants")
	flags.StringVar(&since, "changed", "", "prove only the faults that concern the changes since this git `revision` (default: HEAD)")
	flags.Lookup("changed").NoOptDefVal = "HEAD"
	flags.StringArrayVar(&asked.files, "report", nil, "write what became of the faults to this `file`: .html (with a matrix of faults by scenarios) or .json; may be repeated")
	flags.BoolVarP(&asked.verbose, "verbose", "v", false, "show every fault and variant as it ends")
	return cmd
}

// proofs are what a call of prove asks for.
type proofs struct {
	faults, variants, files      []string
	variantsOnly, whole, verbose bool
	seed                         uint64
}

func (p proofs) provesFaults() bool {
	return len(p.faults) > 0 || len(p.variants) == 0 && !p.variantsOnly
}

func (p proofs) provesVariants() bool {
	return len(p.variants) > 0 || p.variantsOnly || len(p.faults) == 0
}

func (p proofs) proveFaults(cmd *cobra.Command, since string) error {
	faults, err := chosen(p.faults)
	if err == nil && since != "" {
		faults, err = mutation.Changed(cmd.Context(), ".", since, faults)
	}
	if err != nil {
		return err
	}
	return prove(cmd, faults, p.files, p.verbose)
}

func (p proofs) proveVariants(cmd *cobra.Command) error {
	set, err := variant.NewSet(p.variants)
	if err != nil {
		return err
	}
	if len(p.variants) == 0 {
		set = nil
	}
	companies := fairness.Companies(lawful(set), p.seed)
	out := cmd.OutOrStdout()
	progress := &report.Count{Out: ourOwn(out), Terminal: isTerminal(out), Total: len(companies), Noun: "variants"}
	proof, err := fairness.Prove(cmd.Context(), companies, p.whole, func(r fairness.Result) {
		if p.verbose || len(companies) <= few || len(r.Accused) > 0 {
			progress.End()
			fairness.WriteResult(out, r)
		}
		progress.Finished(len(r.Accused) == 0)
	})
	progress.End()
	if err = errors.Join(err, cmd.Context().Err()); err != nil {
		return err
	}
	fairness.WriteProof(out, proof)
	if !proof.Sound() {
		return errFailed
	}
	return nil
}

// few faults are told of one by one.
const few = 20

func prove(cmd *cobra.Command, faults []mutation.Fault, names []string, verbose bool) error {
	files, err := createReports(names, mutation.Create)
	if err != nil {
		return err
	}
	defer files.discard()
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
	var faults []mutation.Fault
	for _, f := range fault.Catalogue() {
		if len(names) > 0 && !slices.Contains(names, string(f.Name)) {
			continue
		}
		faults = append(faults, mutation.Fault{Name: string(f.Name), Role: f.Role, Violates: f.Violates, Summary: f.Summary})
	}
	return faults, nil
}
