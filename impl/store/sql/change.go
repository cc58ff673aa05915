package sql

import (
	"context"
	"errors"

	"github.com/grantproof/grantproof/impl/store"
)

// row is one row of a table of documents.
type row struct {
	*Store
	table, id string
}

// changeDocument reads a document and writes it back changed, in one transaction
// that locks the row first. A transaction is short: change does not use the
// store.
func changeDocument[T any](ctx context.Context, r row, change func(*T) error) error {
	ctx, cancel := bounded(ctx)
	defer cancel()
	if noText(r.id) {
		return store.ErrNotFound
	}
	transaction, err := r.db.write.BeginTx(ctx, nil)
	if err != nil {
		return r.failure(err)
	}
	var one T
	err = r.failure(transaction.QueryRowContext(ctx, `UPDATE `+r.table+` SET id = id WHERE realm = $1 AND id = $2 RETURNING document`,
		r.realm, r.id).Scan(document{&one}))
	if err == nil {
		err = change(&one)
	}
	if err != nil {
		return errors.Join(err, transaction.Rollback())
	}
	if _, err := transaction.ExecContext(ctx, `UPDATE `+r.table+` SET document = $3 WHERE realm = $1 AND id = $2`, r.realm, r.id, document{one}); err != nil {
		return errors.Join(r.failure(err), transaction.Rollback())
	}
	return r.failure(transaction.Commit())
}
