package setting

import (
	"context"
	"net/http"
	"sync"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/world"
)

// foreign is a target as somebody else set it up. Its clients register
// themselves or are in the target file, its resource owner signs in, and time
// passes by waiting. What was tried once counts for all scenarios of the run.
type foreign struct {
	outlet     outlet
	revisions  revisions
	registered sync.Map // kind → world.Client
}

// Realm implements world.Setting: all scenarios have the same, which outlives
// them.
func (f *foreign) Realm(_ context.Context, w *world.World) (*world.Realm, error) {
	known := w.Run.Target
	realm := &world.Realm{
		Realm:  control.Realm{Issuer: known.AuthorizationServer.Issuer, Resource: known.ResourceServer.URL},
		Scope:  acts.ScopesOfResources(acts.Listed(w.Run, "scopes_supported")), // What the server offers.
		Ledger: &w.Run.Ledger,
	}
	realm.User.Username, realm.User.Password = known.ResourceOwner.Username, known.ResourceOwner.Password
	w.OnClose(func(ctx context.Context) { w.EndRegistrations(ctx) })
	return realm, nil
}

// MakeRealm implements world.Setting.
func (*foreign) MakeRealm(context.Context, *world.World, control.RealmRequest) (*world.Realm, error) {
	return nil, noControl("make a realm")
}

// Change implements world.Setting.
func (*foreign) Change(context.Context, *world.World, control.RealmRequest) error {
	return noControl("change its policy")
}

// Demand implements world.Setting: the target has the policy that it has.
func (*foreign) Demand(context.Context, *world.World, control.RealmRequest) error { return nil }

// AddResource implements world.Setting: the second one is in the target file.
func (*foreign) AddResource(_ context.Context, w *world.World, _ string) error {
	if w.Run.Target.ResourceServer.Second == "" {
		return check.Unnamed("resource_server.second", "the target names no second protected resource; add resource_server.second to the target file, if the authorization server issues tokens for another one")
	}
	return nil
}

// Traffic implements world.Setting.
func (*foreign) Traffic(context.Context, *world.World, string) ([]control.Request, []string, error) {
	return nil, nil, noControl("see what the servers received")
}

// Limited implements world.Setting.
func (*foreign) Limited(answer *exchange.Exchange) error {
	if answer == nil || answer.Status != http.StatusTooManyRequests {
		return nil
	}
	return acts.LimitedAt(answer.Endpoint)
}
