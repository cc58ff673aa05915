package main

import (
	"context"
	"errors"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store/sql"
)

// inStore is the flag of the commands that work on what `serve` remembers.
type inStore struct{ location string }

func (s *inStore) flag(cmd *cobra.Command) {
	cmd.PersistentFlags().StringVar(&s.location, "store", "", "the `store` of serve: sqlite:PATH or postgres://… (default: GRANTPROOF_STORE, else the SQLite file in your data folder)")
}

// use opens the store, has do work on its root realm, and closes it. Servers
// may run on it meanwhile.
func (s *inStore) use(ctx context.Context, do func(*realm.Realm) error) error {
	location, err := locate(s.location)
	if err != nil {
		return err
	}
	if location == "memory" {
		return errors.New("--store memory lives in the server process and cannot be reached from here; name a database")
	}
	db, err := sql.Open(ctx, location, sql.Options{Key: os.Getenv(storeKey), Existing: true})
	if err != nil {
		return fmt.Errorf("the store %s: %w", shownStore(location), err)
	}
	root, err := realm.Open(db)
	if err == nil {
		err = do(root)
	}
	return errors.Join(err, db.Close())
}
