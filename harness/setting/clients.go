package setting

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/harness/acts"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/world"
)

// Register implements world.Setting: the client registers itself, or it is in the
// target file.
func (f *foreign) Register(ctx context.Context, w *world.World, wanted world.Wanted) error {
	if wanted.Serves != world.NoResource {
		return serving(w, wanted)
	}
	kind := fmt.Sprint(wanted.Name, wanted.Confidential, wanted.Table.Key())
	refused, err := registerLike(ctx, w, wanted)
	switch {
	case err != nil:
		return err
	case refused == nil:
		f.remember(w, kind, wanted)
		return nil
	case acts.IsLimited(refused) && f.recall(w, kind):
		return nil
	}
	if wanted.Name == world.Second {
		wanted.Table = nil // Another client of the file is as it is.
	}
	w.Client, err = fitting(w, wanted)
	if unfit := new(check.NotApplicable); errors.As(err, &unfit) {
		unfit.Reason = refused.Reason + ", and " + unfit.Reason
		if acts.IsLimited(refused) {
			unfit.Lacks = refused.Lacks
		}
	}
	if err == nil {
		w.Log.Plant(w.Client.Secret)
		choose(w, wanted)
	}
	return err
}

// registerLike registers a client dynamically as a scenario wants it, or tells
// why it cannot.
func registerLike(ctx context.Context, w *world.World, wanted world.Wanted) (*check.NotApplicable, error) {
	request, table := wanted.Request, wanted.Table
	if !w.Run.Capabilities["registration"] {
		return &check.NotApplicable{Reason: "the authorization server registers no clients"}, nil
	}
	if _, chosen := table.Get("client_secret"); chosen {
		return &check.NotApplicable{Reason: "no client chooses its secret when it registers"}, nil
	}
	if _, chosen := table.Get("token_endpoint_auth_method"); !chosen && wanted.Confidential {
		request.TokenEndpointAuthMethod = new(secretMethod(w.Run))
	}
	key, err := acts.GiveKey(w, &request, table)
	if err != nil {
		return nil, err
	}
	before := world.Part[acts.Registration](w)
	if unfit, err := registerAs(ctx, w, applicationTypes(wanted.Confidential, table), metadataFor(w.Run, request, table)); unfit != nil || err != nil {
		return unfit, err
	}
	world.Put(w, before)
	w.Client.Key = key
	if request.Scope == nil {
		w.Client.Scope = acts.ScopesOfResources(strings.Fields(w.Client.Scope))
	}
	unfit := func(row world.Row) bool { return !fits(w.Client, row, request) }
	if w.Client.Confidential() != wanted.Confidential || slices.ContainsFunc(table, unfit) {
		return &check.NotApplicable{Reason: "the authorization server registers another client than was asked for"}, nil
	}
	return nil, nil
}

// registerAs registers a client as the first type of application that the server takes,
// or tells why it takes none.
func registerAs(ctx context.Context, w *world.World, types []string, metadata world.Table) (*check.NotApplicable, error) {
	for _, kind := range types {
		err := acts.RegisterDynamically(ctx, w, append(slices.Clone(metadata), world.Row{Name: "application_type", Value: kind}))
		if unfit := new(check.NotApplicable); errors.As(err, &unfit) {
			return unfit, nil
		}
		if err != nil || acts.RegistrationMade(w) == nil {
			return nil, err
		}
	}
	if w.Last.Exchange.Status >= http.StatusInternalServerError {
		return nil, &check.Inconclusive{Reason: "the registration endpoint fails, so that there is no client: " + check.Describe(w.Last.Exchange)}
	}
	return &check.NotApplicable{Reason: "the authorization server does not register such a client: " + check.Describe(w.Last.Exchange)}, nil
}

