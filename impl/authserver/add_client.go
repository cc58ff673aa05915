package authserver

import (
	"context"
	"time"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
)

// AddClient registers a client whom somebody here vouches for, by the rules of
// the registration endpoint. The secret in the answer, if it needs one, is
// nowhere else. An error says what is wrong with the metadata.
func AddClient(ctx context.Context, r *realm.Realm, metadata oauth.ClientMetadata) (oauth.ClientInformation, error) {
	client := store.Client{ID: newClientID(r, metadata), IssuedAt: r.Clock.Now().Truncate(time.Second)}
	if refused := setMetadata(&client, metadata, r.Faults()); refused != nil {
		return oauth.ClientInformation{}, refused
	}
	issued := issueCredentials(r, &client)
	if err := r.Store().PutClient(ctx, client); err != nil {
		return oauth.ClientInformation{}, err
	}
	err := audit.ByCommand(ctx, r.Store(), store.Event{Name: audit.ClientRegistered, ClientID: client.ID}, r.Clock.Now())
	return information(r, client, issued), err
}
