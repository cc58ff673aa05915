package setting

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
	"github.com/grantproof/grantproof/harness/proof"
	"github.com/grantproof/grantproof/harness/target"
	"github.com/grantproof/grantproof/harness/useragent"
	"github.com/grantproof/grantproof/harness/world"
)

// controlled is a target with a control plane, which makes whatever a scenario
// wants: it gives each a realm, in which nothing was done before.
type controlled struct{ target.Control }

// plane is the control plane; what is sent to it is in the log of the scenario.
func (c controlled) plane(w *world.World) *control.ClientWithResponses {
	w.Log.Secret(c.Token)
	authorize := func(_ context.Context, request *http.Request) error {
		request.Header.Set("Authorization", "Bearer "+c.Token)
		return nil
	}
	client, _ := control.NewClientWithResponses(c.URL, control.WithHTTPClient(w.Log), control.WithRequestEditorFn(authorize)) // fails for no URL
	return client
}

func refused(what string, response *http.Response, body []byte) error {
	return fmt.Errorf("the control plane refused %s: %s %s", what, response.Status, body)
}

// Realm implements world.Setting.
func (c controlled) Realm(ctx context.Context, w *world.World) (*world.Realm, error) {
	return c.MakeRealm(ctx, w, control.RealmRequest{Policy: new(control.Strict)})
}

// MakeRealm implements world.Setting.
func (c controlled) MakeRealm(ctx context.Context, w *world.World, policy control.RealmRequest) (*world.Realm, error) {
	policy.Faults = new(append([]string{}, w.Run.Faults...))
	if len(w.Run.Variants) > 0 {
		policy.Variants = &w.Run.Variants
	}
	plane := c.plane(w)
	made, err := plane.CreateRealmWithResponse(ctx, policy)
	if err != nil {
		return nil, fmt.Errorf("no realm could be made: %w", err)
	}
	if made.JSON201 == nil {
		return nil, refused("a realm", made.HTTPResponse, made.Body)
	}
	realm := &world.Realm{Realm: *made.JSON201}
	w.OnClose(func(ctx context.Context) { _, _ = plane.DeleteRealmWithResponse(ctx, realm.ID) })
	w.Log.Plant(*realm.ResourceClient.ClientSecret)
	w.Log.Plant(realm.User.Password)
	for _, canary := range realm.Canaries {
		w.Log.Plant(canary)
	}
	return realm, nil
}

// Change implements world.Setting.
func (c controlled) Change(ctx context.Context, w *world.World, policy control.RealmRequest) error {
	changed, err := c.plane(w).ChangeRealmWithResponse(ctx, w.Realm.ID, policy)
	if err == nil && changed.JSON200 == nil {
		err = refused("the realm's new policy", changed.HTTPResponse, changed.Body)
	}
	return err
}

// Demand implements world.Setting.
func (c controlled) Demand(ctx context.Context, w *world.World, policy control.RealmRequest) error {
	return c.Change(ctx, w, policy)
}

// AddResource implements world.Setting.
func (c controlled) AddResource(ctx context.Context, w *world.World, identifier string) error {
	if !slices.Contains(w.Realm.Further, identifier) {
		w.Realm.Further = append(w.Realm.Further, identifier)
	}
	return c.Change(ctx, w, control.RealmRequest{Resources: &w.Realm.Further})
}

// Register implements world.Setting.
func (c controlled) Register(ctx context.Context, w *world.World, wanted world.Wanted) error {
	request := wanted.Request
	if wanted.Serves != world.NoResource {
		resource, err := c.served(ctx, w, wanted.Serves)
		if err != nil {
			return err
		}
		request.Serves = cmp.Or(request.Serves, &[]string{resource})
	}
	key, err := acts.GiveKey(w, &request, wanted.Table)
	if err != nil {
		return err
	}
	made, err := c.plane(w).CreateClientWithResponse(ctx, w.Realm.ID, request)
	if err != nil {
		return err
	}
	if made.JSON201 == nil {
		return refused("the client", made.HTTPResponse, made.Body)
	}
	w.Client = &world.Client{
		ID: made.JSON201.ClientID, Method: made.JSON201.TokenEndpointAuthMethod, GrantTypes: made.JSON201.GrantTypes,
		RedirectURIs: made.JSON201.RedirectUris, Scope: made.JSON201.Scope, Key: key, Title: *request.ClientName,
		Registered: request.SelfRegistered != nil && *request.SelfRegistered,
	}
	if made.JSON201.ClientSecret != nil {
		w.Client.Secret = *made.JSON201.ClientSecret
		w.Log.Plant(w.Client.Secret)
	}
	return nil
}

// served is the protected resource that a client is to serve: the last one, or
// another that the authorization server knows from now on.
func (c controlled) served(ctx context.Context, w *world.World, serves world.Serves) (string, error) {
	n := len(w.Realm.Further)
	if serves == world.SameResource {
		if n == 0 {
			return "", errors.New("no client serves a protected resource yet")
		}
		return w.Realm.Further[n-1], nil
	}
	resource := acts.Valid(w, "second resource")
	if n > 0 {
		resource = fmt.Sprintf("%s/resource-%d", w.Realm.Resource, n+2)
	}
	return resource, c.AddResource(ctx, w, resource)
}

