package main

import (
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/harness/fairness"
	"github.com/grantproof/grantproof/impl/variant"
)

func newVariants() *cobra.Command {
	return &cobra.Command{
		Use:   "variants",
		Short: "List what a conforming party may do otherwise than the reference system",
		Long: `List the lawful variants, each with the section that allows it. "run --variant" and
"serve --variant" switch a variant on for every request. A client that works with the
reference system should work with all of them, and "prove" shows that the suite accuses
none of them.`,
		Example: "  grantproof variants\n  grantproof run --variant lifetime-not-told\n  grantproof serve --variant token-type-in-lower-case --variant lifetime-not-told",
		Args:    cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			fairness.WriteCatalogue(cmd.OutOrStdout(), lawful(nil))
			return nil
		},
	}
}

// lawful are the variants of some names; without names, all.
func lawful(names variant.Set) []fairness.Variant {
	var variants []fairness.Variant
	for _, v := range variant.Catalogue() {
		if names == nil || names[v.Name] {
			variants = append(variants, fairness.Variant{
				Name: string(v.Name), Role: v.Role, Allows: v.Allows, Summary: v.Summary, Tempts: v.Tempts, Departs: v.Departs, Without: v.Without, Excludes: v.Excludes,
			})
		}
	}
	return variants
}
