package authserver

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/grantproof/grantproof/generated/oauth"
	"github.com/grantproof/grantproof/impl/audit"
	"github.com/grantproof/grantproof/impl/cimd"
	"github.com/grantproof/grantproof/impl/realm"
	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// Preregister registers a client for somebody who runs the server, by the
// metadata in raw (RFC 7591 section 2, https://www.rfc-editor.org/rfc/rfc7591#section-2),
// under an id of their choice or, left empty, a made one. It returns the client
// with its secret, if it has one, which is kept nowhere.
func Preregister(ctx context.Context, r *realm.Realm, id string, raw []byte) (store.Client, string, error) {
	metadata, err := readMetadata(raw)
	if err != nil {
		return store.Client{}, "", err
	}
	client := store.Client{ID: id, IssuedAt: r.Clock.Now().Truncate(time.Second)}
	if id == "" {
		client.ID = newClientID(r, metadata)
	} else if err := mayBeID(ctx, r, id); err != nil {
		return store.Client{}, "", err
	}
	if refused := setMetadata(&client, metadata, nil); refused != nil {
		return store.Client{}, "", errors.New(refused.Description)
	}
	secret := ""
	if strings.HasPrefix(client.AuthMethod, "client_secret_") {
		secret = token.NewSecret()
		r.GiveSecret(&client, secret)
	}
	if err := r.Store().PutClient(ctx, client); err != nil {
		return store.Client{}, "", err
	}
	event := audit.ByCommand(audit.ClientRegistered, "", r.Clock.Now())
	event.ClientID = client.ID
	return client, secret, r.Store().PutEvents(ctx, []store.Event{event})
}

func readMetadata(raw []byte) (metadata oauth.ClientMetadata, err error) {
	known, err := documents()
	if err != nil {
		return metadata, err
	}
	judged, refused := known["POST /oauth/register"].Judge(raw)
	if refused != nil {
		return metadata, errors.New(refused.Description)
	}
	return metadata, json.Unmarshal(judged, &metadata)
}

const longestID = 128 // Bytes.

// mayBeID: no client is taken for another one, for a document, or for a user
// (RFC 9700 section 4.15.1, https://www.rfc-editor.org/rfc/rfc9700#section-4.15.1).
// The characters are those of RFC 6749 appendix A.1
// (https://www.rfc-editor.org/rfc/rfc6749#appendix-A.1), without the space.
func mayBeID(ctx context.Context, r *realm.Realm, id string) error {
	odd := strings.ContainsFunc(id, func(c rune) bool { return c <= ' ' || c > '~' })
	if odd || len(id) > longestID || cimd.IsURL(id) || strings.HasPrefix(id, "user-") {
		return fmt.Errorf("%q cannot be the id of a client: use up to %d printable characters of ASCII, no URL, and not user-…", id, longestID)
	}
	_, client := r.Store().Client(ctx, id)
	_, user := r.Store().User(ctx, id)
	switch {
	case client == nil:
		return fmt.Errorf("there is a client %s already", id)
	case user == nil:
		return fmt.Errorf("%s is the id of a user", id)
	case !errors.Is(client, store.ErrNotFound):
		return client
	}
	return nil
}

// Unregister forgets a client for somebody who runs the server; its grants end.
func Unregister(ctx context.Context, s store.Store, id string, now time.Time) error {
	if _, err := s.Client(ctx, id); errors.Is(err, store.ErrNotFound) {
		return fmt.Errorf("there is no client %s", id)
	} else if err != nil {
		return err
	}
	if err := s.DeleteClient(ctx, id); err != nil {
		return err
	}
	event := audit.ByCommand(audit.ClientDeleted, "", now)
	event.ClientID = id
	return s.PutEvents(ctx, []store.Event{event})
}
