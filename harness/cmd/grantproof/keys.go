package main

import (
	"time"

	"charm.land/lipgloss/v2"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/token"
)

func newKeys() *cobra.Command {
	var in inStore
	cmd := &cobra.Command{
		Use:   "keys",
		Short: "Show and rotate the signing keys of serve",
		Long: `Show and rotate the keys with which "grantproof serve" signs. A new key begins
to sign some seconds after it was made, when every server on the store knows it. The
old key stays published until the last token that it signed has expired.`,
		Example: "  grantproof keys list\n  grantproof keys rotate --store postgres://grantproof@db.example.com/grantproof",
	}
	in.flag(cmd)
	cmd.AddCommand(newKeysList(&in), newKeysRotate(&in))
	return cmd
}

func newKeysList(in *inStore) *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "Show the signing keys", Args: cobra.NoArgs,
		Example: "  grantproof keys list",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return in.use(cmd.Context(), func(r *realm.Realm) error {
				for _, key := range r.Keys.Keys() {
					lipgloss.Fprintf(cmd.OutOrStdout(), "%-18s %-6s %s\n", key.ID, key.Algorithm, stateOf(key, time.Now()))
				}
				return nil
			})
		},
	}
}

func stateOf(key token.Key, now time.Time) string {
	const form = "2006-01-02 15:04:05"
	switch {
	case !key.Until.IsZero() && !now.Before(key.Until):
		return "withdrawn"
	case !key.Until.IsZero():
		return "replaced, published until " + key.Until.Local().Format(form)
	case now.Before(key.SignsFrom):
		return "published, signs from " + key.SignsFrom.Local().Format(form)
	}
	return "signs"
}

func newKeysRotate(in *inStore) *cobra.Command {
	var algorithm string
	cmd := &cobra.Command{
		Use: "rotate", Short: "Make a new signing key", Args: cobra.NoArgs,
		Example: "  grantproof keys rotate --algorithm RS256",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return in.use(cmd.Context(), func(r *realm.Realm) error {
				if err := realm.RotateKept(cmd.Context(), r.Store(), algorithm, time.Now()); err != nil {
					return err
				}
				lipgloss.Fprintf(cmd.OutOrStdout(), "A new %s key was made; every server on the store loads it within a second and signs with it after %s.\n", algorithm, realm.KeyLead)
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&algorithm, "algorithm", token.Algorithms[0], "`alg` of the key: ES256 for access tokens, RS256 for ID tokens")
	return cmd
}
