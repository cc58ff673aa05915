//go:build full

package sql_test

import (
	"testing"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/store/sql"
	"github.com/grantproof/grantproof/impl/store/storetest"
	"github.com/grantproof/grantproof/impl/token"
)

func TestPostgres(t *testing.T) {
	db := open(t, storetest.Postgres(t))
	storetest.Run(t, func(*testing.T) store.Store { return db.Realm(token.NewID()) })
	examine(t, storetest.Postgres)
}

// PostgreSQL has no place for a key file.
func TestPostgresWithoutKey(t *testing.T) {
	db, err := sql.Open(t.Context(), storetest.Postgres(t), sql.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if err := db.Realm("").PutKey(t.Context(), store.Key{Generation: 1}); err == nil {
		t.Error("a signing key was stored as it is")
	}
}
