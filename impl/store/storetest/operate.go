package storetest

import (
	"context"
	"errors"
	"reflect"
	"testing"
	"time"

	"github.com/grantproof/grantproof/impl/store"
	"github.com/grantproof/grantproof/impl/token"
)

func userDeleted(t *testing.T, s store.Store) {
	ctx, later := context.Background(), time.Unix(9000, 0)
	for _, id := range []string{"u", "v"} {
		must(t, s.PutUser(ctx, store.User{ID: id, Username: id}))
		must(t, s.PutGrant(ctx, store.Grant{ID: id, UserID: id, ExpiresAt: later}))
		must(t, s.PutConsent(ctx, store.Consent{UserID: id, ClientID: "c", Scope: token.Scope{"a"}}))
	}
	must(t, s.DeleteUser(ctx, "u"))
	must(t, s.DeleteUser(ctx, "u"))
	for id, kept := range map[string]bool{"u": false, "v": true} {
		_, user := s.User(ctx, id)
		_, consent := s.Consent(ctx, id, "c")
		grant, err := s.Grant(ctx, id)
		must(t, err)
		if (user == nil) != kept || (consent == nil) != kept || grant.Revoked == kept {
			t.Errorf("%s: user %v, consent %v, grant revoked: %v; kept is to be %v", id, user, consent, grant.Revoked, kept)
		}
		if !kept && !errors.Is(user, store.ErrNotFound) {
			t.Errorf("a deleted user: %v, want ErrNotFound", user)
		}
	}
}

func eventsKept(t *testing.T, s store.Store) {
	ctx, begin := context.Background(), time.Unix(1000, 0)
	whole := filled[store.Event](begin.Add(2 * time.Hour))
	must(t, s.PutEvents(ctx, nil))
	must(t, s.PutEvents(ctx, []store.Event{whole, {Name: "second", At: begin.Add(1), ExpiresAt: whole.At}, {Name: "first", At: begin, ExpiresAt: begin}}))
	events, err := s.Events(ctx, begin)
	if err != nil || len(events) != 3 || events[0].Name != "first" || events[1].Name != "second" || !reflect.DeepEqual(fields(events[2]), fields(whole)) {
		t.Fatalf("got %+v, %v; want first, second and all of %+v", events, err, whole)
	}
	if events, err := s.Events(ctx, begin.Add(time.Hour)); err != nil || len(events) != 1 {
		t.Errorf("since an hour later: %+v, %v; want one", events, err)
	}
	must(t, s.Sweep(ctx, begin.Add(time.Hour)))
	if events, err := s.Events(ctx, time.Time{}); err != nil || len(events) != 2 || events[0].Name != "second" {
		t.Errorf("after the sweep: %+v, %v; want second and the whole one", events, err)
	}
}
