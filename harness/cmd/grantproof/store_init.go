package main

import (
	"errors"
	"fmt"
	"os"

	"charm.land/lipgloss/v2"
	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store/sql"
)

func newStore() *cobra.Command {
	var in inStore
	cmd := &cobra.Command{
		Use: "store", Short: "Make the store of a hardened server", Args: cobra.NoArgs,
		Example: "  grantproof store init --store sqlite:/var/lib/grantproof/as.db",
		RunE:    func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	in.flag(cmd)
	cmd.AddCommand(&cobra.Command{
		Use: "init", Short: "Make the store: its file, its tables and its signing keys", Args: cobra.NoArgs,
		Long: `Make the store of "grantproof serve --hardened": the SQLite file or the tables in a PostgreSQL database, and the first signing keys. A hardened
server never makes a store, so that a mistyped location is an error instead of an
empty server. An existing store keeps its data.`,
		Example: `  GRANTPROOF_STORE_KEY=$(openssl rand -base64 32) grantproof store init --store sqlite:/var/lib/grantproof/as.db`,
		RunE:    func(cmd *cobra.Command, _ []string) error { return initStore(cmd, in.location) },
	})
	return cmd
}

func initStore(cmd *cobra.Command, flag string) error {
	location, err := locate(flag)
	if err != nil {
		return err
	}
	if location == "memory" {
		return errors.New("--store memory lives in the server process and needs no init; name a database")
	}
	db, err := sql.Open(cmd.Context(), location, sql.Options{Key: os.Getenv(storeKey)})
	if err != nil {
		return fmt.Errorf("the store %s: %w", shownStore(location), err)
	}
	if _, err = realm.Open(db); err == nil { // It makes the signing keys.
		lipgloss.Fprintf(cmd.OutOrStdout(), "The store is ready: %s\n", shownStore(location))
	}
	return errors.Join(err, db.Close())
}
