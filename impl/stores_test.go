package impl

import (
	"context"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
)

func TestRepeat(t *testing.T) {
	realms, err := realm.New(realm.Options{Issuer: "http://issuer.test", Resource: "http://resource.test"})
	if err != nil {
		t.Fatal(err)
	}
	root := realms.Root()
	if err := root.Store().PutGrant(t.Context(), store.Grant{ID: "g", ExpiresAt: time.Now().Add(-time.Second)}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	defer cancel()
	go repeat(ctx, time.Millisecond, slog.New(slog.DiscardHandler), "", func() error { return root.Store().Sweep(ctx, time.Now()) })
	for deadline := time.Now().Add(5 * time.Second); time.Now().Before(deadline); time.Sleep(time.Millisecond) {
		if _, err := root.Store().Grant(t.Context(), "g"); errors.Is(err, store.ErrNotFound) {
			return
		}
	}
	t.Error("what expired is not forgotten")
}
