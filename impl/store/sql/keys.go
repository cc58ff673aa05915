package sql

import (
	"context"
	"database/sql"

	"github.com/grantproof/grantproof/impl/store"
)

// PutKey implements store.Keys. The private part is encrypted.
func (s *Store) PutKey(ctx context.Context, key store.Key) error {
	sealed, err := s.sealKey(key)
	if err != nil {
		return err
	}
	made, err := s.exec(ctx, `INSERT INTO signing_keys (realm, algorithm, generation, id, created_at, private)
		VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING`,
		key.Algorithm, key.Generation, key.ID, milliseconds(key.CreatedAt), sealed)
	if err == nil && made == 0 {
		err = store.ErrUsed
	}
	return err
}

// Keys implements store.Keys.
func (s *Store) Keys(ctx context.Context) ([]store.Key, error) {
	return list(ctx, s, s.scanKey, `SELECT algorithm, generation, id, created_at, private FROM signing_keys
		WHERE realm = $1 ORDER BY algorithm, generation`)
}

func (s *Store) scanKey(rows *sql.Rows) (store.Key, error) {
	var key store.Key
	var created int64
	var sealed []byte
	if err := rows.Scan(&key.Algorithm, &key.Generation, &key.ID, &created, &sealed); err != nil {
		return key, err
	}
	key.CreatedAt = timeOf(created)
	var err error
	key.Private, err = s.openKey(key, sealed)
	return key, err
}
