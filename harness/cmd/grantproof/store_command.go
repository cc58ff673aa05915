package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl"
	"github.com/grantproof/grantproof/impl/store"
)

// aboutStore is the end of the help of each command that works on a store.
const aboutStore = `
It works on the store of running servers, which notice within a second. --store
or GRANTPROOF_STORE says where that is; left out, it is the SQLite file in your
folder for data. PostgreSQL needs GRANTPROOF_STORE_KEY, which encrypts the keys.`

// storeCommand gives a command the flag --store, and do the store of the root
// realm.
func storeCommand(cmd *cobra.Command, do func(cmd *cobra.Command, s store.Store, args []string) error) *cobra.Command {
	var location string
	cmd.Long += "\n" + aboutStore
	cmd.Flags().StringVar(&location, "store", "", "`where` the servers remember: sqlite:PATH or postgres://…")
	cmd.RunE = func(cmd *cobra.Command, args []string) (err error) {
		located, err := locate(location)
		if err != nil {
			return err
		}
		opened, err := impl.OpenStore(located, os.Getenv(storeKey))
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, opened.Close()) }()
		return do(cmd, opened.Realm(""), args)
	}
	return cmd
}

// groupOf is a command that has nothing but others below it.
func groupOf(cmd *cobra.Command, below ...*cobra.Command) *cobra.Command {
	cmd.Args = cobra.NoArgs
	cmd.RunE = func(cmd *cobra.Command, _ []string) error { return cmd.Help() }
	cmd.AddCommand(below...)
	return cmd
}

// table writes rows below a line of titles.
func table(out io.Writer, titles []string, rows [][]string) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, row := range append([][]string{titles}, rows...) {
		fmt.Fprintln(w, strings.Join(row, "\t"))
	}
	return w.Flush()
}
