package storetest

import (
	"context"
	"net/url"
	"os"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/grantproof/grantproof/impl/token"
)

// Key is a key of a store, for tests.
const Key = "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="

// Postgres makes an empty database for one test and returns its URL. The server
// is the one of GRANTPROOF_TEST_POSTGRES; without it the test fails.
func Postgres(t testing.TB) string {
	t.Helper()
	server := os.Getenv("GRANTPROOF_TEST_POSTGRES")
	if server == "" {
		t.Fatal("this test needs PostgreSQL: run it with `harness/postgres.sh go test …`, as `make full` does, or set GRANTPROOF_TEST_POSTGRES to a URL")
	}
	name := pgx.Identifier{"grantproof " + token.NewID()}
	admin(t, server, "CREATE DATABASE "+name.Sanitize())
	t.Cleanup(func() { admin(t, server, "DROP DATABASE "+name.Sanitize()+" WITH (FORCE)") })
	address, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	address.Path = "/" + name[0]
	return address.String()
}

func admin(t testing.TB, server, statement string) {
	t.Helper()
	ctx := context.Background()
	connection, err := pgx.Connect(ctx, server)
	if err != nil {
		t.Fatal(err)
	}
	defer connection.Close(ctx)
	if _, err := connection.Exec(ctx, statement); err != nil {
		t.Fatal(err)
	}
}
