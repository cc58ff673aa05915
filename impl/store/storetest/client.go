package storetest

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

// clientKept fills every field, so that none is forgotten.
func clientKept(t *testing.T, s store.Store) {
	ctx := context.Background()
	secret, registration := token.HashOf("secret"), token.HashOf("registration")
	client := store.Client{
		ID: "c", Secret: &secret, AuthMethod: "client_secret_post", GrantTypes: []string{"authorization_code"},
		RedirectURIs: []string{"https://a.example/cb", "http://127.0.0.1/cb"}, Scope: token.Scope{"a", "b"},
		ActsFor: []string{"u"}, Serves: []string{"https://api.example"}, Demo: true, JWKS: json.RawMessage(`{"keys":[]}`), JWKSURI: "https://a.example/keys",
		ClientMetadata: store.ClientMetadata{
			Name: "A", ApplicationType: "web", URI: "https://a.example/", LogoURI: "https://a.example/logo", TermsURI: "https://a.example/tos",
			PolicyURI: "https://a.example/policy", Contacts: []string{"a@a.example"}, SoftwareID: "s", SoftwareVersion: "1",
			Localized: map[string]string{"client_name#de": "Ä"},
		},
		UnusedUntil: time.Unix(3000, 0).UTC(),
		IssuedAt:    time.Unix(1000, 0).UTC(), SecretExpiresAt: time.Unix(2000, 0).UTC(), RegistrationToken: &registration,
	}
	must(t, s.PutClient(ctx, client))
	found, err := s.Client(ctx, "c")
	must(t, err)
	found.IssuedAt, found.SecretExpiresAt, found.UnusedUntil = found.IssuedAt.UTC(), found.SecretExpiresAt.UTC(), found.UnusedUntil.UTC()
	if !reflect.DeepEqual(found, client) {
		t.Fatalf("got  %+v\nwant %+v", found, client)
	}
	must(t, s.PutClient(ctx, store.Client{ID: "c", AuthMethod: "none"}))
	if found, err = s.Client(ctx, "c"); err != nil || found.Secret != nil || found.Name != "" || !found.IssuedAt.IsZero() {
		t.Fatalf("put again with less: %+v, %v", found, err)
	}
}

// clientUnused: a client that is not used ends, and one that is used does not,
// whatever is put of it later.
func clientUnused(t *testing.T, s store.Store) {
	ctx, end := context.Background(), time.Unix(1000, 0)
	for id, unused := range map[string]time.Time{"lasting": {}, "unused": end, "used": end, "renewed": end} {
		must(t, s.PutClient(ctx, store.Client{ID: id, UnusedUntil: unused}))
	}
	must(t, s.KeepClient(ctx, "used", time.Time{}))
	must(t, s.PutClient(ctx, store.Client{ID: "used", UnusedUntil: end}))
	must(t, s.KeepClient(ctx, "renewed", end.Add(time.Hour)))
	must(t, s.KeepClient(ctx, "lasting", end))
	must(t, s.KeepClient(ctx, "unknown", end))
	if renewed, err := s.Client(ctx, "renewed"); err != nil || !renewed.UnusedUntil.Equal(end.Add(time.Hour)) {
		t.Errorf("the renewed client is %+v, %v", renewed, err)
	}
	for _, sweep := range []struct {
		at   time.Time
		left []string
	}{
		{end, []string{"lasting", "renewed", "unused", "used"}},
		{end.Add(time.Second), []string{"lasting", "renewed", "used"}},
		{end.Add(2 * time.Hour), []string{"lasting", "used"}},
	} {
		must(t, s.Sweep(ctx, sweep.at))
		clients, err := s.Clients(ctx)
		must(t, err)
		var left []string
		for _, client := range clients {
			left = append(left, client.ID)
		}
		if !slices.Equal(left, sweep.left) {
			t.Errorf("at %v there are %q, want %q", sweep.at, left, sweep.left)
		}
	}
}

func clientDeleted(t *testing.T, s store.Store) {
	ctx := context.Background()
	for _, id := range []string{"gone", "kept"} {
		must(t, s.PutClient(ctx, store.Client{ID: id}))
		must(t, s.PutGrant(ctx, store.Grant{ID: "of " + id, ClientID: id, ExpiresAt: time.Unix(1000, 0)}))
	}
	must(t, s.DeleteClient(ctx, "gone"))
	must(t, s.DeleteClient(ctx, "unknown"))
	if _, err := s.Client(ctx, "gone"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("the deleted client: %v, want ErrNotFound", err)
	}
	for id, ended := range map[string]bool{"gone": true, "kept": false} {
		grant, err := s.Grant(ctx, "of "+id)
		if revoked := grant.Revoked || errors.Is(err, store.ErrNotFound); revoked != ended {
			t.Errorf("the grant of the client %s: %+v, %v; ended should be %v", id, grant, err, ended)
		}
	}
	if _, err := s.Client(ctx, "kept"); err != nil {
		t.Error(err)
	}
}