// ResourceClient implements world.Setting.
func (controlled) ResourceClient(w *world.World) (*world.Client, bool) {
	known := w.Realm.ResourceClient
	return &world.Client{Name: acts.ProtectedResource, ID: known.ClientID, Secret: *known.ClientSecret, Method: "client_secret_basic"}, true
}

// InitialToken implements world.Setting.
func (controlled) InitialToken(*world.World) (string, error) { return proof.Random(), nil }

// MayUse implements world.Setting: the scenario registers what it means.
func (controlled) MayUse(*world.World, string) error { return nil }

// ClientCredentials implements world.Setting.
func (controlled) ClientCredentials(*world.World, *world.Client) bool { return true }

// Decide implements world.Setting: the realm decides without a page.
func (c controlled) Decide(ctx context.Context, w *world.World, decision useragent.Decision) error {
	return c.Change(ctx, w, control.RealmRequest{ResourceOwner: new(control.RealmRequestResourceOwner(decision))})
}

// Approve implements world.Setting.
func (c controlled) Approve(ctx context.Context, w *world.World) error {
	return c.Decide(ctx, w, useragent.Approves)
}

// Consent implements world.Setting: a new realm remembers no approval.
func (controlled) Consent(*world.Run) world.Consent { return world.AsksAlways }

// SignOut implements world.Setting.
func (controlled) SignOut(ctx context.Context, w *world.World) error {
	return acts.OnAccount(ctx, w, "/sign-out", false)
}

// Account implements world.Setting.
func (controlled) Account(w *world.World, path string) (string, error) {
	return w.Realm.Issuer + path, nil
}

// Mint implements world.Setting.
func (c controlled) Mint(ctx context.Context, w *world.World, request control.MintRequest) (string, error) {
	minted, err := c.plane(w).MintTokenWithResponse(ctx, w.Realm.ID, request)
	if err != nil {
		return "", err
	}
	if minted.JSON201 == nil {
		return "", refused("the token", minted.HTTPResponse, minted.Body)
	}
	w.Log.Secret(minted.JSON201.AccessToken)
	return minted.JSON201.AccessToken, nil
}

// Hint implements world.Setting.
func (c controlled) Hint(ctx context.Context, w *world.World, request control.MintRequest) (string, error) {
	return c.Mint(ctx, w, request)
}

// RotateKeys implements world.Setting.
func (c controlled) RotateKeys(ctx context.Context, w *world.World) error {
	changed, err := c.plane(w).RotateKeysWithResponse(ctx, w.Realm.ID)
	if err == nil && changed.StatusCode() != http.StatusNoContent {
		err = refused("another signing key", changed.HTTPResponse, changed.Body)
	}
	return err
}

// Affords implements world.Setting: the clock of a realm is moved.
func (controlled) Affords(*world.Run, time.Duration) *check.NotApplicable { return nil }

// Pass implements world.Setting.
func (c controlled) Pass(ctx context.Context, w *world.World, wait time.Duration) error {
	seconds := int64(wait.Seconds())
	passed, err := c.plane(w).AdvanceClockWithResponse(ctx, w.Realm.ID, control.AdvanceClockJSONRequestBody{Seconds: seconds})
	if err != nil {
		return err
	}
	if passed.StatusCode() != http.StatusNoContent {
		return refused("the passing of time", passed.HTTPResponse, passed.Body)
	}
	w.Realm.Ahead += seconds
	return nil
}

// Expire implements world.Setting: the access tokens of a realm live an hour.
func (c controlled) Expire(ctx context.Context, w *world.World) error {
	return c.Pass(ctx, w, time.Hour+time.Second)
}

// Traffic implements world.Setting.
func (c controlled) Traffic(ctx context.Context, w *world.World, realm string) ([]control.Request, []string, error) {
	seen, err := c.plane(w).TrafficWithResponse(ctx, realm)
	if err != nil {
		return nil, nil, err
	}
	if seen.JSON200 == nil {
		return nil, nil, refused("the traffic", seen.HTTPResponse, seen.Body)
	}
	if forgotten := seen.JSON200.Forgotten; forgotten > 0 {
		return nil, nil, fmt.Errorf("the servers have forgotten the first %d requests of the scenario, so that none can be counted; send fewer", forgotten)
	}
	return seen.JSON200.Requests, seen.JSON200.Log, nil
}

// Publish implements world.Setting.
func (controlled) Publish(_ *world.Run, server *http.Server) (*world.Publication, error) {
	return world.PublishOnLoopback(server)
}

// Revisions implements world.Setting.
func (controlled) Revisions(context.Context, *world.Run) []string {
	return []string{acts.Stateful, acts.Stateless}
}

// Arrived implements world.Setting: what a realm of ours shows is what it means.
func (controlled) Arrived(*world.World, useragent.Arrival) error { return nil }

// Limited implements world.Setting: it is known what the limit is.
func (controlled) Limited(*exchange.Exchange) error { return nil }