// remember keeps the client that registered itself for scenarios that need one
// of its kind, when the target registers no more: if it is not deleted at the end
// of this one, and its keys are not published by it.
func (f *foreign) remember(w *world.World, kind string, wanted world.Wanted) {
	_, managed := acts.Object(w.Last)["registration_client_uri"]
	if _, published := wanted.Table.Get("jwks_uri"); !managed && !published {
		f.registered.Store(kind, *w.Client)
	}
}

// recall lets a client act that registered itself before.
func (f *foreign) recall(w *world.World, kind string) bool {
	known, ok := f.registered.Load(kind)
	if ok {
		client := known.(world.Client)
		w.Client = &client
		w.Log.Plant(client.Secret)
	}
	return ok
}

// serving finds a client that serves a protected resource in the target file:
// what it serves cannot be told by registering it.
func serving(w *world.World, wanted world.Wanted) error {
	switch {
	case wanted.Serves == world.SameResource:
		return noControl("make another client that serves the same resource")
	case wanted.Serves == world.NextResource:
		return noControl("make further clients that serve protected resources")
	case w.Run.Known(world.Exchanging) == nil:
		return check.Unnamed("clients.exchanging", "no client that registers itself may exchange tokens; name one that may as clients.exchanging in the target file")
	case w.Grant.Received.Token != "":
		return noControl("make another client that serves a protected resource")
	}
	client, err := fitting(w, wanted)
	w.Client = client
	return err
}

// ResourceClient implements world.Setting: the target file names a client for it;
// else the holder of the token introspects, else another client of the file.
func (*foreign) ResourceClient(w *world.World) (*world.Client, bool) {
	client, own := w.Run.Known("resource"), true
	if client == nil {
		if holder := w.Grant.Holder; holder != nil && holder.Confidential() {
			return holder, false
		}
		client, own = w.Run.Known(world.Confidential), false
	}
	if client != nil {
		client.Name = acts.ProtectedResource
	}
	return client, own
}

// InitialToken implements world.Setting.
func (*foreign) InitialToken(w *world.World) (string, error) {
	if w.Realm.InitialToken == "" {
		return "", check.Unnamed("authorization_server.initial_access_token", "the target file names no initial access token; add authorization_server.initial_access_token, if registration demands one")
	}
	return w.Realm.InitialToken, nil
}

// MayUse implements world.Setting. It keeps a mistake of the target file from
// being taken for one of the server: a client is asked only for what it is
// registered to do, and another one of its kind acts that is registered for it.
func (*foreign) MayUse(w *world.World, grant string) error {
	if client := w.Client; client.Without == grant || client.Registered && w.Run.Capabilities[grant] { // As it was meant.
		return nil
	}
	lacks := lacksFor(w, w.Client, grant)
	if lacks == nil {
		return nil
	}
	other := instead(w, grant)
	if other == nil {
		return lacks
	}
	w.Client = other
	w.Log.Plant(other.Secret)
	return nil
}

// lacksGrant tells why a client has not a grant type.
func lacksGrant(run *world.Run, grant string) error {
	switch {
	case !run.Capabilities[grant]:
		return &check.NotApplicable{Reason: "the target does not offer " + grant, Lacks: grant}
	case len(run.Target.Clients) == 0:
		return &check.NotApplicable{Reason: "the client did not register for the grant type " + grant, Lacks: grant}
	}
	return check.Unnamed("clients.grant_types", fmt.Sprintf("the client of the target file has not the grant type %s; add it to its grant_types, if it is registered for it", grant))
}

// ClientCredentials implements world.Setting. A client that has not the grant goes by
// the approval of the resource owner, unless none can be had and another client of
// the file has the grant.
func (*foreign) ClientCredentials(w *world.World, client *world.Client) bool {
	const grant = "client_credentials"
	registered := client == nil || len(client.GrantTypes) == 0 || slices.Contains(client.GrantTypes, grant)
	if !registered && (!w.Run.Capabilities["authorization_code"] || !slices.Contains(client.GrantTypes, "authorization_code")) {
		registered = instead(w, grant) != nil
	}
	return w.Run.Capabilities[grant] && registered
}
