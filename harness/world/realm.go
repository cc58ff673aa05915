package world

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/grantproof/grantproof/generated/control"
	"github.com/grantproof/grantproof/generated/report"
	"github.com/grantproof/grantproof/harness/check"
	"github.com/grantproof/grantproof/harness/exchange"
)

func noControl(what string) error {
	return &check.NotApplicable{Reason: "the target has no control plane, which is needed to " + what, Class: report.LacksControlPlane, Lacks: what}
}

// Ensure makes the realm, if the scenario has none yet. A target without a
// control plane has one realm for all.
func (w *World) Ensure(ctx context.Context) error {
	if w.Realm != nil {
		return nil
	}
	if w.control == nil {
		known := w.Run.Target
		w.Realm = &Realm{Realm: control.Realm{Issuer: known.AuthorizationServer.Issuer, Resource: known.ResourceServer.URL}, InitialToken: known.AuthorizationServer.InitialAccessToken}
		w.Log.Secret(w.Realm.InitialToken)
		w.OnClose(func(ctx context.Context) { w.EndRegistrations(ctx) })
		return nil
	}
	return w.begin(ctx, control.Strict)
}

// Endpoint is the URL of an endpoint by its member of the metadata. A realm has
// the endpoints of the target below its own issuer.
func (w *World) Endpoint(member string) (string, error) {
	address, ok := w.Run.Metadata[member].(string)
	if !ok || address == "" {
		return "", &check.NotApplicable{Reason: "the metadata names no " + member, Lacks: member}
	}
	if w.control == nil {
		return address, nil // Which may be elsewhere than the issuer.
	}
	return w.Realm.Issuer + strings.TrimPrefix(address, w.Run.Target.AuthorizationServer.Issuer), nil
}

// BeginDocumented makes a realm of the documented policy for the scenario.
func (w *World) BeginDocumented(ctx context.Context) error {
	return w.begin(ctx, control.Documented)
}

func (w *World) begin(ctx context.Context, policy control.RealmRequestPolicy) error {
	if w.control == nil {
		return noControl("make a realm")
	}
	made, err := w.control.CreateRealmWithResponse(ctx, control.RealmRequest{Policy: &policy, Faults: new(append([]string{}, w.Run.Faults...))})
	if err != nil {
		return fmt.Errorf("no realm could be made: %w", err)
	}
	if made.JSON201 == nil {
		return refusedByControl("a realm", made.HTTPResponse, made.Body)
	}
	w.Realm = &Realm{Realm: *made.JSON201, InitialToken: w.Run.Target.AuthorizationServer.InitialAccessToken}
	w.Log.Secret(w.Realm.InitialToken)
	w.OnClose(func(ctx context.Context) { _, _ = w.control.DeleteRealmWithResponse(ctx, made.JSON201.ID) })
	w.Log.Plant(*w.Realm.ResourceClient.ClientSecret)
	w.Log.Plant(w.Realm.User.Password)
	for _, canary := range w.Realm.Canaries {
		w.Log.Plant(canary)
	}
	return nil
}

// Change changes the realm's policy or faults.
func (w *World) Change(ctx context.Context, change control.RealmRequest) error {
	if w.control == nil {
		return noControl("change its policy")
	}
	if err := w.Ensure(ctx); err != nil {
		return err
	}
	changed, err := w.control.ChangeRealmWithResponse(ctx, w.Realm.ID, change)
	if err != nil {
		return err
	}
	if changed.JSON200 == nil {
		return refusedByControl("the realm's new policy", changed.HTTPResponse, changed.Body)
	}
	return nil
}

// Demand changes the policy of the realm. A target without a control plane has
// the one that it has.
func (w *World) Demand(ctx context.Context, policy control.RealmRequest) error {
	if w.control == nil {
		return w.Ensure(ctx)
	}
	return w.Change(ctx, policy)
}

// AddResource makes the authorization server know a second protected resource.
// That of another target is in the target file.
func (w *World) AddResource(ctx context.Context) error {
	if err := w.Ensure(ctx); err != nil {
		return err
	}
	if w.control == nil {
		if w.Run.Target.ResourceServer.Second == "" {
			return check.Unnamed("resource_server.second", "the target names no second protected resource; add resource_server.second to the target file, if the authorization server issues tokens for another one")
		}
		return nil
	}
	return w.addResource(ctx, w.Valid("second resource"))
}

func (w *World) addResource(ctx context.Context, identifier string) error {
	if !slices.Contains(w.Realm.Further, identifier) {
		w.Realm.Further = append(w.Realm.Further, identifier)
	}
	return w.Change(ctx, control.RealmRequest{Resources: &w.Realm.Further})
}

// ChangeSigningKey makes the authorization server sign with another key.
func (w *World) ChangeSigningKey(ctx context.Context) error {
	if w.control == nil {
		return noControl("change its signing key")
	}
	if err := w.Ensure(ctx); err != nil {
		return err
	}
	changed, err := w.control.RotateKeysWithResponse(ctx, w.Realm.ID)
	if err == nil && changed.StatusCode() != http.StatusNoContent {
		err = refusedByControl("another signing key", changed.HTTPResponse, changed.Body)
	}
	return err
}

// Mint makes an access token that departs from a valid one.
func (w *World) Mint(ctx context.Context, request control.MintRequest) (string, error) {
	if w.control == nil {
		return w.forge(ctx, request)
	}
	if err := w.Ensure(ctx); err != nil {
		return "", err
	}
	minted, err := w.control.MintTokenWithResponse(ctx, w.Realm.ID, request)
	if err != nil {
		return "", err
	}
	if minted.JSON201 == nil {
		return "", refusedByControl("the token", minted.HTTPResponse, minted.Body)
	}
	w.Log.Secret(minted.JSON201.AccessToken)
	return minted.JSON201.AccessToken, nil
}

// Traffic is what the realm's servers received, and what they logged.
func (w *World) Traffic(ctx context.Context) ([]control.Request, []string, error) {
	if w.Realm == nil {
		return nil, nil, nil
	}
	return w.trafficOf(ctx, w.Realm.ID)
}

func (w *World) trafficOf(ctx context.Context, realm string) ([]control.Request, []string, error) {
	if w.control == nil {
		return nil, nil, noControl("see what the servers received")
	}
	seen, err := w.control.TrafficWithResponse(ctx, realm)
	if err != nil {
		return nil, nil, err
	}
	if seen.JSON200 == nil {
		return nil, nil, refusedByControl("the traffic", seen.HTTPResponse, seen.Body)
	}
	if forgotten := seen.JSON200.Forgotten; forgotten > 0 {
		return nil, nil, fmt.Errorf("the servers have forgotten the first %d requests of the scenario, so that none can be counted; send fewer", forgotten)
	}
	return seen.JSON200.Requests, seen.JSON200.Log, nil
}

// Observed is every exchange of the scenario, and what the servers logged as
// one more.
func (w *World) Observed(ctx context.Context) []*exchange.Exchange {
	observed := w.Log.All()
	if _, lines, err := w.Traffic(ctx); err == nil && len(lines) > 0 {
		observed = append(observed, w.Log.Logged(lines))
	}
	return observed
}

func refusedByControl(what string, response *http.Response, body []byte) error {
	return fmt.Errorf("the control plane refused %s: %s %s", what, response.Status, body)
}
