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
	"github.com/grantproof/grantproof/impl/token"
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
	if root, err = openStores(config.Store, sql.Options{Key: config.StoreKey, Existing: config.StoreExists, Failed: f.metrics.StoreFailed}); err != nil {
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

// What the root realm does again and again: it forgets what expired, and takes
// over the keys that another replica or a command has changed.
const (
	sweepEvery  = time.Minute
	followEvery = 500 * time.Millisecond
)

// keepUp does this, and writes the events down, until ctx ends.
func keepUp(ctx context.Context, r *realm.Realm, config Config) {
	go r.Audit.Keep(ctx, func(err error) { config.Log.WarnContext(ctx, "events could not be kept", "error", err) })
	go repeat(ctx, sweepEvery, config.Log, "what expired could not be forgotten", func() error {
		return r.Store().Sweep(ctx, r.Clock.Now())
	})
	if config.Store == "" || config.Store == inMemory {
		token.Prepare() // Somebody will ask for the key set soon.
		return
	}
	repeat(ctx, followEvery, config.Log, "the signing keys could not be looked at", func() error { return r.FollowKeys(ctx) })
}

func repeat(ctx context.Context, every time.Duration, log *slog.Logger, problem string, do func() error) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if err := do(); err != nil && ctx.Err() == nil {
			log.WarnContext(ctx, problem, "error", err)
		}
	}
}
