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
		Use: "store", Short: "Make the store in which a hardened serve remembers", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	in.flag(cmd)
	cmd.AddCommand(&cobra.Command{
		Use: "init", Short: "Make the store: its file, its tables and its signing keys", Args: cobra.NoArgs,
		Long: `Make the store in which "grantproof serve --hardened" remembers: the SQLite file
or the tables in a PostgreSQL database, and the first signing keys. A hardened
server makes none itself, so that a mistyped location is an error and no empty
server. A store that is there already keeps all that it has.`,
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
		return errors.New("--store memory is made by the server that has it; name a database")
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
