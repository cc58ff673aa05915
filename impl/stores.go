package impl

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/store/memory"
	"github.com/grantproof/grantproof/impl/store/sql"
)

// inMemory is the location of a store that ends with the process.
const inMemory = "memory"

// openTime is how long opening a store may take, migrations included.
const openTime = time.Minute

// openStores opens what a location names; nothing is memory.
func openStores(location string, options sql.Options) (store.Stores, error) {
	if location == "" || location == inMemory {
		return memory.Stores{}, nil
	}
	ctx, cancel := context.WithTimeout(context.Background(), openTime)
	defer cancel()
	db, err := sql.Open(ctx, location, options)
	if err != nil {
		return nil, fmt.Errorf("the store: %w", err)
	}
	return db, nil
}

// openStores opens the stores of the root realm and of the scenarios.
func (f *Fixture) openStores(config Config) (root, scenarios store.Stores, err error) {
	if root, err = openStores(config.Store, sql.Options{Key: config.StoreKey}); err != nil {
		return nil, nil, err
	}
	f.stores = append(f.stores, root)
	if scenarios, err = openStores(config.ScenarioStore, sql.Options{Key: config.StoreKey, Disposable: true}); err != nil {
		return nil, nil, err
	}
	f.stores = append(f.stores, scenarios)
	return root, scenarios, nil
}

// closeStores forgets what scenarios left behind, and ends the stores.
func (f *Fixture) closeStores() error {
	var errs []error
	if f.Realms != nil {
		errs = append(errs, f.Realms.Clear(context.Background()))
	}
	for _, opened := range f.stores {
		errs = append(errs, opened.Close())
	}
	f.stores = nil
	return errors.Join(errs...)
}

// sweepEvery is how often the root realm forgets what expired.
const sweepEvery = time.Minute

// sweep forgets what expired in r, until ctx ends.
func sweep(ctx context.Context, r *realm.Realm, every time.Duration, log *slog.Logger) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if err := r.Store().Sweep(ctx, r.Clock.Now()); err != nil && ctx.Err() == nil {
			log.WarnContext(ctx, "what expired could not be forgotten", "error", err)
		}
	}
}
