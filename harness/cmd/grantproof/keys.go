package main

import (
	"fmt"
	"time"

	"charm.land/lipgloss/v2"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

func newKeys() *cobra.Command {
	return groupOf(&cobra.Command{
		Use: "keys", Short: "List and rotate the signing keys of the authorization server",
		Example: "  grantproof keys list\n  grantproof keys rotate --algorithm ES256",
	}, newKeysList(), newKeysRotate())
}

func newKeysList() *cobra.Command {
	return storeCommand(&cobra.Command{
		Use: "list", Short: "List the signing keys, and until when the retired ones are published",
		Long: `List the signing keys by algorithm, the oldest first. A retired key is published
until the last token that it signed has expired.`,
		Example: "  grantproof keys list\n  grantproof keys list --store postgres://user@db.example.com/grantproof", Args: cobra.NoArgs,
	}, func(cmd *cobra.Command, s store.Store, _ []string) error {
		keys, err := realm.KeptKeys(cmd.Context(), s)
		if err != nil {
			return err
		}
		var rows [][]string
		for _, key := range keys {
			rows = append(rows, []string{key.Algorithm, key.ID, stateOf(key, time.Now())})
		}
		return table(cmd.OutOrStdout(), []string{"ALGORITHM", "KID", "STATE"}, rows)
	})
}

// stateOf says what a key is for at a time.
func stateOf(key token.Key, now time.Time) string {
	switch {
	case now.Before(key.SignsFrom):
		return "published, signs from " + key.SignsFrom.Format(time.RFC3339)
	case key.Until.IsZero():
		return "signs"
	case now.Before(key.Until):
		return "retired, published until " + key.Until.Format(time.RFC3339)
	}
	return "retired, not published since " + key.Until.Format(time.RFC3339)
}

func newKeysRotate() *cobra.Command {
	var algorithm string
	cmd := storeCommand(&cobra.Command{
		Use: "rotate", Short: "Make a new signing key that takes the place of the one before",
		Long: `Make a new signing key. It is published at once and signs a few seconds later,
when every server knows it. The one before stays published until the last token
that it signed has expired, so that no token becomes invalid.`,
		Example: "  grantproof keys rotate\n  grantproof keys rotate --algorithm RS256", Args: cobra.NoArgs,
	}, func(cmd *cobra.Command, s store.Store, _ []string) error {
		if err := realm.RotateKept(cmd.Context(), s, algorithm, time.Now()); err != nil {
			return err
		}
		_, err := lipgloss.Fprintf(cmd.OutOrStdout(), "A new key for %s is published, and signs in a moment.\n", algorithm)
		return err
	})
	cmd.Flags().StringVar(&algorithm, "algorithm", token.Algorithms[0], fmt.Sprintf("the `alg` that it signs with, one of %v", token.Algorithms))
	return cmd
}
