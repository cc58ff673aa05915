package authserver

import (
	"context"
	"time"

	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
)

// unusedUntil is when a registration of now ends if it is not used; zero is
// never. Open registration would fill the store otherwise. A client that is
// deprovisioned loses its registration access token with it (RFC 7592 section 5,
// https://www.rfc-editor.org/rfc/rfc7592#section-5).
func unusedUntil(r *realm.Realm) time.Time {
	if r.Policy().UnusedClients == 0 {
		return time.Time{}
	}
	return r.Clock.Now().Add(r.Policy().UnusedClients).Truncate(time.Second)
}

// used keeps a client to which something was granted: for good where a person
// allowed it, and for as long again where it got a token for itself, which takes
// the client alone.
func used(ctx context.Context, r *realm.Realm, client store.Client, byPerson bool) error {
	renewed := unusedUntil(r)
	switch {
	case client.UnusedUntil.IsZero():
		return nil
	case byPerson:
		return r.Store().KeepClient(ctx, client.ID, time.Time{})
	case renewed.Sub(client.UnusedUntil) < r.Policy().UnusedClients/2:
		return nil // One write in a while is enough.
	}
	return r.Store().KeepClient(ctx, client.ID, renewed)
}
